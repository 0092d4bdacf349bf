import ContactModel
import Testing

@testable import ContactFormats

@Suite("Workbooks: where a table ends to the right")
struct XLSXTableWidthTests {
  private static let lastColumn = CellReference.columnLimit - 1

  private static func row(_ cells: [(column: Int, text: String)]) -> String {
    "<row>"
      + cells.map { column, text in
        var letters: [UInt8] = []
        CellReference.appendColumn(column, to: &letters)
        let reference = String(decoding: letters, as: UTF8.self) + "1"
        return "<c r='\(reference)' t='str'><v>\(text)</v></c>"
      }.joined() + "</row>"
  }

  @Test("a name far off in the header does not widen every record", arguments: [true, false])
  func strayName(isFound: Bool) throws {
    let people = (1...600).map { Self.row([(0, "Анна \($0)"), (1, "+792225050\($0 + 100)")]) }
    let header = Self.row([(0, "Name"), (1, "Phone"), (Self.lastColumn, "x")])
    let book = TestWorkbook(header + people.joined())
    let result = try readWorkbook(book.bytes, header: isFound ? .auto : .first)
    #expect(result.profile.header == ["Name", "Phone"])
    #expect(result.content.rows.count == 600)
    #expect(result.content.rows.allSatisfy { $0.count == 2 })
    #expect(result.issues.isEmpty)
  }

  @Test("a cell far off in a record is left out with an issue")
  func strayCell() throws {
    let data =
      Self.row([(0, "Name"), (1, "Phone")]) + Self.row([(0, "Анна"), (Self.lastColumn, "x")])
      + Self.row([(0, "Олег"), (2, "x")]) + Self.row([(Self.lastColumn, "x")])
    let content = try readWorkbook(TestWorkbook(data).bytes, header: .first).content
    #expect(content.rows == [["Анна", ""], ["Олег", "", "x"], ["", ""]])
    #expect(
      content.issues == [
        "1 record.too-many-columns", "2 csv.too-many-fields", "3 record.too-many-columns",
      ])
  }

  @Test("256 empty columns do not end a table, one more does", arguments: [256, 257])
  func gap(count: Int) throws {
    let cells = [(column: 0, text: "a"), (1, "b"), (2 + count, "c")]
    let result = try readWorkbook(TestWorkbook(Self.row(cells)).bytes)
    #expect(result.content.rows.map(\.count) == [count == 256 ? 259 : 2])
    #expect(result.issues.map(\.code) == (count == 256 ? [] : [.tooManyColumns]))
  }

  @Test("columns that rows above have filled are part of the table")
  func sparseRow() throws {
    let names = (0..<2000).map { (column: $0, text: "n\($0)") }
    let data = Self.row(names) + Self.row([(0, "a"), (1999, "z")])
    let result = try readWorkbook(TestWorkbook(data).bytes, header: .first)
    #expect(result.profile.header.count == 2000)
    #expect(result.content.rows.map(\.first) == ["a"])
    #expect(result.content.rows.map(\.last) == ["z"])
    #expect(result.issues.isEmpty)
  }

  @Test("cells that come out of order are put in order before the table's end is looked for")
  func order() throws {
    let cells = [(column: 500, text: "c"), (250, "b"), (0, "a")]
    let result = try readWorkbook(TestWorkbook(Self.row(cells)).bytes)
    #expect(result.content.rows.map(\.count) == [501])
    #expect(result.issues.isEmpty)
  }
}
