import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("Writing workbooks")
struct XLSXWriterTests {
  private func batch(_ rows: [[String]]) -> RecordBatch {
    var bytes: [UInt8] = []
    var fieldEnds: [UInt32] = []
    var recordEnds: [UInt32] = []
    for row in rows {
      for text in row {
        bytes += text.utf8
        fieldEnds.append(UInt32(bytes.count))
      }
      recordEnds.append(UInt32(fieldEnds.count))
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds,
      lines: Array(repeating: 1, count: rows.count), firstRecord: 1)
  }

  private func written(
    _ rows: [[String]], header: [String], sheetName: String = "contacts", firstField: Int = 0,
    takesOften: Bool = false
  ) -> (bytes: [UInt8], issues: [ContactModel.Issue]) {
    var writer = XLSXWriter(sheetName: sheetName)
    var bytes: [UInt8] = []
    writer.begin(header: header)
    let batch = batch(rows)
    for record in 0..<batch.count {
      writer.append(batch, record: record, firstField: firstField)
      if takesOften { bytes += writer.takeBytes() }
    }
    writer.finish()
    return (bytes + writer.takeBytes(), writer.takeIssues())
  }

  @Test(
    "what is written reads as it was",
    arguments: [
      "+79222505050", "007", "=1+1", "12345678901234567890", "#N/A", "TRUE", "2021-01-31", " a ",
      "two\nlines", "two\r\nlines", "\ttab\t", "\u{1}\u{1F}", "_x0041_", "_x005F_x0041_", "_", "_x",
      "<&>\"'", "]]>", "日期 😀", "\u{FFFE}\u{FFFF}", "\u{FEFF}x", "e\u{301}", " ",
    ])
  func roundTrip(text: String) throws {
    let file = written([[text, "", "end"]], header: ["A", "B", "C"])
    #expect(file.issues.isEmpty)
    let result = try readWorkbook(file.bytes, header: .first)
    #expect(result.profile.header == ["A", "B", "C"])
    #expect(result.content.rows == [[text, "", "end"]])
    #expect(result.content.issues == [])
  }

  @Test(
    "many records of any text read as they were, and read and written again give the same bytes")
  func manyRecords() throws {
    var generator = SeededGenerator(seed: 21)
    let letters = Array("abя😀_x0<&\n\r\t 9")
    let rows = (0..<3000).map { number in
      ["\(number)"]
        + (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          String(
            (0..<Int.random(in: 0...12, using: &generator)).map { _ in
              letters[Int.random(in: 0..<letters.count, using: &generator)]
            })
        }
    }
    let header = ["N", "a", "b", "c", "d"]
    let file = written(rows, header: header)
    let read = try readWorkbook(file.bytes, header: .first).content.rows
    #expect(read == rows.map { $0 + Array(repeating: "", count: 5 - $0.count) })
    #expect(written(read, header: header).bytes == file.bytes)
    #expect(written(rows, header: header, takesOften: true).bytes == file.bytes)
  }

  @Test("records without a header, and columns from the middle, are written")
  func columns() throws {
    let file = written([["x", "1", "2"], ["y", "3"]], header: [], firstField: 1)
    #expect(try readWorkbook(file.bytes).content.rows == [["1", "2"], ["3"]])
  }

  @Test("a workbook without records has its header")
  func headerOnly() throws {
    let result = try readWorkbook(written([], header: ["Имя"]).bytes, header: .first)
    #expect(result.profile.header == ["Имя"])
    #expect(result.content.rows == [])
  }

  @Test("a writer that was never begun still writes a workbook")
  func notBegun() {
    var writer = XLSXWriter()
    writer.finish()
    let bytes = writer.takeBytes()
    #expect(throws: FormatError(.empty)) { try readWorkbook(bytes) }
  }

  @Test(
    "the sheet's tab has the name, as far as tabs can show it",
    arguments: [
      ("contacts", "contacts"), ("a/b:c*?[d]\\", "a_b_c___d__"), ("", "Sheet1"), ("<\"&>", "<\"&>"),
      ("Контакты за прошлый год и за этот", "Контакты за прошлый год и за эт"),
    ])
  func names(name: String, expected: String) throws {
    let file = written([["1"]], header: [], sheetName: name)
    #expect(try readWorkbook(file.bytes).profile.sheet == expected)
  }

  @Test("values too long for a cell are left out with an issue, at exactly the limit they are not")
  func longValues() throws {
    let fits = String(repeating: "ж", count: 32_765) + "😀"
    let file = written([["1", fits], ["2", fits + "a"]], header: ["A", "B"])
    let result = try readWorkbook(file.bytes, header: .first)
    #expect(result.content.rows == [["1", fits], ["2", ""]])
    #expect(file.issues == [Issue(.notHeld, record: 1, sourceColumn: 1)])
  }

  @Test("columns beyond the last are left out with an issue")
  func tooManyColumns() throws {
    let row = Array(repeating: "1", count: 16_385)
    let file = written([row, ["2"]], header: row)
    let result = try readWorkbook(file.bytes, header: .first)
    #expect(result.content.rows.map { $0.count { !$0.isEmpty } } == [16_384, 1])
    #expect(file.issues == [Issue(.notHeld, record: 0, sourceColumn: 16_384)])
  }

  @Test("records that the sheet has no room for are left out, each with an issue")
  func tooManyBytes() throws {
    var writer = XLSXWriter(largestSheet: 1000)
    writer.begin(header: ["A"])
    let batch = batch((0..<20).map { ["record number \($0)"] })
    for record in 0..<20 { writer.append(batch, record: record, firstField: 0) }
    writer.finish()
    let issues = writer.takeIssues()
    let rows = try readWorkbook(writer.takeBytes(), header: .first).content.rows
    #expect(rows == (0..<rows.count).map { ["record number \($0)"] })
    #expect(issues == (rows.count..<20).map { Issue(.notHeld, record: $0) })
    #expect(!rows.isEmpty && rows.count < 20)
  }

  @Test("issues are taken once")
  func issuesOnce() {
    var writer = XLSXWriter()
    writer.begin(header: [])
    writer.append(batch([[String(repeating: "a", count: 40_000)]]), record: 0, firstField: 0)
    #expect(writer.takeIssues().count == 1)
    #expect(writer.takeIssues().isEmpty)
  }
}
