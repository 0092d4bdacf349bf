import ContactModel

/// Builds batches of records whose columns become known only as they come.
///
/// ```swift
/// builder.beginRecord(line: 7)
/// if let column = builder.columns.number(of: name.span) { builder.append(value.span, to: column) }
/// builder.endRecord()
/// if builder.isBatchFull { use(builder.takeBatch()) }
/// ```
///
/// Values may come in any order of their columns; in a finished record they stand in the columns'
/// order. A record is as wide as its last value needs.
struct OpenRecordBuilder: ~Copyable {
  /// A batch with so many bytes is full, however few records it has.
  static let largestBatch = 1 << 20

  /// The columns found so far.
  var columns = ColumnTable()

  private let recordsPerBatch: Int
  /// The values' texts; only the first ``used`` bytes mean something.
  ///
  /// There is something behind them only where a reader asked for room (``makeRoom(for:)``) and
  /// writes by itself; it moves the arena out while it uses the arena's pointer.
  var arena: [UInt8] = []
  private(set) var used = 0
  private var value: [UInt8] = []
  private var fieldEnds: [UInt32] = []
  private var recordEnds: [UInt32] = []
  private var lines: [Int] = []
  private var issues: [Issue] = []
  private var firstRecord = 1

  /// The values of the open record, in the order they came, behind the complete ones' texts.
  private var pieces: [Piece] = []
  private var recordStart = 0
  private var isInOrder = true
  private var isOpen = false
  /// The value that each column got last.
  private var lastUse: [Use] = []
  private var recordNumber = 0

  private struct Piece {
    /// Whose value it is, or ``removed``.
    var column: Int
    var start: Int
    var end: Int

    /// The column of a value that was taken away.
    static let removed = -1
  }

  private struct Use {
    /// The record, counted over the whole source; 0 for none.
    var record = 0
    /// Which of the record's pieces it is.
    var piece = 0
  }

  init(recordsPerBatch: Int = 512) { self.recordsPerBatch = recordsPerBatch }

  /// Whether enough records are complete.
  var isBatchFull: Bool {
    recordEnds.count >= recordsPerBatch || recordStart >= Self.largestBatch
  }

  /// How many bytes the open record's values have.
  var openByteCount: Int { used - recordStart }

  /// The index in its batch of the open record, or of the next one.
  var recordIndex: Int { recordEnds.count }

  /// Begins a record.
  mutating func beginRecord(line: Int) {
    precondition(!isOpen, "a record ends before the next begins")
    isOpen = true
    isInOrder = true
    recordNumber += 1
    lines.append(line)
  }

  /// Whether the open record has a value in a column already.
  func isSet(_ column: Int) -> Bool {
    column < lastUse.count && lastUse[column].record == recordNumber
  }

  /// Gives a column of the open record its value.
  ///
  /// - Precondition: It has none yet (``isSet(_:)``).
  mutating func append(_ value: Span<UInt8>, to column: Int) {
    append(to: column) { bytes in value.withUnsafeBufferPointer { bytes.append(contentsOf: $0) } }
  }

  /// Gives a column of the open record a value that `body` appends to the bytes it is handed.
  mutating func append(to column: Int, _ body: (inout [UInt8]) -> Void) {
    let start = used
    if arena.count == used {
      body(&arena)
      used = arena.count
    } else {
      copyValue(of: body)
    }
    place(column, from: start)
  }

  /// Appends a value to an arena that has room behind, which must not be lost for it.
  private mutating func copyValue(of body: (inout [UInt8]) -> Void) {
    value.removeAll(keepingCapacity: true)
    body(&value)
    makeRoom(for: value.count)
    for index in value.indices { arena[used + index] = value[index] }
    used += value.count
  }

  /// Takes the value of a column of the open record away, as if it had never been given.
  ///
  /// - Complexity: O(1), so that a file may repeat a key as often as it likes.
  mutating func removeValue(of column: Int) {
    guard isSet(column) else { return }
    pieces[lastUse[column].piece].column = Piece.removed
    lastUse[column].record = 0
    // The pieces have a gap between them now.
    isInOrder = false
  }

  /// Takes values of the open record away, as if they had never been given.
  ///
  /// - Parameter isRemoved: Whether to take a value, by how many were given before it in the
  ///   record; those taken away already count, too.
  /// - Complexity: O(*n*) in the values given.
  mutating func removeValues(where isRemoved: (Int) -> Bool) {
    for index in pieces.indices where pieces[index].column != Piece.removed && isRemoved(index) {
      removeValue(of: pieces[index].column)
    }
  }

