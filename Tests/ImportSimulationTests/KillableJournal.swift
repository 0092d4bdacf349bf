import ContactModel
import ContactPipeline
import RunJournal

/// A run's journal, before and after each of whose writes the process may die.
struct KillableJournal: ImportJournal {
  let journal: Journal
  let life: KillSwitch

  var run: RunDescription { journal.run }

  private var death: JournalError { JournalError(.inputOutput, path: "", reason: "dead") }

  private func write(
    _ name: String, _ body: () async throws(JournalError) -> Void
  ) async throws(JournalError) {
    guard life.survives("before \(name)") else { throw death }
    try await body()
    guard life.survives("after \(name)") else { throw death }
  }

  private func read<Result>(
    _ body: () async throws(JournalError) -> Result
  ) async throws(JournalError) -> Result {
    guard !life.isDead else { throw death }
    return try await body()
  }

  func recordOwners(_ logins: Set<String>) async throws(JournalError) {
    try await write("owners") { () throws(JournalError) in try await journal.recordOwners(logins) }
  }

  func recordIntent(_ batches: [PlannedBatch]) async throws(JournalError) {
    try await write("intent \(batches.map(\.id))") { () throws(JournalError) in
      try await journal.recordIntent(batches)
    }
  }

  func recordOutcomes(_ rows: [SettledRow], ofBatch id: Int64) async throws(JournalError) {
    try await write("outcomes \(id)") { () throws(JournalError) in
      try await journal.recordOutcomes(rows, ofBatch: id)
    }
  }

  func recordDoubled(_ rows: [DoubledRow]) async throws(JournalError) {
    try await write("doubled") { () throws(JournalError) in try await journal.recordDoubled(rows) }
  }

  func recordEnd(_ status: RunStatus, at time: String) async throws(JournalError) {
    try await write("end") { () throws(JournalError) in
      try await journal.recordEnd(status, at: time)
    }
  }

  /// Whoever dies closes nothing, but the test has to.
  func close() async throws(JournalError) { try await journal.close() }

  func owners() async throws(JournalError) -> Set<String> {
    try await read { () throws(JournalError) in try await journal.owners() }
  }

  func lastBatchID() async throws(JournalError) -> Int64? {
    try await read { () throws(JournalError) in try await journal.lastBatchID() }
  }

  func batches(
    _ state: BatchState, after previous: Int64?, limit: Int
  ) async throws(JournalError) -> [JournaledBatch] {
    try await read { () throws(JournalError) in
      try await journal.batches(state, after: previous, limit: limit)
    }
  }

  func knownRecords(
    inFile file: Int, _ records: ClosedRange<Int>
  ) async throws(JournalError) -> [KnownRecord] {
    try await read { () throws(JournalError) in
      try await journal.knownRecords(inFile: file, records)
    }
  }

  func plannedRows(pids: ClosedRange<Int>) async throws(JournalError) -> [OwnedRow] {
    try await read { () throws(JournalError) in try await journal.plannedRows(pids: pids) }
  }

  func doubledRows() async throws(JournalError) -> [DoubledRow] {
    try await read { () throws(JournalError) in try await journal.doubledRows() }
  }
}
