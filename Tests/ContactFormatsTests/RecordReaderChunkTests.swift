import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// Larger files in chunks: what is read must depend on the bytes alone.
@Suite("record reader, file in chunks")
struct RecordReaderChunkTests {
  /// A file larger than the sample, with records of several lines, quotes and both alphabets.
  private func randomFile(_ generator: inout SeededGenerator) -> (text: String, rows: [[String]]) {
    var text = "номер;имя;заметка\r\n"
    var rows: [[String]] = []
    let words = ["Иванов", "Pavel", "ООО «Ромашка»", "a;b", "дом \"1\"", "стр. 1\r\nстр. 2", ""]
    while text.utf8.count < RecordReader.sampleSize + 20_000 {
      let row =
        ["\(rows.count + 1)"]
        + (0..<2).map { _ in words.randomElement(using: &generator) ?? "" }
      rows.append(row)
      text += row.map { field in
        field.contains { ";\"\r\n".contains($0) || $0 == "\r\n" }
          ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
      }.joined(separator: ";")
      text += "\r\n"
    }
    return (text, rows)
  }

  @Test("both encodings give the same records at any chunk size", arguments: 0..<4)
  func chunkSizes(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (text, rows) = randomFile(&generator)
    let lines = rows.reduce(into: [2]) { lines, row in
      let breaks = row.joined().utf8.count { $0 == 0x0A }
      lines.append((lines.last ?? 0) + 1 + breaks)
    }.dropLast()
    // Those that have guillemets.
    for encoding in [TextEncoding.utf8, .utf16LittleEndian, .windows1251, .macCyrillic] {
      var encoder = TextEncoder(encoding)
      let bytes = encoder.encode(Array(text.utf8))
      #expect(encoder.replacementCount == 0)
      let size = Int.random(in: 1...5_000, using: &generator)
      for chunks in [[bytes], pieces(of: bytes, size), pieces(of: bytes, 65_536)] {
        let read = try readRecords(chunks)
        #expect(read.content.rows == rows, "seed \(seed), \(encoding), \(size)")
        #expect(read.content.lines == Array(lines), "seed \(seed), \(encoding), \(size)")
        #expect(read.content.numbers == Array(1...rows.count), "seed \(seed), \(encoding)")
        #expect(read.content.issues.isEmpty, "seed \(seed), \(encoding)")
        #expect(read.profile?.encoding == encoding, "seed \(seed)")
      }
    }
  }

  @Test("rows that wait for the decision at the end of a file are all read")
  func rowsAtTheEnd() throws {
    let ascii = Array(("number;name\n" + String(repeating: "1234567;x\n", count: 10_000)).utf8)
    let russian = (0..<1300).flatMap { _ in [0xE8, 0x3B, 0x0A] as [UInt8] }
    let read = try readRecords(pieces(of: ascii + russian, 100_000))
    #expect(read.content.rows.count == 11_300)
    #expect(read.content.rows.last == ["и", ""])
  }

  @Test("a last record without a line end is read at each chunk size", arguments: 1...24)
  func noLineEndAtTheEnd(size: Int) throws {
    for ending in ["", "\n", "\r\n", "\r", "\n\n"] {
      let bytes = Array(("a;b\n1;\"два;\"\n3;4" + ending).utf8)
      let read = try readRecords(pieces(of: bytes, size))
      #expect(read.content.rows == [["1", "два;"], ["3", "4"]], "\(ending)")
      #expect(read.content.lines == [2, 3], "\(ending)")
    }
  }

  @Test("records of several lines are numbered and placed over many batches")
  func manyBatches() throws {
    let count = 2_000
    var text = "id,note\n"
    for number in 1...count { text += "\(number),\"a\nb\n\(number)\"\n" }
    var reader = RecordReader(settings: ReaderSettings())
    var (sizes, next) = ([Int](), 1)
    func take(_ batch: RecordBatch) {
      #expect(batch.firstRecord == next)
      #expect(batch.lines.first == 2 + (next - 1) * 3)
      sizes.append(batch.count)
      next += batch.count
      #expect(batch.lines.last == 2 + (next - 2) * 3)
    }
    for chunk in pieces(of: Array(text.utf8), 7_000) {
      try reader.push(chunk.span)
      while let batch = try reader.nextBatch() { take(batch) }
    }
    try reader.finish()
    while let batch = try reader.nextBatch() { take(batch) }
    #expect(sizes == [512, 512, 512, 464])
  }

  @Test("issues keep their record over batches")
  func issuesOverBatches() throws {
    var text = "a,b\n"
    for number in 1...1_500 { text += number.isMultiple(of: 100) ? "1\n" : "1,2\n" }
    let read = try readRecords(pieces(of: Array(text.utf8), 500))
    #expect(
      read.content.issues == (1...15).map { "\($0 * 100) csv.too-few-fields" })
  }

  @Test("a long field is whole, quoted or not, wherever chunks end", arguments: [20_000, 65_000])
  func longFields(length: Int) throws {
    let long = String(repeating: "щ", count: length / 2)
    let bytes = Array("a;b\n\(long);1\n\"\(long)\";2\n".utf8)
    for size in [1_000, 1_001, 4_096, bytes.count] {
      let read = try readRecords(pieces(of: bytes, size))
      #expect(read.content.rows == [[long, "1"], [long, "2"]], "\(size)")
      #expect(read.content.issues.isEmpty, "\(size)")
    }
  }
}

