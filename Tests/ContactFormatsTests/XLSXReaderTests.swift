import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("Reading workbooks: cells and rows")
struct XLSXReaderTests {
  @Test(
    "a cell reads as a person sees it",
    arguments: [
      ("<c><v>79222505050</v></c>", "79222505050"),
      ("<c><v>7.922250505E10</v></c>", "79222505050"),
      ("<c t='n'><v>1.1000000000000001</v></c>", "1.1"),
      ("<c><v> -5 </v></c>", "-5"),
      ("<c t='b'><v>1</v></c>", "TRUE"),
      ("<c t='b'><v>0</v></c>", "FALSE"),
      ("<c t='str'><v>Анна &amp; Олег</v></c>", "Анна & Олег"),
      ("<c t='inlineStr'><is><t>+7 922</t></is></c>", "+7 922"),
      ("<c t='inlineStr'><is><t xml:space='preserve'> a </t></is></c>", " a "),
      ("<c t='inlineStr'><is><r><rPr><b/></rPr><t>Ан</t></r><r><t>на</t></r></is></c>", "Анна"),
      ("<c t='inlineStr'><is><t>課</t><rPh sb='0' eb='1'><t>か</t></rPh></is></c>", "課"),
      ("<c t='inlineStr'><is><t><![CDATA[<b>]]></t></is></c>", "<b>"),
      ("<c t='inlineStr'><is><t>own</t></is><v>other</v></c>", "own"),
      ("<c t='inlineStr'><v>no is</v></c>", "no is"),
      ("<c t='s'><v>0</v></c>", "first"),
      ("<c t='s'><v>1</v></c>", "in runs"),
      ("<c t='s'><v>2</v></c>", "two\r\nlines"),
      (
        "<c t='str'><v>_x005F_x000D_ _x0000_ _xD83D__xDE00_ _xD83D_</v></c>",
        "_x000D_ _x0000_ 😀 _xD83D_"
      ),
      ("<c t='d'><v>2021-01-31T08:30:00.000Z</v></c>", "2021-01-31 08:30:00"),
      ("<c t='d'><v>2021-01-31T00:00:00</v></c>", "2021-01-31"),
      ("<c t='d'><v>2021-01-31</v></c>", "2021-01-31"),
      ("<c><f>1+1</f><v>2</v></c>", "2"),
      ("<c t='str'><f>A1</f><v>text</v></c>", "text"),
      ("<c><extLst><ext><v>9</v></ext></extLst><v>1</v></c>", "1"),
    ])
  func cells(xml: String, expected: String) throws {
    let strings =
      "<si><t>first</t></si><si><r><t>in </t></r><r><rPr><i/></rPr><t>runs</t></r></si>"
      + "<si><t>two_x000D_\nlines</t></si>"
    #expect(try readRows("<row>\(xml)</row>", strings: strings) == [[expected]])
  }

  @Test(
    "dates are told by their style",
    arguments: [
      ("44561", 1, "2021-12-31"), ("44561.5", 1, "2021-12-31 12:00:00"), ("0.75", 1, "18:00:00"),
      ("44561", 2, "2021-12-31"), ("1.5", 3, "36:00:00"), ("44561", 0, "44561"),
      ("44561", 4, "44561"), ("-1", 1, "-1"), ("44561", 5, "2021-12-31"),
    ])
  func dates(value: String, style: Int, expected: String) throws {
    let styles = """
      <numFmts><numFmt numFmtId='164' formatCode='dd\\.mm\\.yyyy'/>\
      <numFmt numFmtId='165' formatCode='[h]:mm'/><numFmt numFmtId='166' formatCode='0&quot; days&quot;'/>\
      </numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>\
      <xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>\
      <xf numFmtId='57'/></cellXfs>
      """
    let row = "<row><c s='\(style)'><v>\(value)</v></c></row>"
    #expect(try readRows(row, styles: styles) == [[expected]])
  }

  @Test("a workbook from an old Mac counts its dates from 1904", arguments: ["1", "true"])
  func macDates(flag: String) throws {
    let rows = try readRows(
      "<row><c s='0'><v>43099</v></c></row>", styles: "<cellXfs><xf numFmtId='14'/></cellXfs>",
      properties: "date1904='\(flag)'")
    #expect(rows == [["2021-12-31"]])
  }

  @Test("cells may come without references, in any order, and with gaps")
  func places() throws {
    let content = try readWorkbook(
      TestWorkbook(
        """
        <row r='2'><c r='C2'><v>3</v></c><c r='A2'><v>1</v></c><c><v>2</v></c></row>
        <row><c><v>4</v></c></row><row r='9'/><row r='10'><c r='$B$10'><v>5</v></c></row>
        """
      ).bytes
    ).content
    #expect(content.rows == [["1", "2", "3"], ["4"], ["", "5"]])
    #expect(content.lines == [2, 3, 10])
    #expect(content.numbers == [1, 2, 3])
    #expect(content.issues == [])
  }

