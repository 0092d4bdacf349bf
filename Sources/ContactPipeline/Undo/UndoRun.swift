import CRMClient
import ContactModel
import RunJournal

/// The removing half of an undo: candidates in, fates out, several under way at once.
///
/// What became of a contact is on disk before the next one is begun in its place, so an undo that is
/// killed goes on where it was. Nothing is written down beforehand: deleting twice does no harm.
struct UndoRun {
  private let remover: ContactRemover
  private let journal: Journal
  private let inFlight: Int
  private let isInterrupted: @Sendable () -> Bool
  private let progress: @Sendable (UndoProgress) -> Void

  private var queue: RemovalQueue
  private var state: UndoProgress
  private var unclearInRow = 0
  private(set) var counts = UndoCounts()
  /// The first contacts that stay.
  private(set) var kept: [KeptContact] = []
  private(set) var stop: UndoStop?
  private(set) var error: (any Error)?

  /// After so many contacts in a row whose fate is unclear it is the server that is not well.
  private static let mostUnclearInRow = 20

  init(
    remover: ContactRemover, journal: Journal, queue: RemovalQueue, total: Int, inFlight: Int,
    isInterrupted: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (UndoProgress) -> Void
  ) {
    self.remover = remover
    self.journal = journal
    self.queue = queue
    self.inFlight = inFlight
    self.isInterrupted = isInterrupted
    self.progress = progress
    state = UndoProgress(total: total)
  }

  private struct Settled: Sendable {
    var candidate: RemovalCandidate
    var result: Result<Removal, any Error>
  }

  /// Removes contact after contact until none is left, or something ends it; what is under way is
  /// awaited.
  mutating func finish() async {
    await withTaskGroup(of: Settled.self) { group in
      var underWay = 0
      while true {
        while underWay < inFlight, let candidate = await nextCandidate() {
          underWay += 1
          let (remover, journal) = (remover, journal)
          group.addTask { await Self.settle(candidate, by: remover, in: journal) }
        }
        guard let settled = await group.next() else { return }
        underWay -= 1
        absorb(settled)
      }
    }
  }

  private static func settle(
    _ candidate: RemovalCandidate, by remover: ContactRemover, in journal: Journal
  ) async -> Settled {
    do {
      let removal = try await remover.remove(candidate)
      try await journal.recordUndone([UndoneContact(pid: candidate.pid, fate: removal.fate)])
      return Settled(candidate: candidate, result: .success(removal))
    } catch {
      return Settled(candidate: candidate, result: .failure(error))
    }
  }

  private mutating func nextCandidate() async -> RemovalCandidate? {
    if stop == nil, isInterrupted() { stop = .interrupted }
    guard stop == nil else { return nil }
    do {
      return try await queue.next()
    } catch {
      end(with: error)
      return nil
    }
  }

  private mutating func absorb(_ settled: Settled) {
    switch settled.result {
    case .failure(let error): end(with: error)
    case .success(let removal):
      counts[removal.fate] += 1
      state.done += 1
      if removal.fate.isGone {
        state.gone += 1
      } else if kept.count < UndoResult.mostListed {
        let candidate = settled.candidate
        kept.append(
          KeptContact(
            file: candidate.file, record: candidate.record, pid: candidate.pid,
            fate: removal.fate, remark: removal.remark))
      }
      unclearInRow = removal.fate == .unclear ? unclearInRow + 1 : 0
      if stop == nil, unclearInRow >= Self.mostUnclearInRow { stop = .unclearReplies }
      progress(state)
    }
  }

  private mutating func end(with error: any Error) {
    // A wait that the user broke off is not the server's fault.
    if let failure = error as? CRMError, failure.isCancelled {
      if stop == nil { stop = .interrupted }
      return
    }
    if self.error == nil { self.error = error }
    if stop == nil { stop = UndoStop(error) }
  }
}
