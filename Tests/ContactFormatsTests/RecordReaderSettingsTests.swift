import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("record reader, told something")
struct RecordReaderSettingsTests {
  @Test("told the encoding, it does not guess")
  func encoding() throws {
    let bytes = Array("имя\nЖ\n".utf8)
    let told = try readRecords([bytes], settings: ReaderSettings(encoding: .windows1251))
    #expect(told.profile?.header == ["РёРјСЏ"])
    #expect(told.profile?.encoding == .windows1251)
    #expect(told.content.rows == [["Р–"]])
    let found = try readRecords([bytes])
    #expect(found.profile?.encoding == .utf8)
    #expect(found.content.rows == [["Ж"]])
  }

  @Test(
    "told the delimiter, another that splits better is text",
    arguments: [
      (",", [["1;2;3", "4"]], ["a;b;c", "d"]),
      (";", [["1", "2", "3,4"]], ["a", "b", "c,d"]),
      ("|", [["1;2;3,4"]], ["a;b;c,d"]),
      ("\t", [["1;2;3,4"]], ["a;b;c,d"]),
      (":", [["1;2;3,4"]], ["a;b;c,d"]),
    ])
  func delimiter(delimiter: String, rows: [[String]], header: [String]) throws {
    let settings = ReaderSettings(delimiter: Array(delimiter.utf8)[0])
    let read = try readRecords([Array("a;b;c,d\r\n1;2;3,4\r\n".utf8)], settings: settings)
    #expect(read.content.rows == rows)
    #expect(read.profile?.header == header)
    #expect(read.profile?.dialect.delimiter == Array(delimiter.utf8)[0])
    #expect(read.profile?.dialect.lineEnd == .carriageReturnLineFeed)
  }

  @Test("told CSV, text that begins like another format is read as CSV")
  func format() throws {
    for text in ["{a},b\n1,2\n", "[a],b\n1,2\n", "BEGIN:VCARD,b\n1,2\n", "<?xml,b\n1,2\n"] {
      let read = try readRecords([Array(text.utf8)], settings: ReaderSettings(format: .csv))
      #expect(read.content.rows == [["1", "2"]], "\(text)")
      #expect(read.profile?.format == .csv)
    }
  }

  @Test(
    "told CSV, what is no text is not read all the same",
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x14], FormatError(.binary, found: "ZIP")),
      ([0x20], FormatError(.empty)),
    ] as [([UInt8], FormatError)])
  func notText(bytes: [UInt8], expected: FormatError) {
    #expect(throws: expected) {
      try readRecords([bytes], settings: ReaderSettings(format: .csv))
    }
  }

  @Test("without a header, records count from the first line and have any width")
  func noHeader() throws {
    let read = try readRecords(
      [Array("1;2\n3\n4;5;6\n".utf8)], settings: ReaderSettings(header: .none))
    #expect(read.content.rows == [["1", "2"], ["3"], ["4", "5", "6"]])
    #expect(read.content.lines == [1, 2, 3])
    #expect(read.content.numbers == [1, 2, 3])
    #expect(read.content.issues.isEmpty)
    #expect(read.profile?.dialect.hasHeader == false)
    #expect(read.profile?.columnName(1) == "#2")
  }

  @Test("finishing twice is finishing once, and after it nothing comes twice")
  func finishTwice() throws {
    var reader = RecordReader(settings: ReaderSettings())
    try reader.push(Array("a\n1".utf8).span)
    #expect(reader.profile == nil, "nothing is found out before the sample is whole")
    try reader.finish()
    try reader.finish()
    let first = try reader.nextBatch()
    #expect(first?.count == 1)
    let second = try reader.nextBatch()
    #expect(second?.count == nil)
  }

  @Test("a reader that got nothing has no batch")
  func nothingPushed() throws {
    var reader = RecordReader(settings: ReaderSettings())
    let batch = try reader.nextBatch()
    #expect(batch?.count == nil)
  }
}

