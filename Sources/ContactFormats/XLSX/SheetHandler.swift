import ContactModel

/// Gathers the rows of a worksheet (ECMA-376-1 §18.3.1).
///
/// Cells are told by their place in the tree, never by namespace: the transitional form, the strict
/// form and prefixes of any kind read alike. `<dimension>` is not looked at, since it may say anything.
///
/// A sheet whose cells refer to the same long texts over and over is refused once these came to more
/// than a sheet could hold that has them in its cells (``checkSharedTexts()``).
struct SheetHandler: XMLHandler, ~Copyable {
  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  /// The complete rows.
  var rows = SheetRows()
  /// The texts that cells refer to.
  var strings: SharedStrings

  /// What cells may have of shared texts, beyond these themselves, before rows are looked at.
  private static let freeTexts = 256 << 20
  /// What each row may add: its part of what the largest sheet may unpack to, 8 KB.
  private static let textsPerRow = Workbook.largePartLimit / CellReference.rowLimit

  private let formats: [NumberFormat]
  private let epoch: SerialDate.Epoch
  /// What other sheets had of the shared texts.
  private let handedOutBefore: Int
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
    handedOutBefore = strings.handedOut
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
        try checkSharedTexts()
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

  /// Refuses what a few kilobytes can be made to unpack to without end, the ratio of the part's own
  /// bytes notwithstanding: the same texts in every row.
  ///
  /// Every shared text counts for itself, so those used once never add up to too much. Those used
  /// again may fill 256 MB and 8 KB a row on average. So a full sheet of 1,048,576 rows is read with
  /// four pages of such text in every row, which is as much as it could hold without sharing.
  private func checkSharedTexts() throws(FormatError) {
    let allowed = Self.freeTexts + strings.byteCount + rowCount * Self.textsPerRow
    guard strings.handedOut - handedOutBefore <= allowed else {
      throw FormatError(.tooLarge, found: "its shared texts")
    }
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
