import ContactModel

/// Writes records as the one sheet of a workbook.
///
/// Every value is a text cell, formatted as text: phones keep their `+` and their zeros also when
/// somebody edits them, and nothing is ever a formula. The header row is bold and stays in sight. The
/// package is written from front to back; the same records give the same bytes.
///
/// What a sheet cannot hold is left out, never cut short, and noted (``IssueCode/notHeld``): values
/// over 32,767 characters, columns beyond 16,384, rows beyond 1,048,576 or behind 4 GB of XML. A
/// record with nothing but empty values becomes an empty row, which readers pass over.
struct XLSXWriter: FormatWriter {
  private var package = ZipWriter()
  private var row = 0
  private var isBegun = false
  private var isFinished = false
  private var issues: [Issue] = []
  private let parts: WorkbookTemplate
  private let largestSheet: Int

  /// - Parameters:
  ///   - sheetName: The name on the sheet's tab; what no tab may show is replaced or cut off.
  ///   - largestSheet: How many bytes of XML the sheet may have.
  init(sheetName: String = "contacts", largestSheet: Int = ZipWriter.largestMember) {
    parts = WorkbookTemplate(sheetName: sheetName)
    self.largestSheet = largestSheet
  }

  var count: Int { package.bytes.count }

  mutating func begin(header: [String]) {
    isBegun = true
    for part in parts.smallParts {
      package.begin(part.path)
      package.write(part.text)
      package.end()
    }
    package.begin(WorkbookTemplate.sheetPath)
    package.write(parts.sheetBeginning(header: Array(header.prefix(CellReference.columnLimit))))
    guard !header.isEmpty else { return }
    row = 1
    package.write { bytes in
      bytes += "<row r=\"1\">".utf8
      for (column, name) in header.prefix(CellReference.columnLimit).enumerated() {
        Self.append(Array(name.utf8).span, row: 1, column: column, style: .header, to: &bytes)
      }
      bytes += "</row>\n".utf8
    }
  }

  mutating func append(_ batch: RecordBatch, record: Int, firstField: Int) {
    guard row < CellReference.rowLimit, package.memberSize < largestSheet else {
      issues.append(Issue(.notHeld, record: record))
      return
    }
    row += 1
    let number = row
    var notHeld: [Int] = []
    package.write { bytes in
      bytes += "<row r=\"\(number)\">".utf8
      let fields = batch.fieldIndexes(ofRecord: record).dropFirst(firstField)
      for (column, field) in fields.enumerated() {
        let range = batch.fieldRange(at: field)
        guard !range.isEmpty else { continue }
        let text = batch.bytes.span.extracting(range)
        guard column < CellReference.columnLimit, !EscapedText.isTooLong(text) else {
          notHeld.append(column)
          continue
        }
        // An escape says where it was, and no program takes that for the character.
        if batch.bytes[range].contains(Byte.nul) { notHeld.append(column) }
        Self.append(text, row: number, column: column, style: .text, to: &bytes)
      }
      bytes += "</row>\n".utf8
    }
    for column in notHeld {
      issues.append(Issue(.notHeld, record: record, sourceColumn: firstField + column))
    }
  }

  mutating func finish() {
    guard !isFinished else { return }
    if !isBegun { begin(header: []) }
    isFinished = true
    package.write(WorkbookTemplate.sheetEnd)
    package.end()
    package.finish()
  }

  mutating func takeBytes() -> [UInt8] { package.takeBytes() }

  mutating func takeIssues() -> [Issue] {
    defer { issues = [] }
    return issues
  }

  private static func append(
    _ text: Span<UInt8>, row: Int, column: Int, style: WorkbookTemplate.CellStyle,
    to bytes: inout [UInt8]
  ) {
    guard !text.isEmpty else { return }
    bytes += "<c r=\"".utf8
    CellReference.appendColumn(column, to: &bytes)
    bytes += "\(row)\" s=\"\(style.rawValue)\" t=\"inlineStr\"><is><t".utf8
    // Without this, spreadsheets drop blanks at either end.
    if Byte.isBlank(text[0]) || Byte.isBlank(text[text.count - 1]) {
      bytes += " xml:space=\"preserve\"".utf8
    }
    bytes.append(UInt8(ascii: ">"))
    EscapedText.encode(text, to: &bytes)
    bytes += "</t></is></c>".utf8
  }
}