@Suite("record reader, undecodable bytes")
struct RecordReaderReplacementTests {
  private func issues(_ bytes: [UInt8], as encoding: TextEncoding) throws -> [String] {
    try readRecords([bytes], settings: ReaderSettings(encoding: encoding)).issues.map {
      "\($0.record) \($0.code.identifier) \($0.sourceColumn) \($0.detail)"
    }
  }

  @Test("each field that could not be decoded is noted with its column and how often")
  func columns() throws {
    let bytes =
      Array("a,b,c\n1,2,3\n".utf8) + [0xFF] + Array(",x,".utf8) + [0xFF, 0x41, 0xFE]
      + Array("\n4,".utf8) + [0xD0] + Array(",6\n".utf8)
    #expect(
      try issues(bytes, as: .utf8) == [
        "1 text.undecodable 0 1", "1 text.undecodable 2 2", "2 text.undecodable 1 1",
      ])
  }

  @Test("windows-1251 has one byte that means nothing")
  func windows1251() throws {
    let bytes = Array("a,b\n1,".utf8) + [0x98, 0xCF, 0x98] + Array("\n".utf8)
    #expect(try issues(bytes, as: .windows1251) == ["0 text.undecodable 1 2"])
  }

  @Test("other letters that begin with the same byte are not taken for it")
  func sameFirstByte() throws {
    // U+FF21 and U+FFFC begin with 0xEF like U+FFFD; the last field makes the reader look.
    let bytes = Array("a,b,c\nＡ,\u{FFFC},".utf8) + [0xFF, 0x0A]
    #expect(try issues(bytes, as: .utf8) == ["0 text.undecodable 2 1"])
  }

  @Test("a bad byte in a quoted field stands in that field, and the record is whole")
  func quoted() throws {
    let bytes = Array("a,b\n1,\"x,".utf8) + [0xC3] + Array("\ny\"\n2,3\n".utf8)
    #expect(try issues(bytes, as: .utf8) == ["0 text.undecodable 1 1"])
    let read = try readRecords([bytes], settings: ReaderSettings(encoding: .utf8))
    #expect(read.content.rows == [["1", "x,\u{FFFD}\ny"], ["2", "3"]])
  }

  @Test("they stand among the record's other issues, in record order")
  func amongOthers() throws {
    let bytes = Array("a,b\n1\n".utf8) + [0xFF] + Array(",2\n\"3\"x,4\n".utf8)
    #expect(
      try issues(bytes, as: .utf8) == [
        "0 csv.too-few-fields -1 1", "1 text.undecodable 0 1", "2 csv.stray-quote -1 0",
      ])
  }

  @Test("a file that is cut off inside a letter ends with a replacement")
  func cutOff() throws {
    let bytes = Array("a,b\n1,Ж".utf8).dropLast()
    everySplit(of: Array(bytes)) { chunks, cut in
      let read = try? readRecords(chunks, settings: ReaderSettings(encoding: .utf8))
      #expect(read?.content.rows == [["1", "\u{FFFD}"]], "\(cut)")
      #expect(read?.content.issues == ["1 text.undecodable"], "\(cut)")
    }
  }

  /// Chunks as a file, a pipe and a slow pipe give them.
  private static let chunkSizes = [128 * 1024, 64 * 1024, 4096]

  @Test("letters that begin at the end of a chunk are read in the encoding that all of them say")
  func lateLetters() throws {
    let head = "name;last\n"
    let tail = String(repeating: "Иванов Пётр;Щербаков\n", count: 400)
    for letters in [1, 3, 4000] {
      for edge in [64 * 1024, 128 * 1024] {
        let ascii = String(repeating: "x", count: edge - head.utf8.count - letters - 3) + ";y\n"
        var encoder = ContactFormats.TextEncoder(.cp866)
        let bytes = encoder.encode(Array((head + ascii + tail).utf8))
        for size in Self.chunkSizes {
          let (content, profile, _) = try readRecords(pieces(of: bytes, size))
          #expect(profile?.encoding == .cp866, "\(letters) before \(edge) in \(size)")
          #expect(content.rows.last == ["Иванов Пётр", "Щербаков"])
        }
      }
    }
  }

  @Test("a header beyond the sample, or with a quote left open, is the same from a file and a pipe")
  func longHeaders() throws {
    let names = (0..<4000).map { "column number \($0)" }
    let wide = names.joined(separator: ",") + "\n" + names.joined(separator: ",") + "\n"
    let open = "\"Name;Tel\n" + (0..<20_000).map { "Anna;\($0)\n" }.joined()
    for size in Self.chunkSizes {
      let (content, profile, _) = try readRecords(pieces(of: Array(wide.utf8), size))
      #expect(profile?.header == names && content.rows == [names], "\(size)")
      let (rows, found, _) = try readRecords(pieces(of: Array(open.utf8), size))
      #expect(found?.header == ["\"Name", "Tel"] && rows.rows.count == 20_000, "\(size)")
    }
  }

  @Test("JSON lines are decoded, wherever their first letter beyond ASCII stands")
  func lateJSONLetters() throws {
    let ascii = String(repeating: "{\"name\":\"Anna\"}\n", count: 10_000)
    var encoder = ContactFormats.TextEncoder(.windows1251)
    let bytes = encoder.encode(
      Array((ascii + String(repeating: "{\"name\":\"Пётр Щербаков\"}\n", count: 400)).utf8))
    for size in Self.chunkSizes {
      let (content, profile, issues) = try readRecords(pieces(of: bytes, size))
      #expect(profile?.encoding == .windows1251 && issues.isEmpty, "\(size)")
      #expect(content.rows.last == ["Пётр Щербаков"] && content.rows.count == 10_400, "\(size)")
    }
  }
}
