import ContactModel
import RunReports

/// Batches whose records do not all have their outcome yet, handed on in input order.
struct OpenBatches {
  /// A batch whose records all have their outcome.
  struct Settled: Sendable {
    var batch: PreparedBatch
    var outcomes: [Outcome]
    /// What was noticed only while sending.
    var issues: [Issue]
    /// What is known of single records besides.
    var remarks: [Int: RowRemark]
  }

  private struct Entry {
    var batch: FittedBatch
    var outcomes: [Outcome?]
    var missing: Int
    var issues: [Issue] = []
    var remarks: [Int: RowRemark]
  }

  private var entries: [Int: Entry] = [:]
  private var next = 0

  /// How many batches are open.
  var count: Int { entries.count }

  /// Takes in a batch with the outcomes its records have already.
  mutating func open(
    _ batch: FittedBatch, outcomes: [Outcome?], remarks: [Int: RowRemark]
  ) {
    entries[batch.index] = Entry(
      batch: batch, outcomes: outcomes, missing: outcomes.count { $0 == nil }, remarks: remarks)
  }

  /// A batch that is still open, to make a request of its contacts again.
  func batch(_ index: Int) -> FittedBatch? { entries[index]?.batch }

  /// Gives a record its outcome; it has none yet.
  mutating func settle(
    batch: Int, record: Int, _ outcome: Outcome, issue: Issue? = nil, remark: RowRemark? = nil
  ) {
    guard var entry = entries[batch] else { return }
    // Moved out while it changes, so that the arrays are not copied.
    entries[batch] = nil
    precondition(entry.outcomes[record] == nil, "a record ends once")
    entry.outcomes[record] = outcome
    entry.missing -= 1
    if let issue { entry.issues.append(issue) }
    if let remark { entry.remarks[record] = remark }
    entries[batch] = entry
  }

  /// The next batch in input order, if all its records have their outcome.
  mutating func popSettled() -> Settled? {
    guard let entry = entries[next], entry.missing == 0 else { return nil }
    entries[next] = nil
    next += 1
    return Settled(
      batch: entry.batch.prepared, outcomes: entry.outcomes.compactMap { $0 },
      issues: entry.issues, remarks: entry.remarks)
  }
}
