import ContactModel

/// What the normalizer needs to write the values of a column with a condition or transforms.
struct ColumnTransformer: Sendable {
  /// What must be so in a row, if anything must.
  var condition: RowCondition?
  /// What stands between joined cells.
  var separator: [UInt8]
  /// What is done to a cell's text.
  var text: TextTransforms

  init(_ column: ContactColumn) {
    condition = column.condition.map { RowCondition($0) }
    separator = Array(column.separator.utf8)
    text = TextTransforms(column.transforms)
  }
}

extension ContactNormalizer {
  /// Writes a value of a column with a condition, transforms, or a separator of its own.
  ///
  /// A path beside the fast one: it makes a copy of every cell. The copy is then written as cells
  /// are.
  func writeTransformed(
    _ bytes: [UInt8], _ range: Range<Int>, column: Int, to writer: inout ValueWriter
  ) {
    let plan = plans[column]
    let cells = Self.cells(bytes, range, count: plan.sourceCount + plan.conditionCount)
    if let condition = transformers[column].condition,
      !condition.holds(for: cells.dropFirst(plan.sourceCount), of: bytes)
    {
      return
    }
    if plan.sourceCount == 0 {
      writer.bytes.append(contentsOf: constants[column])
    } else if plan.isJoined {
      writeJoined(bytes, cells.prefix(plan.sourceCount), column: column, to: &writer)
    } else {
      for (number, cell) in cells.prefix(plan.sourceCount).enumerated() {
        writer.sourceColumn = source(number, of: plan)
        writeTransformedCell(bytes, cell, column: column, to: &writer)
      }
    }
  }

  /// Joins cells that are not empty and writes the whole as one cell, that of the first of them.
  func writeJoined(
    _ bytes: [UInt8], _ cells: ArraySlice<Range<Int>>, column: Int, to writer: inout ValueWriter
  ) {
    var joined: [UInt8] = []
    var firstCell: Int?
    for (number, cell) in cells.enumerated() {
      let inner = TextCell.trimmed(bytes, cell)
      if inner.isEmpty { continue }
      if PlaceholderCell.isDashes(bytes, inner) {
        // Between the parts of a phone or a date a hyphen is no placeholder but a part of it.
        if plans[column].treatment == .text || plans[column].treatment == .name {
          writer.sourceColumn = source(number, of: plans[column])
          writer.report(.placeholder)
        }
        continue
      }
      if firstCell == nil {
        firstCell = number
      } else {
        joined.append(contentsOf: transformers[column].separator)
      }
      joined.append(contentsOf: bytes[inner])
    }
    writer.sourceColumn = source(firstCell ?? 0, of: plans[column])
    writeTransformedCell(joined, 0..<joined.count, column: column, to: &writer)
  }

  /// Puts a cell through the column's transforms and writes what it becomes.
  private func writeTransformedCell(
    _ bytes: [UInt8], _ cell: Range<Int>, column: Int, to writer: inout ValueWriter
  ) {
    var text = bytes
    var range = cell
    // Text loses its control characters before they can part a word or hide the end of one.
    if plans[column].treatment == .text, bytes[cell].contains(where: Self.isControl) {
      text = bytes[cell].filter { !Self.isControl($0) }
      writer.report(.controlCharacters, detail: cell.count - text.count)
      range = 0..<text.count
    }
    text = transformers[column].text.applied(to: text, range)
    writeCell(text, 0..<text.count, column: column, to: &writer)
  }

  /// Whether a byte is a C0 control character other than those that count as blanks.
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < Byte.space && byte != Byte.tab && byte != Byte.lineFeed && byte != Byte.carriageReturn
  }

  /// The cells of a raw value that has so many; those it lacks are empty.
  static func cells(_ bytes: [UInt8], _ range: Range<Int>, count: Int) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var start = range.lowerBound
    while cells.count + 1 < count,
      let end = Byte.firstSeparator(in: bytes, start..<range.upperBound)
    {
      cells.append(start..<end)
      start = end + 1
    }
    while cells.count < count {
      cells.append(start..<range.upperBound)
      start = range.upperBound
    }
    return cells
  }
}
