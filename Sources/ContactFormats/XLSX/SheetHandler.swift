import ContactModel

/// Gathers the rows of a worksheet (ECMA-376-1 §18.3.1).
///
/// Cells are told by their place in the tree, never by namespace: the transitional form, the strict
/// form and prefixes of any kind read alike. `<dimension>` is not looked at, since it may say anything.
struct SheetHandler: XMLHandler, ~Copyable {
  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  /// The complete rows.
  var rows = SheetRows()
  /// The texts that cells refer to.
  var strings: SharedStrings

  private let formats: [NumberFormat]
  private let epoch: SerialDate.Epoch
  private var names = XMLNameTable(["sheetData", "row", "c", "v", "f", "is", "t", "r"])
  private var place = Place.document
  private var skippedElements = 0
  private var row = SheetRow()
  private var rowNumber = 0
  private var rowCount = 0
  private var isRowHidden = false
  private var column = -1
  private var cell = SheetCell()
  private var item = RichText()

  /// Where in the tree the parser is.
  private enum Place {
    case document
    case sheet
    case data
    case row
    case cell
    case value
    case formula
    case inlineText
  }

  /// - Parameters:
  ///   - strings: The workbook's shared texts.
  ///   - formats: What the numbers in cells of each style mean.
  ///   - epoch: From when dates are counted.
  init(strings: consuming SharedStrings, formats: [NumberFormat], epoch: SerialDate.Epoch) {
    self.strings = strings
    self.formats = formats
    self.epoch = epoch
  }

  mutating func start(_ tag: XMLStartTag) throws(FormatError) {
    let name = names.number(of: tag.name)
    if place == .inlineText {
      item.start(name == 6 ? .text : name == 7 ? .run : .other)
      return
    }
    guard skippedElements == 0 else {
      skippedElements += 1
      return
    }
    switch (place, name) {
    case (.document, _): place = .sheet
    case (.sheet, 0): place = .data
    case (.data, 1):
      place = .row
      try beginRow(tag)
    case (.row, 2):
      place = .cell
      beginCell(tag)
    case (.cell, 3) where !cell.hasInlineText:
      place = .value
      cell.hasValue = true
    case (.cell, 4):
      place = .formula
      cell.hasFormula = true
    case (.cell, 5):
      place = .inlineText
      cell.beginInlineText()
      item.begin()
    default: skippedElements = 1
    }
  }

  mutating func end(_ name: XMLName) throws(FormatError) {
    if place == .inlineText {
      if item.end() { place = .cell }
      return
    }
    guard skippedElements == 0 else {
      skippedElements -= 1
      return
    }
    switch place {
    case .value, .formula, .inlineText: place = .cell
    case .cell:
      place = .row
      if column < CellReference.columnLimit {
        try cell.write(to: &row, column: column, strings: &strings, epoch: epoch)
      } else {
        row.noteMisplacedCell(column: nil)
      }
    case .row:
      place = .data
      rows.append(&row, isHidden: isRowHidden)
    case .data: place = .sheet
    case .sheet, .document: place = .document
    }
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(FormatError) {
    if place == .value || place == .inlineText && item.isCollecting { cell.append(bytes) }
  }

  private mutating func beginRow(_ tag: XMLStartTag) throws(FormatError) {
    rowCount += 1
    guard rowCount <= CellReference.rowLimit else {
      throw FormatError(.brokenPackage, found: "more rows than a sheet can have")
    }
    rowNumber += 1
    if let number = tag.attributeNumber("r"), 1...CellReference.rowLimit ~= number {
      rowNumber = number
    }
    isRowHidden = tag.attribute("hidden").map(SheetCell.isTrue) ?? false
    row.begin(line: rowNumber)
    column = -1
  }

  private mutating func beginCell(_ tag: XMLStartTag) {
    column += 1
    if let reference = tag.attribute("r") {
      if let place = CellReference(reference.span) {
        column = place.column
      } else {
        row.noteMisplacedCell(column: column)
      }
    }
    let style = tag.attributeNumber("s") ?? 0
    cell.begin(
      kind: tag.attribute("t").map(SheetCell.Kind.init) ?? .number,
      format: style < formats.count ? formats[style] : .number)
  }
}
