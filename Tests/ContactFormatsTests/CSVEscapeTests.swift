import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("CSV reader: escapes, NULs and other quotes")
struct CSVEscapeTests {
  private static let backslash = CSVDialect(escape: UInt8(ascii: "\\"))

  @Test(
    "between quotes, an escape makes a letter of a quote and of itself",
    arguments: [
      (#""a\"b",c"#, [["a\"b", "c"]], []),
      (#""\"","\\""#, [["\"", "\\"]], []),
      (#""a\\",b"#, [["a\\", "b"]], []),
      (#""C:\dir\file",b"#, [["C:\\dir\\file", "b"]], []),
      (#""say ""hi""",b"#, [["say \"hi\"", "b"]], []),
      (#""both \" and """,b"#, [["both \" and \"", "b"]], []),
      ("\"a\\\nb\",c", [["a\\\nb", "c"]], []),
      (#"a\"b,c\,d"#, [[#"a\"b"#, #"c\"#, "d"]], []),
      (#""open\",b"#, [[#""open\""#, "b"]], ["1 csv.unterminated-quote"]),
      ("\"open\\\"\\\\\nb,c\n", [[#""open\"\\"#], ["b", "c"]], ["1 csv.unterminated-quote"]),
      (#""a\"b"c,d"#, [["a\"bc", "d"]], ["1 csv.stray-quote"]),
      (#""a\"#, [[#""a\"#]], ["1 csv.unterminated-quote"]),
    ] as [(String, [[String]], [String])])
  func escapes(text: String, rows: [[String]], issues: [String]) {
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let content = readCSV(chunks, dialect: Self.backslash)
      #expect(content.rows == rows, "\(cut)")
      #expect(content.issues == issues, "\(cut)")
    }
  }

  @Test("without an escape, a backslash is a letter")
  func noEscape() {
    let content = readCSV([Array(#""C:\dir\","a""b""#.utf8)])
    #expect(content.rows == [[#"C:\dir\"#, "a\"b"]])
    #expect(content.issues.isEmpty)
  }

  @Test("apostrophes quote where they are told to, and double quotes are letters then")
  func apostrophes() {
    let dialect = CSVDialect(quote: UInt8(ascii: "'"))
    everySplit(of: Array("'a,b','it''s',\"c\"\n'd'\n".utf8)) { chunks, cut in
      let content = readCSV(chunks, dialect: dialect)
      #expect(content.rows == [["a,b", "it's", "\"c\""], ["d"]], "\(cut)")
      #expect(content.issues.isEmpty, "\(cut)")
    }
  }

  @Test(
    "NULs are dropped as if they were not there, with one issue a record",
    arguments: [
      ("a\0,b\nc,d\n", [["a", "b"], ["c", "d"]], ["1 csv.nul-bytes"]),
      ("\0\0a\0\0,\0b\0\n", [["a", "b"]], ["1 csv.nul-bytes"]),
      ("a,\"b\0\"\0\0,c\n", [["a", "b", "c"]], ["1 csv.nul-bytes"]),
      ("a,\0\"b,c\"\n", [["a", "b,c"]], ["1 csv.nul-bytes"]),
      ("a,\"b\"\0\"c\"\n", [["a", "b\"c"]], ["1 csv.nul-bytes"]),
      ("a\r\0\nb\n", [["a"], ["b"]], ["2 csv.nul-bytes"]),
      ("a\n\0\0\n\0\nb\0\n", [["a"], ["b"]], ["2 csv.nul-bytes"]),
      ("a\nb\n\0\0\0\0", [["a"], ["b"]], ["2 csv.nul-bytes"]),
      ("\0\0", [], []),
      ("a\0\nb\nc\0\n", [["a"], ["b"], ["c"]], ["1 csv.nul-bytes", "3 csv.nul-bytes"]),
    ] as [(String, [[String]], [String])])
  func nulBytes(text: String, rows: [[String]], issues: [String]) {
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let content = readCSV(chunks)
      #expect(content.rows == rows, "\(cut)")
      #expect(content.issues == issues, "\(cut)")
    }
  }

  @Test("a NUL in the middle of a long text changes nothing around it", arguments: 0..<40)
  func nulInLongText(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let clean = Array(
      (1...40).map { "\($0),\"quoted, \($0)\",plain text of some length\n" }.joined().utf8)
    var text = clean
    text.insert(0, at: Int.random(in: 0..<text.count, using: &generator))
    let content = readCSV(pieces(of: text, 500))
    #expect(content.rows == readCSV([clean]).rows, "seed \(seed)")
    #expect(content.issues.count == 1, "seed \(seed)")
  }

  @Test(
    "what the writer writes in any dialect the reader reads in it", arguments: 0..<200)
  func roundTrip(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 40_000)
    let letters = ["", "a", "\"", "'", ",", ";", "\\", "\n", "\r", "Ёж", " ", "\t", "0123456789"]
    let width = Int.random(in: 1...4, using: &generator)
    let rows = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
      (0..<width).map { _ in
        (0..<Int.random(in: 0...4, using: &generator))
          .map { _ in letters.randomElement(using: &generator) ?? "" }.joined()
      }
    }
    let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    let ends: [CSVDialect.LineEnd] = [.lineFeed, .carriageReturnLineFeed, .carriageReturn]
    let dialect = CSVDialect(
      delimiter: CSVDialect.candidateDelimiters.randomElement(using: &generator) ?? 0x2C,
      quote: quotes.randomElement(using: &generator) ?? 0x22,
      escape: Bool.random(using: &generator) ? UInt8(ascii: "\\") : nil,
      lineEnd: ends.randomElement(using: &generator) ?? .lineFeed,
      hasTrailingDelimiter: Bool.random(using: &generator))
    var writer = CSVWriter(dialect: dialect)
    for row in rows {
      for field in row { writer.append(field) }
      writer.endRecord()
    }
    let bytes = writer.takeBytes()
    let size = Int.random(in: 1...bytes.count, using: &generator)
    let content = readCSV(pieces(of: bytes, size), dialect: dialect, expectedFields: width)
    #expect(content.rows == rows, "seed \(seed)")
    #expect(content.issues.isEmpty, "seed \(seed)")
  }
}
