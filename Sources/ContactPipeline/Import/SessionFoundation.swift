import CRMClient
import ContactModel
import Foundation
import PersonAPI
import RunJournal
import RunReports

/// What a session of a run rests on, before the server has been looked at.
struct SessionFoundation: Sendable {
  let client: CRMClient
  let options: ImportOptions
  let earlier: EarlierRuns
  let lock: AccountLock
  let folder: String
  let sources: [PlannedSource]
  let index: DuplicateIndex?
  let isInterrupted: @Sendable () -> Bool
  let startedAt: Date
  let start: ContinuousClock.Instant

  private var patience: Patience {
    Patience(wait: options.waitingTime, clock: options.clock, isInterrupted: isInterrupted)
  }

  /// The highest pid the server shows now: whatever is stored from now on has a greater one.
  ///
  /// - Parameter owners: Whose lists are read back, besides the caller's, which may end far before theirs.
  /// - Returns: The pid; 0 without contacts.
  /// - Throws: `CRMError` where a list cannot be read.
  func highestPID(owners: Set<String>) async throws -> Int {
    try await RangeReader(
      client: client, columns: [.pid], owners: owners.sorted(), patience: patience
    ).highestPID()
  }

  /// The session, once it is known where its contacts begin.
  ///
  /// - Parameters:
  ///   - kind: Whether the run begins or is taken up again.
  ///   - journal: The run's journal.
  ///   - highestPID: The highest pid now.
  /// - Returns: The session, nothing sent yet.
  /// - Throws: `JournalError` where an earlier run's journal cannot be read: its contacts could be taken
  ///   for this run's.
  func session(
    _ kind: RunSummary.Kind, journal: any ImportJournal, highestPID: Int
  ) async throws -> RunSession {
    let others = try await earlier.pids(above: journal.run.watermark, except: journal.run.id)
    let context = RunContext(
      client: client, journal: journal, options: options,
      ownership: ContactOwnership(journal: journal, others: others),
      marker: sources[0].preflight.marker,
      ownersAreListed: sources.allSatisfy(\.preflight.ownersAreListed),
      isInterrupted: isInterrupted)
    return RunSession(
      kind: kind, context: context, patience: patience, registry: earlier.registry, lock: lock,
      folder: folder, sources: sources, index: index,
      highestPID: highestPID, startedAt: startedAt, start: start)
  }
}
