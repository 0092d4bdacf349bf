import ContactModel
import Testing

@testable import ContactFormats

@Suite("Reading workbooks: sheets and headers")
struct XLSXSheetTests {
  private static func row(_ texts: [String], _ number: Int) -> String {
    "<row r='\(number)'>"
      + texts.enumerated().map { index, text in
        var letters: [UInt8] = []
        CellReference.appendColumn(index, to: &letters)
        let reference = String(decoding: letters, as: UTF8.self) + "\(number)"
        return text.isEmpty ? "" : "<c r='\(reference)' t='str'><v>\(text)</v></c>"
      }.joined() + "</row>"
  }

  private static let people =
    row(["Name", "Phone", "City"], 3) + row(["Анна", "+79222505050"], 4)
    + row(["Олег", "", "Тверь", "extra"], 6)

  @Test("the header names the columns, and records are as wide as it")
  func header() throws {
    let result = try readWorkbook(TestWorkbook(Self.people).bytes, header: .auto)
    #expect(result.profile.header == ["Name", "Phone", "City"])
    #expect(result.profile.format == .xlsx)
    #expect(
      result.content.rows == [["Анна", "+79222505050", ""], ["Олег", "", "Тверь", "extra"]])
    #expect(result.content.lines == [4, 6])
    #expect(result.content.issues == ["2 csv.too-many-fields"])
  }

  @Test(
    "the header can be fixed",
    arguments: [
      (HeaderChoice.first, ["Name", "Phone", "City"], [4, 6]), (.none, [], [3, 4, 6]),
      (.line(4), ["Анна", "+79222505050"], [6]), (.line(5), ["Олег", "", "Тверь", "extra"], []),
    ])
  func fixedHeader(choice: HeaderChoice, names: [String], lines: [Int]) throws {
    let result = try readWorkbook(TestWorkbook(Self.people).bytes, header: choice)
    #expect(result.profile.header == names)
    #expect(result.content.lines == lines)
  }

  @Test("a title above the header is passed over")
  func title() throws {
    let data =
      Self.row(["Report of contacts"], 1) + Self.row(["Name", "Phone", "City"], 3)
      + Self.row(["Анна", "+79222505050"], 4) + Self.row(["Олег", "", "Тверь"], 6)
    let result = try readWorkbook(TestWorkbook(data).bytes, header: .auto)
    #expect(result.profile.header == ["Name", "Phone", "City"])
    #expect(result.content.lines == [4, 6])
  }

  @Test("a header deep in the sheet is found by its line")
  func deepHeader() throws {
    let data = (1...1500).map { Self.row(["a", "\($0)"], $0) }.joined()
    let result = try readWorkbook(TestWorkbook(data).bytes, header: .line(1400))
    #expect(result.profile.header == ["a", "1400"])
    #expect(result.content.lines == Array(1401...1500))
    #expect(result.content.numbers == Array(1...100))
  }

  private static var severalSheets: TestWorkbook {
    var book = TestWorkbook("")
    book.sheets = [
      ("Hidden", "hidden", row(["h"], 1)), ("Empty", "visible", "<row r='1'><c s='1'/></row>"),
      ("Контакты", "visible", row(["k"], 1)), ("2", "veryHidden", row(["v"], 1)),
    ]
    return book
  }

  @Test("without a choice the first visible sheet with a row is read")
  func firstSheet() throws {
    let result = try readWorkbook(Self.severalSheets.bytes)
    #expect(result.content.rows == [["k"]])
    #expect(result.profile.sheet == "Контакты")
  }

  @Test(
    "a sheet is told by its name, in any case, or by its number",
    arguments: [
      ("контакты", "k"), ("Контакты", "k"), ("1", "h"), ("3", "k"), ("2", "v"), ("4", "v"),
    ])
  func chosenSheet(choice: String, value: String) throws {
    #expect(
      try readWorkbook(Self.severalSheets.bytes, sheet: choice).content.rows == [[value]])
  }

  @Test("a sheet the workbook does not have is refused with the names of those it has")
  func noSuchSheet() {
    #expect(throws: FormatError(.noSuchSheet, found: "Hidden, Empty, Контакты, 2")) {
      try readWorkbook(Self.severalSheets.bytes, sheet: "5")
    }
  }

  @Test("a workbook without a row in a visible sheet is empty")
  func empty() {
    var book = Self.severalSheets
    book.sheets.remove(at: 2)
    let bytes = book.bytes
    #expect(throws: FormatError(.empty)) { try readWorkbook(bytes) }
  }

  @Test("a workbook said to be CSV is refused")
  func otherFormat() {
    #expect(throws: FormatError(.otherFormat, found: "XLSX, not CSV")) {
      let bytes = MemoryBytes(bytes: TestWorkbook(Self.people).bytes)
      _ = try XLSXReader(bytes, settings: ReaderSettings(format: .csv)) {
        () throws(FormatError) in MemoryStore()
      }
    }
  }

  @Test(
    "targets of relationships are seen from their folder, or from the root",
    arguments: [
      ("worksheets/a.xml", "xl/worksheets/a.xml"), ("/other/a.xml", "other/a.xml"),
      ("../a.xml", "a.xml"), ("../../../a.xml", "a.xml"), ("./b\\a.xml", "xl/b/a.xml"),
    ])
  func targets(target: String, path: String) {
    #expect(RelationshipsHandler.path(of: target, from: "xl") == path)
  }
}
