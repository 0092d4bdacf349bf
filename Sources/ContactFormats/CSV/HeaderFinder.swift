/// Where a table begins, and whether its first row names the columns.
struct HeaderFinding: Sendable, Equatable {
  /// The index of the table's first row; rows above are a preamble, such as a report's title.
  var firstRow: Int
  /// Whether that row names the columns; otherwise it is data.
  var isHeader: Bool

  /// The index of the row that names the columns, if one does.
  var header: Int? { isHeader ? firstRow : nil }
  /// The index of the first row of data, which may be behind the last row there is.
  var firstDataRow: Int { isHeader ? firstRow + 1 : firstRow }
}

/// Finds the row of a table that names its columns, by what stands in the rows below it.
///
/// It serves delimited text and workbooks alike, so it goes by cells only. Taking a header for data
/// costs a visible bad record, taking data for a header costs a record that nobody sees: therefore
/// a row is data only with good evidence (``isData(_:above:)``), and rows are passed over as a
/// preamble only if the row below them is surely a header (``isHeaderBelowPreamble(_:above:)``).
enum HeaderFinder {
  /// How many rows a preamble can have.
  static let longestPreamble = 20

  /// Finds the header in the first rows of a table.
  ///
  /// - Parameter rows: Cells as text, row by row; blank rows may be among them, rows may be shorter
  ///   than others, and a table can be wider than its header. Some tens of rows are plenty.
  /// - Returns: The first row that is not blank, as the header, where nothing tells otherwise.
  /// - Complexity: O(*n*) in the cells.
  static func find(in rows: [[String]]) -> HeaderFinding {
    let kinds = rows.map { $0.map(CellKind.init) }
    guard let first = kinds.firstIndex(where: { $0.filledCount > 0 }) else {
      return HeaderFinding(firstRow: 0, isHeader: true)
    }
    for row in kinds.indices.dropFirst(first + 1).prefix(longestPreamble) {
      let preamble = kinds[first..<row].map(\.filledCount).max() ?? 0
      guard isWider(kinds[row].filledCount, than: preamble) else { continue }
      if isHeaderBelowPreamble(kinds[row], above: kinds[(row + 1)...]) {
        return HeaderFinding(firstRow: row, isHeader: true)
      }
    }
    return HeaderFinding(
      firstRow: first, isHeader: !isData(kinds[first], above: kinds[(first + 1)...]))
  }

  /// Whether rows with so few filled cells can be titles above a row with so many.
  private static func isWider(_ filled: Int, than preamble: Int) -> Bool {
    preamble == 1 ? filled >= 2 : filled >= 3 * preamble
  }

  /// Whether a row below others that are nearly empty is surely the header: words only, all of them
  /// different places, and every column that tells anything below holds something else than words.
  private static func isHeaderBelowPreamble(
    _ row: [CellKind], above rest: ArraySlice<[CellKind]>
  ) -> Bool {
    let filled = row.filter { $0 != .empty }
    guard filled.allSatisfy({ $0 == .word }) else { return false }
    let rest = rest.filter { $0.filledCount > 0 }
    // The rows below fit into the named columns, and are not titles themselves.
    guard rest.allSatisfy({ $0.filledWidth <= row.filledWidth }) else { return false }
    if filled.count >= 4, rest.isEmpty || rest.contains(where: { $0.filledCount >= 2 }) {
      return true
    }
    return row.indices.contains { column in
      row[column] == .word && commonKind(ofColumn: column, in: rest).map { $0 != .word } ?? false
    }
  }

  /// Whether a row is data and not a header.
  ///
  /// Every column votes: for data where the row has an e-mail or a phone, which name no column, or a
  /// date or web address and so have the rows below; for a header where it has a word and the rows
  /// below have something else. Numbers can be names (years), and so count only in a row that has no
  /// words.
  private static func isData(_ row: [CellKind], above rest: ArraySlice<[CellKind]>) -> Bool {
    var (forData, forHeader) = (0, 0)
    var numbers = 0
    for (column, kind) in row.enumerated() where kind != .empty {
      if kind == .email || kind == .phone {
        forData += 1
        continue
      }
      guard let below = commonKind(ofColumn: column, in: Array(rest)) else { continue }
      if kind.isTelling, kind.fits(below) {
        forData += 1
      } else if kind == .number, kind.fits(below) {
        numbers += 1
      } else if kind == .word, below != .word {
        forHeader += 1
      }
    }
    if numbers > 0, !row.contains(.word) { forData += numbers }
    return forData > forHeader
  }

  /// The kind that at least two thirds of a column's filled cells are of; `nil` if there is none.
  private static func commonKind(ofColumn column: Int, in rows: [[CellKind]]) -> CellKind? {
    let cells = rows.compactMap { column < $0.count && $0[column] != .empty ? $0[column] : nil }
    guard
      let common = cells.first(where: { kind in
        cells.count(where: kind.fits) * 3 >= cells.count * 2
      })
    else { return nil }
    return common
  }
}

extension [CellKind] {
  /// How many cells are not empty.
  fileprivate var filledCount: Int { count { $0 != .empty } }
  /// How many cells there are up to the last that is not empty.
  fileprivate var filledWidth: Int { (lastIndex { $0 != .empty } ?? -1) + 1 }
}
