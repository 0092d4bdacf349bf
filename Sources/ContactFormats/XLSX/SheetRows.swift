import ContactModel

/// Rows of a sheet that have been read, on their way into a batch.
///
/// Each is as wide as its last cell that is not empty; blank rows are left out.
struct SheetRows {
  private static let rowsPerBatch = 512
  /// Rows with so many bytes, fields or issues are enough, however few they are.
  private static let largestBatch = 1 << 20

  private var bytes: [UInt8] = []
  private var fieldEnds: [UInt32] = []
  private var rowEnds: [UInt32] = []
  private var lines: [Int] = []
  private var issues: [Issue] = []

  /// How many rows there are.
  var count: Int { lines.count }

  /// Whether there are enough rows for a batch.
  var isFull: Bool {
    count >= Self.rowsPerBatch || bytes.count >= Self.largestBatch
      || fieldEnds.count >= Self.largestBatch || issues.count >= Self.largestBatch
  }

  /// Adds a row, unless it is blank.
  mutating func append(_ row: inout SheetRow, isHidden: Bool) {
    guard !row.isBlank else { return }
    row.finish()
    if isHidden { row.note(.hiddenRow, column: nil) }
    for note in row.notes {
      issues.append(
        Issue(note.code, record: count, sourceColumn: note.column, detail: note.detail))
    }
    var column = 0
    for cell in row.cells {
      fieldEnds.append(
        contentsOf: repeatElement(UInt32(bytes.count), count: cell.column - column))
      bytes += row.bytes[cell.range]
      fieldEnds.append(UInt32(bytes.count))
      column = cell.column + 1
    }
    rowEnds.append(UInt32(fieldEnds.count))
    lines.append(row.line)
  }

  /// The number in the sheet of a row.
  func line(ofRow row: Int) -> Int { lines[row] }

  /// The texts of a row's cells.
  func texts(ofRow row: Int) -> [String] {
    fieldIndexes(ofRow: row).map { index in
      let start = index == 0 ? 0 : Int(fieldEnds[index - 1])
      return String(decoding: bytes[start..<Int(fieldEnds[index])], as: UTF8.self)
    }
  }

  private func fieldIndexes(ofRow row: Int) -> Range<Int> {
    (row == 0 ? 0 : Int(rowEnds[row - 1]))..<Int(rowEnds[row])
  }

  /// The rows as records, all of them as wide as the header at least.
  ///
  /// - Parameters:
  ///   - first: The first row that is a record.
  ///   - header: The columns' names; none where the sheet has none, and then no row is too wide.
  ///   - firstRecord: The number of the first record.
  /// - Returns: `nil` if there are no such rows.
  func batch(from first: Int, header: [String], firstRecord: Int) -> RecordBatch? {
    guard first < count else { return nil }
    let firstField = fieldIndexes(ofRow: first).lowerBound
    let firstByte = firstField == 0 ? 0 : fieldEnds[firstField - 1]
    var ends: [UInt32] = []
    var recordEnds: [UInt32] = []
    var records: [Issue] = []
    var nextIssue = issues.firstIndex { $0.record >= first } ?? issues.count
    for row in first..<count {
      let fields = fieldIndexes(ofRow: row)
      for index in fields { ends.append(fieldEnds[index] - firstByte) }
      // A sheet leaves out the empty cells at a row's end.
      let end = ends.last ?? 0
      ends.append(contentsOf: repeatElement(end, count: max(0, header.count - fields.count)))
      recordEnds.append(UInt32(ends.count))
      while nextIssue < issues.count, issues[nextIssue].record == row {
        var issue = issues[nextIssue]
        issue.record -= Int32(first)
        records.append(issue)
        nextIssue += 1
      }
      if !header.isEmpty, fields.count > header.count {
        records.append(Issue(.tooManyFields, record: row - first, detail: fields.count))
      }
    }
    return RecordBatch(
      bytes: Array(bytes[Int(firstByte)...]), fieldEnds: ends, recordEnds: recordEnds,
      lines: Array(lines[first...]), firstRecord: firstRecord, issues: records, header: header,
      hasFieldLines: false)
  }
}
