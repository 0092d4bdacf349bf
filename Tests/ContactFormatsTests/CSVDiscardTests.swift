import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// Records that are too long: what is dropped, and that nothing behind them is.
@Suite("CSV reader, records without end")
struct CSVDiscardTests {
  private static let long = [UInt8](repeating: UInt8(ascii: "x"), count: CSVParser.longestRecord)

  /// A record that is too long by its first field, with more fields behind, and two good ones.
  private func text(behind rest: String, lineEnd: String = "\n") -> [UInt8] {
    Array("a,b\(lineEnd)1,".utf8) + Self.long
      + Array("xx,\(rest)\(lineEnd)2,3\(lineEnd)4,\"5\"\(lineEnd)".utf8)
  }

  @Test(
    "what is dropped ends at the record's line end, and the next records are whole",
    arguments: [
      ("", "\n"), ("a,b,c", "\r\n"), ("\"a,b\"", "\r"), ("\"a\"\"b\",\"\",Ж", "\n"),
    ])
  func dropsOneRecord(rest: String, lineEnd: String) {
    let content = readCSV(pieces(of: text(behind: rest, lineEnd: lineEnd), 65_536))
    #expect(content.rows.count == 4)
    #expect(content.rows.suffix(2) == [["2", "3"], ["4", "5"]])
    #expect(content.lines == [1, 2, 3, 4])
    #expect(content.issues == ["2 record.too-long"])
  }

  @Test(
    "line ends inside quotes belong to what is dropped, and count as lines",
    arguments: [("\"a\nb\"", 1), ("\"a\r\nb\r\nc\"", 2), ("\"\n\"\"\n\",\"\n\"", 3)])
  func quotedLineEnds(rest: String, breaks: Int) {
    let content = readCSV(pieces(of: text(behind: rest), 65_536))
    #expect(content.rows.suffix(2) == [["2", "3"], ["4", "5"]])
    #expect(content.lines == [1, 2, 3 + breaks, 4 + breaks])
    #expect(content.issues == ["2 record.too-long"])
  }

  @Test("quotes that go on for too long are none, and records are read again behind them")
  func endlessQuote() {
    let filler = String(repeating: "7,8\n", count: CSVParser.longestQuotedField / 4 + 10)
    let bytes = text(behind: "\"" + filler)
    let content = readCSV(pieces(of: bytes, 65_536))
    #expect(content.rows.suffix(2) == [["2", "3"], ["4", "5"]])
    #expect(content.issues.contains("2 record.too-long"))
  }

  @Test("a file that ends in a record that is too long keeps its beginning")
  func atTheEnd() {
    let bytes = Array("a,b\n1,".utf8) + Self.long + Array("xx".utf8)
    let content = readCSV(pieces(of: bytes, 65_536))
    #expect(content.rows.count == 2)
    #expect(content.rows.last?.first == "1")
    #expect(content.issues == ["2 record.too-long"])
  }

  @Test(
    "a record of nothing but delimiters is too long some time, and the next ones are whole",
    arguments: [65_536, 1 << 20])
  func onlyDelimiters(pieceSize: Int) {
    let commas = [UInt8](repeating: UInt8(ascii: ","), count: CSVParser.longestRecord + 200_000)
    let bytes = Array("a,b\n".utf8) + commas + Array("\n2,3\n4,5\n".utf8)
    // Plain rows would be a million strings here.
    var reader = CSVReader(dialect: CSVDialect())
    var counts: [Int] = []
    var codes: [IssueCode] = []
    func take(_ batch: RecordBatch) {
      counts += (0..<batch.count).map { batch.fieldCount(ofRecord: $0) }
      codes += batch.issues.map(\.code)
    }
    for chunk in pieces(of: bytes, pieceSize) {
      var place = 0
      while place < chunk.count {
        place += reader.read(chunk.span, from: place)
        if reader.isBatchFull, let batch = reader.takeBatch() { take(batch) }
      }
    }
    reader.finish()
    if let batch = reader.takeBatch() { take(batch) }
    #expect(counts == [2, CSVParser.longestRecord + 1, 2, 2])
    #expect(codes == [.recordTooLong])
  }

  @Test("many long records fill a batch by their bytes, long before their number does")
  func largeBatches() {
    let field = String(repeating: "y", count: 50_000)
    let text = (1...100).map { "\($0),\(field)\n" }.joined()
    var reader = CSVReader(dialect: CSVDialect())
    var counts: [Int] = []
    for chunk in pieces(of: Array(text.utf8), 65_536) {
      var place = 0
      while place < chunk.count {
        place += reader.read(chunk.span, from: place)
        if reader.isBatchFull, let batch = reader.takeBatch() {
          #expect(batch.bytes.count < CSVParser.largestBatch + 60_000)
          counts.append(batch.count)
        }
      }
    }
    reader.finish()
    if let batch = reader.takeBatch() { counts.append(batch.count) }
    #expect(counts.reduce(0, +) == 100)
    #expect(counts.count >= 4)
  }

  @Test("the expected width can be asked for, and changed between records")
  func expectedFields() {
    var reader = CSVReader(dialect: CSVDialect())
    #expect(reader.expectedFields == nil)
    reader.expectedFields = 2
    #expect(reader.expectedFields == 2)
    _ = reader.read(Array("1\n".utf8).span, from: 0)
    reader.expectedFields = 1
    _ = reader.read(Array("1\n".utf8).span, from: 0)
    let batch = reader.takeBatch()
    #expect(batch?.issues.map(\.code) == [.tooFewFields])
  }

  @Test("reading from the middle of a chunk leaves its beginning out")
  func fromTheMiddle() {
    var reader = CSVReader(dialect: CSVDialect())
    let text = Array("skip,me\n1,2\n".utf8)
    #expect(reader.read(text.span, from: 8) == 4)
    reader.finish()
    reader.finish()
    let batch = reader.takeBatch()
    #expect(batch?.count == 1)
    #expect(batch?.text(record: 0, field: 1) == "2")
  }

  @Test("chunks pushed without taking batches in between are read all the same")
  func pushedTwice() throws {
    let count = 30_000
    let text = Array(("a,b\n" + (1...count).map { "\($0),x\n" }.joined()).utf8)
    var reader = RecordReader(settings: ReaderSettings())
    var numbers: [Int] = []
    for (index, chunk) in pieces(of: text, 30_000).enumerated() {
      try reader.push(chunk.span)
      // One batch for every other chunk: text waits in the reader.
      if index.isMultiple(of: 2), let batch = try reader.nextBatch() {
        numbers += (0..<batch.count).map { Int(batch.text(record: $0, field: 0)) ?? 0 }
      }
    }
    try reader.finish()
    while let batch = try reader.nextBatch() {
      numbers += (0..<batch.count).map { Int(batch.text(record: $0, field: 0)) ?? 0 }
    }
    #expect(numbers == Array(1...count))
  }
}
