import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("Record reader")
struct RecordReaderTests {
  private func read(_ chunks: [[UInt8]], settings: ReaderSettings = ReaderSettings()) throws -> (
    CSVContent, SourceProfile?
  ) {
    var reader = RecordReader(settings: settings)
    var content = CSVContent()
    for chunk in chunks {
      try reader.push(chunk.span)
      while let batch = try reader.nextBatch() { content.append(batch) }
    }
    try reader.finish()
    while let batch = try reader.nextBatch() { content.append(batch) }
    return (content, reader.profile)
  }

  @Test("finds encoding, delimiter, line end and header")
  func findsAll() throws {
    var encoder = TextEncoder(.windows1251)
    let bytes = encoder.encode(Array("ФИО;Телефон\r\nИванов;\"1;2\"\r\nПетров;3\r\n".utf8))
    try everySplit(of: bytes) { chunks, cut in
      let (content, profile) = try read(chunks)
      #expect(content.rows == [["Иванов", "1;2"], ["Петров", "3"]], "\(cut)")
      #expect(content.lines == [2, 3], "\(cut)")
      #expect(content.numbers == [1, 2], "\(cut)")
      #expect(profile?.header == ["ФИО", "Телефон"], "\(cut)")
      #expect(profile?.encoding == .windows1251, "\(cut)")
      #expect(profile?.dialect.delimiter == UInt8(ascii: ";"), "\(cut)")
      #expect(profile?.dialect.lineEnd == .carriageReturnLineFeed, "\(cut)")
    }
  }

  @Test(
    "finds each delimiter even where others occur in the text",
    arguments: [
      ("a;b;c\n1,5;2;3\n1,7;2;3\n", UInt8(ascii: ";")),
      ("a,b\n\"x;y;z\",2\n\"x;y;z\",3\n", UInt8(ascii: ",")),
      ("a\tb\tc\n1,2\t2\t3\n", UInt8(ascii: "\t")),
      ("name\nIvanov\nPetrov\n", UInt8(ascii: ",")),
      ("a|b\n1|2\n", UInt8(ascii: "|")),
    ])
  func delimiter(text: String, expected: UInt8) throws {
    #expect(try read([Array(text.utf8)]).1?.dialect.delimiter == expected)
  }

  @Test("a file larger than the sample is read whole")
  func large() throws {
    var text = "number;name\n"
    for number in 1...20_000 { text += "\(number);имя \(number)\n" }
    let bytes = Array(text.utf8)
    let chunks = stride(from: 0, to: bytes.count, by: 10_007).map {
      Array(bytes[$0..<min($0 + 10_007, bytes.count)])
    }
    let (content, _) = try read(chunks)
    #expect(content.rows.count == 20_000)
    #expect(content.rows.last == ["20000", "имя 20000"])
    #expect(content.numbers == Array(1...20_000))
    #expect(content.issues.isEmpty)
  }

  @Test("a quote in the header that is not closed loses no record")
  func openQuoteInHeader() throws {
    try everySplit(of: Array("\"a,b\n1,2\n3,4\n5\n".utf8)) { chunks, cut in
      let (content, profile) = try read(chunks)
      #expect(profile?.header == ["\"a", "b"], "\(cut)")
      #expect(content.rows == [["1", "2"], ["3", "4"], ["5"]], "\(cut)")
      #expect(content.numbers == [1, 2, 3], "\(cut)")
      #expect(content.lines == [2, 3, 4], "\(cut)")
      #expect(content.issues == ["1 csv.damaged-header", "3 csv.too-few-fields"], "\(cut)")
    }
  }

  @Test(
    "what is wrong with the header is said of the first record",
    arguments: [
      ("Na\0me,b\n1,2\n", "Name"), ("\"Na\"me,b\n1,2\n", "Name"), ("\"Na,b\n1,2\n", "\"Na"),
    ])
  func damagedHeader(text: String, name: String) throws {
    let (content, profile) = try read([Array(text.utf8)])
    #expect(profile?.header == [name, "b"])
    #expect(content.rows == [["1", "2"]])
    #expect(content.issues == ["1 csv.damaged-header"])
  }

  @Test("bytes in the header that cannot be decoded are noted, those of good headers are not")
  func undecodableHeader() throws {
    let bytes = Array("Na".utf8) + [0xFF] + Array("me,b\nИван,2\n".utf8)
    let (content, profile) = try read([bytes], settings: ReaderSettings(encoding: .utf8))
    #expect(profile?.header == ["Na\u{FFFD}me", "b"])
    #expect(content.issues == ["1 csv.damaged-header"])
    let (good, _) = try read([Array("Имя,b\nИван,2\n".utf8)])
    #expect(good.issues.isEmpty)
  }

  @Test("a header line that is not there is an error of its own")
  func missingHeaderLine() throws {
    #expect(throws: FormatError(.noHeaderLine, line: 10)) {
      _ = try read([Array("a,b\n1,2\n".utf8)], settings: ReaderSettings(header: .line(10)))
    }
  }

  @Test("a header alone is a file without records")
  func headerOnly() throws {
    let (content, profile) = try read([Array("a,b".utf8)])
    #expect(content.rows.isEmpty)
    #expect(profile?.header == ["a", "b"])
  }

  @Test("a file without header keeps its first record")
  func noHeader() throws {
    let (content, profile) = try read(
      [Array("1;2\n3;4\n".utf8)], settings: ReaderSettings(header: .none))
    #expect(content.rows == [["1", "2"], ["3", "4"]])
    #expect(profile?.header == [])
  }

  @Test("bytes that cannot be decoded are noted with their column")
  func undecodable() throws {
    let bytes = Array("a,b\nх,1\n2,".utf8) + [0xFF] + Array("\n".utf8)
    let (content, _) = try read([bytes], settings: ReaderSettings(encoding: .utf8))
    #expect(content.rows == [["х", "1"], ["2", "\u{FFFD}"]])
    #expect(content.issues == ["2 text.undecodable"])
  }

  static let unreadableFiles: [(String, [UInt8], FormatError.Code)] = [
    ("empty", [], .empty),
    ("blank", Array(" \r\n\n".utf8), .empty),
    ("a mark only", [0xEF, 0xBB, 0xBF], .empty),
    ("binary", [0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01, 0x00, 0x00, 0x99], .binary),
    ("old Excel", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], .binary),
    ("zip", [0x50, 0x4B, 0x03, 0x04, 0x14], .binary),
  ]

  @Test("what cannot be read is named", arguments: unreadableFiles)
  func unreadable(name: String, bytes: [UInt8], code: FormatError.Code) {
    everySplit(of: bytes) { chunks, cut in
      #expect(throws: FormatError.self, "\(name) \(cut)") { _ = try read(chunks) }
      do {
        _ = try read(chunks)
      } catch let error as FormatError {
        #expect(error.code == code, "\(name) \(cut)")
        #expect(!error.message(in: .english).isEmpty && !error.message(in: .russian).isEmpty)
      } catch {
        Testing.Issue.record("another error: \(error)")
      }
    }
  }
}
