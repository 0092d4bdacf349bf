import ContactModel
import RunJournal

/// The contacts of a run that are to go, the latest first, a few batches in memory at a time.
///
/// Later contacts of doubled rows come before all others, so that no row loses its first contact while
/// it still has a second. What an earlier undo found to be gone is left out.
struct RemovalQueue {
  private enum Position {
    /// Among the doubled rows, behind a later contact.
    case doubled(after: Int?)
    /// Among the batches, before one.
    case created(before: Int64?)
    case end
  }

  private let journal: Journal
  private let doubledOnly: Bool
  private var position = Position.doubled(after: nil)
  /// Read and not yet handed out, the next one last.
  private var ready: [RemovalCandidate] = []

  /// How many batches are read at once: about four thousand rows.
  private static let batchesAtOnce = 8
  private static let doubledAtOnce = 1000

  init(journal: Journal, doubledOnly: Bool) {
    self.journal = journal
    self.doubledOnly = doubledOnly
  }

  /// The next contact; `nil` when there is none left.
  mutating func next() async throws(JournalError) -> RemovalCandidate? {
    while ready.isEmpty {
      switch position {
      case .doubled(let previous): try await readDoubled(after: previous)
      case .created(let next): try await readCreated(before: next)
      case .end: return nil
      }
    }
    return ready.popLast()
  }

  private mutating func readDoubled(after previous: Int?) async throws(JournalError) {
    let rows = try await journal.doubledRows(after: previous, limit: Self.doubledAtOnce)
    if let last = rows.last {
      position = .doubled(after: last.laterPID)
    } else {
      position = doubledOnly ? .end : .created(before: nil)
    }
    for row in rows.reversed() where !row.isRemoved {
      let planned = try await journal.plannedRows(pids: row.pid...row.pid)
        .first { $0.file == row.file && $0.record == row.record }
      ready.append(
        RemovalCandidate(
          file: row.file, record: row.record, pid: row.laterPID, stored: planned?.stored,
          // Who asks for the doubled ones has seen both and means this one.
          needsProof: !doubledOnly, keptTwin: doubledOnly ? row.pid : nil))
    }
  }

  private mutating func readCreated(before next: Int64?) async throws(JournalError) {
    let batches = try await journal.createdRows(before: next, limit: Self.batchesAtOnce)
    position = batches.last.map { .created(before: $0.plan.id) } ?? .end
    var candidates: [RemovalCandidate] = []
    for batch in batches {
      for (index, row) in (batch.rows ?? []).enumerated().reversed() {
        guard case .created(let pid) = row.outcome else { continue }
        candidates.append(
          RemovalCandidate(
            file: batch.plan.file, record: batch.plan.recordNumbers[index], pid: pid,
            stored: batch.plan.marks.stored[index], needsProof: row.evidence == .values))
      }
    }
    let fates = try await journal.undone(candidates.map(\.pid))
    for (candidate, fate) in zip(candidates, fates).reversed() where fate?.isGone != true {
      ready.append(candidate)
    }
  }
}
