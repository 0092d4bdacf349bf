/// What recognises the stored contacts of some rows without their values, in hashes.
///
/// A row's mark has two parts. The hash ``stored`` stands for everything that a request would show of
/// the contact if it is stored as foretold: a contact with the same hash is that row, or one nobody
/// could tell from it. The *traces*, a few short hashes, stand for its mail, phones and name one by
/// one: a contact that shares a trace *may* be the row.
///
/// The journal keeps marks instead of values, so that a run that was killed can be continued, compared
/// and taken back without the source.
///
/// ```swift
/// marks.addTrace(mail)
/// marks.addTrace(name)
/// marks.endRow(stored: hash)
/// ```
package struct RowMarks: Sendable, Equatable {
  /// A hash of everything shown of each row's contact.
  package private(set) var stored: [UInt64] = []
  /// The traces of all rows, one after the other.
  private var traces: [UInt32] = []
  /// Where each row's traces end in ``traces``.
  private var traceEnds: [UInt32] = []

  /// No rows yet.
  package init() {}

  /// How many rows have ended.
  package var count: Int { stored.count }

  /// The traces of a row, in the order they were added.
  package func traces(of row: Int) -> ArraySlice<UInt32> {
    traces[(row == 0 ? 0 : Int(traceEnds[row - 1]))..<Int(traceEnds[row])]
  }

  /// Adds a trace to the row that is being made.
  package mutating func addTrace(_ trace: UInt32) { traces.append(trace) }

  /// Ends the row that is being made.
  package mutating func endRow(stored hash: UInt64) {
    stored.append(hash)
    traceEnds.append(UInt32(traces.count))
  }

  /// Appends a row with all its traces.
  package mutating func append(stored hash: UInt64, traces: [UInt32]) {
    self.traces.append(contentsOf: traces)
    endRow(stored: hash)
  }

  /// Appends a row of other marks.
  package mutating func append(_ row: Int, of other: RowMarks) {
    traces.append(contentsOf: other.traces(of: row))
    endRow(stored: other.stored[row])
  }
}
