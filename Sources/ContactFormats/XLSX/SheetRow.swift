import ContactModel

/// The row of a sheet that is being read: its cells in any order, as they come.
///
/// However long the XML of a row is, it takes little memory: its texts are limited, a cell that comes
/// again takes the place of the one before, and what is wrong with a cell is noted once.
struct SheetRow {
  /// The most empty columns that a table can have side by side.
  ///
  /// A single cell in column XFD would otherwise make every record 16,384 fields wide, and a file of
  /// three kilobytes one of hundreds of megabytes.
  static let widestGap = 256

  /// Its number in the sheet, from 1.
  private(set) var line = 0
  /// The texts of the cells, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where the cells that are not empty stand, in the order of their columns once sorted.
  private(set) var cells: [Cell] = []
  /// What was noticed, with the column or without.
  private(set) var notes: [Note] = []
  /// The same, to find what was noticed before.
  private var noted: Set<Note> = []
  /// How many columns the table has by this row and those above.
  private var tableWidth = 0
  private var isInOrder = true
  private var isTooLong = false
  private var hasMisplacedCell = false

  /// A cell with a text.
  struct Cell {
    var column: Int
    var range: Range<Int>
  }

  /// An issue on its way to a record.
  struct Note: Hashable {
    var code: IssueCode
    var column: Int?
    var detail = 0
  }

  /// Begins the next row.
  mutating func begin(line: Int) {
    self.line = line
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    if !notes.isEmpty {
      notes.removeAll(keepingCapacity: true)
      noted.removeAll(keepingCapacity: true)
    }
    (isInOrder, isTooLong, hasMisplacedCell) = (true, false, false)
  }

  /// Whether there is nothing in it a person would see.
  var isBlank: Bool { cells.isEmpty && notes.isEmpty }

  /// Adds a cell's text; an empty one is as good as none.
  ///
  /// A text longer than ``EscapedText/longestText``, or with which the row would have more than
  /// ``CSVParser/longestRecord`` bytes, is left out with all that come behind it, and the row gets an
  /// issue. Texts that others have replaced count, too, unless these came right behind them.
  mutating func append(_ text: [UInt8], column: Int) {
    guard !text.isEmpty, !isTooLong else { return }
    if let last = cells.last, last.column >= column {
      if last.column == column, last.range.upperBound == bytes.count {
        cells.removeLast()
        bytes.removeLast(last.range.count)
        noteMisplacedCell(column: column)
      } else {
        isInOrder = false
      }
    }
    let size = bytes.count + text.count
    guard text.count <= EscapedText.longestText, size <= CSVParser.longestRecord else {
      isTooLong = true
      note(.recordTooLong, column: nil, detail: size)
      return
    }
    // So many cells cannot all have places of their own.
    if cells.count == 2 * CellReference.columnLimit {
      sort()
      isInOrder = false
    }
    cells.append(Cell(column: column, range: bytes.count..<size))
    bytes += text
  }

  /// Notes something about a cell, or about the row; the same thing about the same cell once.
  mutating func note(_ code: IssueCode, column: Int?, detail: Int = 0) {
    let note = Note(code: code, column: column, detail: detail)
    guard noted.insert(note).inserted else { return }
    notes.append(note)
  }

  /// Notes that a cell stands where none can, or where another stands; once a row.
  mutating func noteMisplacedCell(column: Int?) {
    guard !hasMisplacedCell else { return }
    hasMisplacedCell = true
    note(.invalidCell, column: column)
  }

  /// Puts the cells into the order of their columns, and leaves out those that belong to no table.
  ///
  /// Of cells in the same place the last one counts. A table ends where more than ``widestGap``
  /// columns are empty in this row and in all above; cells beyond are left out with an issue.
  mutating func finish() {
    sort()
    guard let last = cells.last, last.column >= tableWidth else { return }
    for (index, cell) in cells.enumerated() {
      guard cell.column - tableWidth <= Self.widestGap else {
        note(.tooManyColumns, column: nil)
        cells.removeSubrange(index...)
        return
      }
      tableWidth = max(tableWidth, cell.column + 1)
    }
  }

  private mutating func sort() {
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
