import ContactModel
import RunJournal

/// What the earlier runs of an account mean for one that begins.
struct EarlierRuns: Sendable {
  let registry: RunRegistry
  /// All of them; those that the state folder has as open are as their journals say that they ended.
  let entries: [RegisteredRun]

  /// Reads what the state folder and the journals have.
  ///
  /// - Precondition: The account is locked.
  /// - Throws: `JournalError`.
  init(_ registry: RunRegistry) async throws(JournalError) {
    self.registry = registry
    entries = try await registry.settledEntries()
  }

  /// Refuses a source with a run that has not ended: it is resumed, not imported, since its rows may be
  /// stored.
  func refuseUnfinished(_ sources: [RunDescription.SourceFile]) throws(PlanningError) {
    for run in entries.reversed() where run.status.isResumable {
      for source in run.sources where source.size > 0 {
        guard let same = sources.first(where: { $0.sha256 == source.sha256 }) else { continue }
        throw .unfinishedRun(run.id.text, file: same.name)
      }
    }
  }

  /// What they created, by what their rows say.
  ///
  /// - Parameter run: The run that asks, whose own rows do not count.
  /// - Returns: The index, which knows all of them.
  /// - Throws: ``PlanningError`` where a run's journal cannot be read: its rows would be sent a second
  ///   time; `JournalError`.
  func duplicates(for run: RunID) async throws -> DuplicateIndex {
    let index = try await DuplicateIndex.open(at: "\(registry.folder)/created.sqlite")
    let unread = try await index.bringUpToDate(from: entries, excluding: run)
    if let first = unread.first {
      if first.error.code == .outdated { throw first.error }
      throw PlanningError.earlierRunUnread(first.id.text, path: first.error.path)
    }
    return index
  }

  /// The contacts above a pid that belong to runs other than one.
  ///
  /// - Throws: `JournalError` where a journal cannot be read: its contacts could be taken for the run's.
  func pids(above floor: Int, except id: RunID) async throws(JournalError) -> PIDSet {
    var pids = PIDSet()
    for run in entries where run.id != id && !run.isJournalMissing {
      let journal = try await Journal.open(at: run.journal)
      pids.formUnion(try await journal.createdPIDs(above: floor))
      try await journal.close()
    }
    return pids
  }
}

extension DuplicateIndex {
  /// Finds the rows of a batch that an earlier run created, or may have created.
  ///
  /// - Parameters:
  ///   - records: The records asked for, by their place in the batch.
  ///   - batch: The batch.
  ///   - run: The run that asks, whose own rows do not count.
  /// - Returns: What was found, with the places.
  /// - Throws: `JournalError`.
  func find(
    _ records: [Int], of batch: FittedBatch, excluding run: RunID
  ) async throws(JournalError) -> [(record: Int, row: EarlierRow)] {
    let asked = records.filter { batch.fingerprints[$0] != nil }
    let earlier = try await lookUp(asked.compactMap { batch.fingerprints[$0] }, excluding: run)
    return zip(asked, earlier).compactMap { record, row in row.map { (record, $0) } }
  }
}

extension EarlierRow {
  /// What it makes of a row that says the same.
  var outcome: Outcome { pid.map { .duplicate(pid: $0) } ?? .uncertain }
}
