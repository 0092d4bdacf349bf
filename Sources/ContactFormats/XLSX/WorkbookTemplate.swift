/// The parts of a workbook with one sheet, except for the sheet's rows (ECMA-376-1 §12).
struct WorkbookTemplate: Sendable {
  /// The formats that ``smallParts`` define, by their numbers in cells.
  enum CellStyle: Int {
    /// Text, whatever it looks like.
    case text = 1
    /// Bold text.
    case header = 2
  }

  /// A part that is short enough to be made at once.
  struct Part: Sendable {
    var path: String
    var text: String
  }

  /// Where the sheet stands in the package.
  static let sheetPath = "xl/worksheets/sheet1.xml"
  /// What stands behind the rows.
  static let sheetEnd = "</sheetData></worksheet>\n"

  private static let declaration =
    #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
  private static let mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let documentNamespace =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let packageNamespace = "http://schemas.openxmlformats.org/package/2006"
  private static let contentType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml"
  private static let longestSheetName = 31

  private let sheetName: String

  /// - Parameter sheetName: The name on the tab.
  init(sheetName: String) {
    let kept = sheetName.map { "[]:*?/\\".contains($0) || $0.isNewline ? "_" : $0 }
    let name = String(kept).prefix(Self.longestSheetName)
    self.sheetName =
      name.isEmpty || name.utf16.count > Self.longestSheetName ? "Sheet1" : String(name)
  }

  /// Everything but the sheet.
  var smallParts: [Part] {
    [
      Part(path: "[Content_Types].xml", text: Self.declaration + contentTypes),
      Part(path: "_rels/.rels", text: Self.declaration + packageRelationships),
      Part(path: "xl/workbook.xml", text: Self.declaration + workbook),
      Part(path: "xl/_rels/workbook.xml.rels", text: Self.declaration + workbookRelationships),
      Part(path: "xl/styles.xml", text: Self.declaration + styles),
    ]
  }

  /// What stands before the rows: the header kept in sight, and columns as wide as their names.
  func sheetBeginning(header: [String]) -> String {
    var text = Self.declaration + "<worksheet xmlns=\"\(Self.mainNamespace)\">"
    guard !header.isEmpty else { return text + "<sheetData>\n" }
    text += """
      <sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" \
      activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>
      """
    for (index, name) in header.enumerated() {
      let width = min(max(name.count + 2, 12), 40)
      text += """
        <col min="\(index + 1)" max="\(index + 1)" width="\(width)" \
        style="\(CellStyle.text.rawValue)" customWidth="1"/>
        """
    }
    return text + "</cols><sheetData>\n"
  }

  private var contentTypes: String {
    """
    <Types xmlns="\(Self.packageNamespace)/content-types">\
    <Default Extension="rels" \
    ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
    <Default Extension="xml" ContentType="application/xml"/>\
    <Override PartName="/xl/workbook.xml" ContentType="\(Self.contentType).sheet.main+xml"/>\
    <Override PartName="/xl/styles.xml" ContentType="\(Self.contentType).styles+xml"/>\
    <Override PartName="/\(Self.sheetPath)" ContentType="\(Self.contentType).worksheet+xml"/>\
    </Types>
    """
  }

  private var packageRelationships: String {
    """
    <Relationships xmlns="\(Self.packageNamespace)/relationships">\
    <Relationship Id="rId1" Type="\(Self.documentNamespace)/officeDocument" \
    Target="xl/workbook.xml"/></Relationships>
    """
  }

  private var workbook: String {
    var name: [UInt8] = []
    EscapedText.encode(Array(sheetName.utf8).span, to: &name)
    let quoted = String(decoding: name, as: UTF8.self).split(
      separator: "\"", omittingEmptySubsequences: false
    ).joined(separator: "&quot;")
    return """
      <workbook xmlns="\(Self.mainNamespace)" xmlns:r="\(Self.documentNamespace)">\
      <sheets><sheet name="\(quoted)" sheetId="1" r:id="rId1"/></sheets></workbook>
      """
  }

  private var workbookRelationships: String {
    """
    <Relationships xmlns="\(Self.packageNamespace)/relationships">\
    <Relationship Id="rId1" Type="\(Self.documentNamespace)/worksheet" \
    Target="worksheets/sheet1.xml"/>\
    <Relationship Id="rId2" Type="\(Self.documentNamespace)/styles" Target="styles.xml"/>\
    </Relationships>
    """
  }

  /// Number format 49 is `@`, text.
  private var styles: String {
    """
    <styleSheet xmlns="\(Self.mainNamespace)">\
    <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
    <font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
    <fills count="2"><fill><patternFill patternType="none"/></fill>\
    <fill><patternFill patternType="gray125"/></fill></fills>\
    <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
    <cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
    <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
    <xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" \
    applyFont="1"/></cellXfs>\
    <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
    </styleSheet>
    """
  }
}
