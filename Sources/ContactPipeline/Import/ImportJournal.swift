package import ContactModel
package import RunJournal

/// What an import writes to a journal and reads from it.
///
/// ``RunJournal/Journal`` is the one there is; tests put themselves between it and the import, to end
/// a run before or after any of these calls.
package protocol ImportJournal: Sendable {
  /// What the run set out to do.
  var run: RunDescription { get }

  // The import's course; see ``RunJournal/Journal`` for what each promises.
  func recordOwners(_ logins: Set<String>) async throws(JournalError)
  func recordIntent(_ batches: [PlannedBatch]) async throws(JournalError)
  func recordOutcomes(_ rows: [SettledRow], ofBatch id: Int64) async throws(JournalError)
  func recordDoubled(_ rows: [DoubledRow]) async throws(JournalError)
  func recordEnd(_ status: RunStatus, at time: String) async throws(JournalError)
  func close() async throws(JournalError)

  // What an earlier session of the run left, and what this one has done.
  func owners() async throws(JournalError) -> Set<String>
  func lastBatchID() async throws(JournalError) -> Int64?
  func batches(
    _ state: BatchState, after previous: Int64?, limit: Int
  ) async throws(JournalError) -> [JournaledBatch]
  func knownRecords(
    inFile file: Int, _ records: ClosedRange<Int>
  ) async throws(JournalError) -> [KnownRecord]
  func plannedRows(pids: ClosedRange<Int>) async throws(JournalError) -> [OwnedRow]
  func doubledRows() async throws(JournalError) -> [DoubledRow]
}

extension Journal: ImportJournal {
  /// All rows that are stored twice.
  package func doubledRows() async throws(JournalError) -> [DoubledRow] {
    try await doubledRows(after: nil, limit: .max)
  }
}