  @Test(
    "what is wrong with a cell is an issue, and the rest of its row is read",
    arguments: [
      ("<c t='e'><v>#N/A</v></c>", "", IssueCode.errorCell),
      ("<c><f>1+1</f></c>", "", .formulaWithoutValue),
      ("<c><f>1+1</f><v></v></c>", "", .formulaWithoutValue),
      ("<c><v>12345678901234567</v></c>", "12345678901234567", .lostDigits),
      ("<c><v>7.9222505050123E+20</v></c>", "7.9222505050123E+20", .lostDigits),
      ("<c t='s'><v>7</v></c>", "", .invalidCell),
      ("<c t='s'><v>99999999999999999999</v></c>", "", .invalidCell),
      ("<c><v>seven</v></c>", "seven", .invalidCell),
      ("<c t='b'><v>maybe</v></c>", "maybe", .invalidCell),
      ("<c r='A1'><v>1</v></c><c r='A1'><v>2</v></c>", "2", .invalidCell),
      ("<c r='?'><v>1</v></c>", "1", .invalidCell),
    ])
  func issues(xml: String, expected: String, code: IssueCode) throws {
    let result = try readWorkbook(
      TestWorkbook("<row>\(xml)<c r='B1' t='str'><v>x</v></c></row>").bytes)
    #expect(result.content.rows == [[expected, "x"]])
    #expect(result.issues.map(\.code) == [code])
    #expect(result.issues.map(\.sourceColumn) == [0])
  }

  @Test("a formula whose value is an empty text has a value")
  func emptyFormulaText() throws {
    let data = "<row><c t='str'><f>\"\"</f><v></v></c><c><v>1</v></c></row>"
    let result = try readWorkbook(TestWorkbook(data).bytes)
    #expect(result.content.rows == [["", "1"]])
    #expect(result.issues.isEmpty)
  }

  @Test("hidden rows are read and noted; blank rows are skipped")
  func hiddenRows() throws {
    let data = """
      <row r='1' hidden='1'><c><v>1</v></c></row><row r='2' hidden='1'><c s='3'/></row>
      <row r='3' hidden='0'><c t='str'><v></v></c></row><row r='4'><c><v>2</v></c></row>
      """
    let content = try readWorkbook(TestWorkbook(data).bytes).content
    #expect(content.rows == [["1"], ["2"]])
    #expect(content.issues == ["1 xlsx.hidden-row"])
  }

  @Test("a column or a row that no sheet can have is not believed")
  func impossiblePlaces() throws {
    let data = """
      <row r='99999999'><c r='XFD1'><v>1</v></c><c><v>2</v></c></row>
      <row r='0'><c r='XFE1'><v>3</v></c></row>
      """
    let content = try readWorkbook(TestWorkbook(data).bytes).content
    #expect(content.lines == [1, 2])
    #expect(content.rows == [[], ["3"]])
    #expect(
      content.issues == [
        "1 xlsx.invalid-cell", "1 record.too-many-columns", "2 xlsx.invalid-cell",
      ])
  }

  @Test("a row over 1 MB keeps the cells before that, with an issue")
  func longRow() throws {
    let text = String(repeating: "a", count: 250_000)
    let cell = "<c t='str'><v>\(text)</v></c>"
    let long = String(repeating: cell, count: 5) + "<c><v>1</v></c>"
    let result = try readWorkbook(TestWorkbook("<row>\(long)</row><row>\(cell)</row>").bytes)
    #expect(result.content.rows == [[text, text, text, text], [text]])
    #expect(result.issues.map(\.code) == [.recordTooLong])
  }

  @Test("a text that was cut off for its length is never taken for a whole one")
  func longEscapes() throws {
    let text = String(repeating: "_x0041_", count: 200_000)
    let data =
      "<row><c t='str'><v>\(text)</v></c><c><v>1</v></c></row>"
      + "<row><c t='s'><v>0</v></c></row><row><c><v>2</v></c></row>"
    let book = TestWorkbook(data, strings: "<si><t>\(text)</t></si>")
    let content = try readWorkbook(book.bytes).content
    #expect(content.rows == [[], [], ["2"]])
    #expect(content.issues == ["1 record.too-long", "2 record.too-long"])
  }

  @Test("prefixes and the strict namespace make no difference")
  func namespaces() throws {
    var zip = TestWorkbook("").zip
    zip.members[5].bytes = Array(
      """
      <x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:dimension ref='A1:XFD1048576'/>
      <x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>
      """.utf8)
    #expect(try readWorkbook(zip.archive().bytes).content.rows == [["1"]])
  }

  @Test("what is read does not depend on where the XML is cut")
  func splits() throws {
    let xml = TestWorkbook.sheetXML(
      "<row hidden='1'><c t='s'><v>0</v></c><c r='D1' t='str'><v>я_x000D_&lt;</v></c></row>"
        + "<row r='7'><c t='inlineStr'><is><r><t>ж</t></r></is></c><c><v>1.50</v></c></row>")
    try everySplit(of: Array(xml.utf8)) { chunks, name in
      var strings = SharedStrings()
      Array("Олег".utf8).withUnsafeBufferPointer { strings.append($0) }
      strings.endString()
      var parser = XMLPushParser(
        handler: SheetHandler(strings: strings, formats: [], epoch: .year1900))
      for chunk in chunks { try parser.push(chunk.span) }
      try parser.finish()
      let batch = parser.handler.rows.batch(from: 0, header: [], firstRecord: 1)
      var content = CSVContent()
      if let batch { content.append(batch) }
      #expect(content.rows == [["Олег", "", "", "я\r<"], ["ж", "1.5"]], "\(name)")
      #expect(content.lines == [1, 7], "\(name)")
      #expect(content.issues == ["1 xlsx.hidden-row"], "\(name)")
    }
  }

  @Test("rows of many batches come complete and numbered")
  func manyRows() throws {
    let data = (1...3000).map { "<row r='\($0 * 2)'><c><v>\($0)</v></c></row>" }.joined()
    let content = try readWorkbook(TestWorkbook(data).bytes).content
    #expect(content.rows == (1...3000).map { ["\($0)"] })
    #expect(content.lines == (1...3000).map { $0 * 2 })
    #expect(content.numbers == Array(1...3000))
  }
}
