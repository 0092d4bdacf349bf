import ContactModel

/// The row of a sheet that is being read: its cells in any order, as they come.
struct SheetRow {
  /// Its number in the sheet, from 1.
  private(set) var line = 0
  /// The texts of the cells, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where the cells that are not empty stand, in the order of their columns once sorted.
  private(set) var cells: [Cell] = []
  /// What was noticed, with the column or without.
  private(set) var notes: [Note] = []
  private var isInOrder = true
  private var isTooLong = false
  private var hasMisplacedCell = false

  /// A cell with a text.
  struct Cell {
    var column: Int
    var range: Range<Int>
  }

  /// An issue on its way to a record.
  struct Note {
    var code: IssueCode
    var column: Int?
    var detail = 0
  }

  /// Begins the next row.
  mutating func begin(line: Int) {
    self.line = line
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
    (isInOrder, isTooLong, hasMisplacedCell) = (true, false, false)
  }

  /// Whether there is nothing in it a person would see.
  var isBlank: Bool { cells.isEmpty && notes.isEmpty }

  /// Adds a cell's text; an empty one is as good as none.
  ///
  /// A row with more than ``CSVParser/longestRecord`` bytes keeps those cells that fit, with an issue.
  mutating func append(_ text: [UInt8], column: Int) {
    guard !text.isEmpty, !isTooLong else { return }
    guard bytes.count + text.count <= CSVParser.longestRecord else {
      isTooLong = true
      note(.recordTooLong, column: nil, detail: bytes.count + text.count)
      return
    }
    if let last = cells.last, last.column >= column { isInOrder = false }
    cells.append(Cell(column: column, range: bytes.count..<bytes.count + text.count))
    bytes += text
  }

  /// Notes something about a cell, or about the row.
  mutating func note(_ code: IssueCode, column: Int?, detail: Int = 0) {
    notes.append(Note(code: code, column: column, detail: detail))
  }

  /// Notes that a cell stands where none can, or where another stands; once a row.
  mutating func noteMisplacedCell(column: Int?) {
    guard !hasMisplacedCell else { return }
    hasMisplacedCell = true
    note(.invalidCell, column: column)
  }

  /// Puts the cells into the order of their columns; of cells in the same place the last one counts.
  mutating func sort() {
    guard !isInOrder else { return }
    // The place in the row decides between equals, since sorting need not keep their order.
    cells.sort { ($0.column, $0.range.lowerBound) < ($1.column, $1.range.lowerBound) }
    var kept: [Cell] = []
    for cell in cells {
      if kept.last?.column == cell.column {
        kept.removeLast()
        noteMisplacedCell(column: cell.column)
      }
      kept.append(cell)
    }
    cells = kept
    isInOrder = true
  }
}