@Suite("record reader's header")
struct RecordReaderHeaderTests {
  @Test(
    "headers of every kind",
    arguments: [
      ("plain", "a,b\n1,2\n", ["a", "b"], 2),
      ("with a mark", "\u{FEFF}a,b\n1,2\n", ["a", "b"], 2),
      ("quoted", "\"a\",\"b\"\n1,2\n", ["a", "b"], 2),
      ("quoted behind a mark", "\u{FEFF}\"a\",b\n1,2\n", ["a", "b"], 2),
      ("with the delimiter inside", "\"a,x\",b\n1,2\n", ["a,x", "b"], 2),
      ("with a quote inside", "\"a \"\"x\"\"\",b\n1,2\n", ["a \"x\"", "b"], 2),
      ("with a line break inside", "\"a\nx\",b\n1,2\n", ["a\nx", "b"], 3),
      ("with a CRLF inside", "\"a\r\nx\",b\r\n1,2\r\n", ["a\r\nx", "b"], 3),
      ("behind blank lines", "\n\r\n\na,b\n1,2\n", ["a", "b"], 5),
      ("ended by CR", "a,b\r1,2\r", ["a", "b"], 2),
      ("with an empty name", "a,\n1,2\n", ["a", ""], 2),
      ("with names twice", "a,a\n1,2\n", ["a", "a"], 2),
      ("with blanks", " a , b \n1,2\n", [" a ", " b "], 2),
    ])
  func headers(name: String, text: String, header: [String], line: Int) throws {
    try everySplit(of: Array(text.utf8)) { chunks, cut in
      let read = try readRecords(chunks)
      #expect(read.profile?.header == header, "\(name), \(cut)")
      #expect(read.content.rows == [["1", "2"]], "\(name), \(cut)")
      #expect(read.content.lines == [line], "\(name), \(cut)")
      #expect(read.content.numbers == [1], "\(name), \(cut)")
      #expect(read.content.issues.isEmpty, "\(name), \(cut)")
      #expect(read.profile?.hasByteOrderMark == text.hasPrefix("\u{FEFF}"), "\(name), \(cut)")
    }
  }

  @Test("a header that crosses words and is long is whole", arguments: [10, 300, 3_000])
  func longHeader(count: Int) throws {
    let names = (1...count).map { "столбец \($0)" }
    let cells = (1...count).map { "\($0)" }
    let text = names.joined(separator: ";") + "\r\n" + cells.joined(separator: ";") + "\r\n"
    let read = try readRecords(pieces(of: Array(text.utf8), 999))
    #expect(read.profile?.header == names)
    #expect(read.content.rows == [cells])
    #expect(read.content.issues.isEmpty)
  }

  @Test(
    "records of another width than the header are noted with the fields they have",
    arguments: [
      ("1,2,3", nil),
      ("1,2", ("csv.too-few-fields", 2)),
      ("1", ("csv.too-few-fields", 1)),
      ("\"\"", ("csv.too-few-fields", 1)),
      ("1,2,3,4", ("csv.too-many-fields", 4)),
      ("1,2,3,4,5", ("csv.too-many-fields", 5)),
      ("1,2,3,,5", ("csv.too-many-fields", 5)),
      ("1,2,3,", nil),
      ("1,2,3,,,", nil),
      (",,,,", nil),
      ("1,2,3,\" \"", ("csv.too-many-fields", 4)),
    ] as [(String, (String, Int)?)])
  func widths(record: String, expected: (String, Int)?) throws {
    let text = "a,b,c\n0,0,0\n\(record)\n9,9,9\n"
    try everySplit(of: Array(text.utf8)) { chunks, cut in
      let read = try readRecords(chunks)
      #expect(read.content.numbers == [1, 2, 3], "\(cut)")
      #expect(read.issues.map(\.code.identifier) == (expected.map { [$0.0] } ?? []), "\(cut)")
      #expect(read.issues.first.map { Int($0.detail) } == expected?.1, "\(cut)")
      if let issue = read.issues.first {
        #expect(issue.record == 1 && issue.sourceColumn == -1 && issue.field == nil, "\(cut)")
      }
    }
  }
}
