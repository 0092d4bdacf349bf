/// Rows of text with their columns lined up by blanks.
package struct TextTable {
  /// The rows as lines, without blanks at their ends.
  package let lines: [String]

  /// Lines up the cells of some rows.
  ///
  /// - Parameters:
  ///   - rows: The cells; all rows have the same number.
  ///   - alignedRight: The columns whose texts end together, as numbers do.
  ///   - indent: How many blanks stand before each row.
  package init(_ rows: [[String]], alignedRight: Set<Int> = [], indent: Int = 0) {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    lines = rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        if column > 0 { line += "  " }
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += alignedRight.contains(column) ? padding + cell : cell + padding
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
