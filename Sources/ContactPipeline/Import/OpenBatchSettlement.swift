import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// Finds out what became of requests that a killed or stopped run left open in its journal.
///
/// From the journal alone: the source is not needed. Nothing is sent.
struct OpenBatchSettlement: Sendable {
  let context: RunContext
  let patience: Patience

  /// Settles all open requests and writes down what became of their rows; what is absent counts as not
  /// attempted.
  ///
  /// - Throws: ``SettlementFailure``, `JournalError`; then they stay open.
  func settle() async throws {
    var open: [UnsettledRows] = []
    var previous: Int64?
    while true {
      let batches = try await context.journal.batches(.open, after: previous, limit: 64)
      guard let last = batches.last else { break }
      previous = last.plan.id
      open += batches.map { batch in
        UnsettledRows(
          id: batch.plan.id, file: batch.plan.file, recordNumbers: batch.plan.recordNumbers,
          marks: batch.plan.marks, floor: batch.plan.floor,
          known: Array(repeating: nil, count: batch.plan.count), isOpen: true, isFatal: false,
          // When it was lost is not known; no later than now.
          lostAt: context.clock.now())
      }
    }
    guard !open.isEmpty else { return }
    let fates = try await SettlementRound(context: context, patience: patience).settle(open)
    for (batch, fates) in zip(open, fates) {
      try await context.journal.recordOutcomes(fates.map(\.settled), ofBatch: batch.id)
    }
  }
}

extension RowFate {
  /// The fate as the journal keeps it.
  var settled: SettledRow {
    switch self {
    case .created(let pid, let evidence): SettledRow(.created(pid: pid), evidence: evidence)
    case .absent: SettledRow(.notAttempted)
    case .refused: SettledRow(.failed(.refused))
    case .uncertain: SettledRow(.uncertain)
    }
  }
}
