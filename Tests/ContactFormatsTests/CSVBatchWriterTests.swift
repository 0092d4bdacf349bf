import ContactModel
import Testing

@testable import ContactFormats

@Suite("CSV writer of batches")
struct CSVBatchWriterTests {
  /// Reads a table and writes it again.
  private func rewritten(
    _ text: String, header: [String], firstField: Int = 0, dialect: CSVDialect = CSVDialect(),
    isExcelSafe: Bool = false
  ) -> String {
    var reader = CSVReader(dialect: CSVDialect())
    _ = reader.read(Array(text.utf8).span, from: 0)
    reader.finish()
    var writer = CSVWriter(dialect: dialect, isExcelSafe: isExcelSafe)
    writer.begin(header: header)
    if let batch = reader.takeBatch() {
      for record in 0..<batch.count { writer.append(batch, record: record, firstField: firstField) }
    }
    writer.finish()
    return String(decoding: writer.takeBytes(), as: UTF8.self)
  }

  @Test(
    "records follow the header, and short ones are filled up",
    arguments: [
      (["a", "b", "c"], 0, "a,b,c\n1,2,3\n4,,\n5,6,7,8\n"),
      ([], 0, "1,2,3\n4\n5,6,7,8\n"),
      (["b", "c"], 1, "b,c\n2,3\n,\n6,7,8\n"),
      (["d"], 3, "d\n\"\"\n\"\"\n8\n"),
    ] as [([String], Int, String)])
  func padding(header: [String], firstField: Int, expected: String) {
    let found = rewritten("1,2,3\n4\n5,6,7,8\n", header: header, firstField: firstField)
    #expect(found == expected)
  }

  @Test("what a reader might take for the file's quote is quoted")
  func apostrophes() {
    #expect(
      rewritten("'x','y'\n", header: ["n", "m"]) == "n,m\n\"'x'\",\"'y'\"\n")
  }

  @Test("a field in quotes that is too long to be read again is written, and noted")
  func longField() {
    for (text, issues) in [
      (String(repeating: "a\n", count: 40_000), 1), (String(repeating: "a\n", count: 30_000), 0),
      (String(repeating: "ab", count: 40_000), 0),
    ] {
      let bytes = Array(text.utf8)
      let batch = RecordBatch(
        bytes: [0x31] + bytes, fieldEnds: [1, UInt32(bytes.count + 1)], recordEnds: [2], lines: [1],
        firstRecord: 1)
      var writer = CSVWriter(dialect: CSVDialect())
      writer.begin(header: ["a", "b"])
      writer.append(batch, record: 0, firstField: 0)
      let noted = writer.takeIssues()
      #expect(noted.map(\.code) == Array(repeating: .notHeld, count: issues))
      #expect(noted.allSatisfy { $0.sourceColumn == 1 })
      #expect(writer.takeBytes().count > bytes.count)
    }
  }

  @Test("a dialect's own lines and ends are written")
  func dialects() {
    let excel = CSVDialect(
      delimiter: UInt8(ascii: ";"), lineEnd: .carriageReturnLineFeed, hasSeparatorLine: true)
    #expect(rewritten("1,2\n", header: ["a", "b"], dialect: excel) == "sep=;\r\na;b\r\n1;2\r\n")
    let bitrix = CSVDialect(delimiter: UInt8(ascii: ";"), hasTrailingDelimiter: true)
    #expect(rewritten("1,\n", header: ["a", "b"], dialect: bitrix) == "a;b;\n1;;\n")
    let old = CSVDialect(lineEnd: .carriageReturn)
    #expect(rewritten("1,2\n", header: ["a", "b"], dialect: old) == "a,b\r1,2\r")
    let escape = CSVDialect(escape: UInt8(ascii: "\\"))
    #expect(
      rewritten("\"a\"\"b\\\",c\\d\n", header: [], dialect: escape) == "\"a\\\"b\\\\\",c\\d\n")
  }

  @Test(
    "cells that a spreadsheet would run get an apostrophe, and only on request",
    arguments: [
      ("=1+1", "\"'=1+1\""), ("+7 912", "\"'+7 912\""), ("-5", "\"'-5\""), ("@x", "\"'@x\""),
      ("\tx", "\"'\tx\""), ("\rx", "\"'\rx\""), ("=\"a\"", "\"'=\"\"a\"\"\""),
      ("a=1", "a=1"), ("", ""), ("'=1", "\"'=1\""), ("8 912", "8 912"), (" =1", "\" =1\""),
    ])
  func excelSafe(cell: String, expected: String) {
    for isExcelSafe in [true, false] {
      var writer = CSVWriter(dialect: CSVDialect(), isExcelSafe: isExcelSafe)
      writer.append("x")
      writer.append(cell)
      writer.endRecord()
      let found = String(decoding: writer.takeBytes(), as: UTF8.self)
      var plain = CSVWriter(dialect: CSVDialect())
      plain.append("x")
      plain.append(cell)
      plain.endRecord()
      let usual = String(decoding: plain.takeBytes(), as: UTF8.self)
      #expect(found == (isExcelSafe ? "x,\(expected)\n" : usual))
    }
  }

  @Test("names are made safe as cells are, also where apostrophes quote")
  func excelSafeNames() {
    let dialect = CSVDialect(quote: UInt8(ascii: "'"))
    #expect(
      rewritten("1,2\n", header: ["=a", "b"], dialect: dialect, isExcelSafe: true)
        == "'''=a',b\n1,2\n")
  }
}