  /// Makes the arena large enough for so many more bytes and a word of slack.
  mutating func makeRoom(for count: Int) {
    let needed = used + count + 8
    guard arena.count < needed else { return }
    arena.append(contentsOf: repeatElement(0, count: max(needed - arena.count, arena.count / 2)))
  }

  /// Completes a record whose texts stand in the arena behind ``used`` already, in the order of
  /// their columns.
  ///
  /// - Parameters:
  ///   - ends: Where each field ends in the arena.
  ///   - used: Where the last one ends.
  ///   - line: The line the record begins on.
  /// - Precondition: No record is open.
  mutating func addRecord(ends: UnsafeBufferPointer<UInt32>, used: Int, line: Int) {
    recordNumber += 1
    lines.append(line)
    fieldEnds.append(contentsOf: ends)
    recordEnds.append(UInt32(fieldEnds.count))
    self.used = used
    recordStart = used
  }

  private mutating func place(_ column: Int, from start: Int) {
    if let last = pieces.last, last.column >= column { isInOrder = false }
    if lastUse.count <= column {
      lastUse.append(contentsOf: repeatElement(Use(), count: column + 1 - lastUse.count))
    }
    lastUse[column] = Use(record: recordNumber, piece: pieces.count)
    pieces.append(Piece(column: column, start: start, end: used))
  }

  /// Notes something about the open record, or about the next one where none is open.
  mutating func note(_ code: IssueCode, column: Int? = nil, detail: Int = 0) {
    issues.append(Issue(code, record: recordIndex, sourceColumn: column, detail: detail))
  }

  /// Notes something about the record completed last.
  ///
  /// - Precondition: It has not been taken, and no record is open.
  mutating func noteLast(_ code: IssueCode, detail: Int = 0) {
    issues.append(Issue(code, record: recordIndex - 1, detail: detail))
  }

  /// Completes the open record.
  mutating func endRecord() {
    if !isInOrder { sortPieces() }
    var column = 0
    var end = UInt32(recordStart)
    for piece in pieces {
      while column < piece.column {
        fieldEnds.append(end)
        column += 1
      }
      end = UInt32(piece.end)
      fieldEnds.append(end)
      column += 1
    }
    recordEnds.append(UInt32(fieldEnds.count))
    pieces.removeAll(keepingCapacity: true)
    recordStart = used
    isOpen = false
  }

  /// Gives up the open record: neither its values nor its issues stay.
  mutating func dropRecord() {
    used = recordStart
    pieces.removeAll(keepingCapacity: true)
    // They are the last ones; a search through all would cost more than many a broken record.
    while let last = issues.last, Int(last.record) == recordIndex { issues.removeLast() }
    lines.removeLast()
    // What was set needs no change: the next record has a number of its own.
    isOpen = false
  }

  /// Puts the open record's values into the order of their columns.
  private mutating func sortPieces() {
    pieces.removeAll { $0.column == Piece.removed }
    let values = Array(arena[recordStart..<used])
    pieces.sort { $0.column < $1.column }
    var place = recordStart
    for index in pieces.indices {
      let piece = pieces[index]
      let count = piece.end - piece.start
      for offset in 0..<count { arena[place + offset] = values[piece.start - recordStart + offset] }
      pieces[index].start = place
      place += count
      pieces[index].end = place
    }
    used = place
  }

  /// Takes the complete records, or `nil` where there are none.
  ///
  /// - Precondition: No record is open.
  mutating func takeBatch() -> RecordBatch? {
    precondition(!isOpen, "a batch is taken between records")
    guard !recordEnds.isEmpty else { return nil }
    let batch = RecordBatch(
      bytes: takeArena(), fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: issues, header: columns.names, hasFieldLines: false)
    firstRecord += recordEnds.count
    fieldEnds.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    issues = []
    recordStart = 0
    return batch
  }

  /// The complete texts; what is kept is an empty arena of the same size.
  private mutating func takeArena() -> [UInt8] {
    defer { used = 0 }
    // An arena with room behind is used again: zeroing a new one costs more than copying.
    guard arena.count == used else { return Array(arena[..<used]) }
    var taken: [UInt8] = []
    swap(&taken, &arena)
    arena.reserveCapacity(taken.count)
    return taken
  }
}
