package import ContactModel
import GRDB

/// What a run intended, sent and settled, on disk before anybody relies on it.
///
/// A journal is one SQLite file. The order of calls is the law of the import (DESIGN, law 2):
///
/// ```swift
/// try await journal.recordIntent(batch)            // on disk, then the request may leave
/// let rows = await send(batch)
/// try await journal.recordOutcomes(rows, ofBatch: batch.id)   // on disk, then they are shown
/// ```
///
/// Each of these returns when its data has been flushed to the disk, so that neither `kill -9` nor
/// a power cut takes it back. Calls that run at the same time share one flush.
///
/// A row may be sent again in a later batch once its outcome, ``Outcome/notAttempted``, is on disk;
/// the batch with the greatest number says what became of a row.
///
/// ## What is held, and what is not
///
/// Held: the run's description with the mapping's text and the settings, the logins of the owners
/// whose contacts are read back, and for each row that was to be sent its record number, the first
/// sixteen bytes of a SHA-256 of what was sent, the hash and the traces of its mark (eight bytes, and
/// four for each mail, phone and name), what became of it and its identifier in the CRM.
///
/// Not held: values of people, in no form that could be read back, and the key. Hashes are not
/// secrets, though: whoever has the journal and a guess (a mail, a phone) can find out whether a row
/// held it. So the file and its companions (`-wal`, `-shm`) are readable by their owner only, and
/// `ferry runs --purge` removes them.
///
/// A row takes about 60 bytes on disk. All reading functions go through the file row by row or page
/// by page; what each of them keeps in memory stands with it.
package final class Journal: Sendable {
  /// The journal's file.
  package let path: String
  /// What the run set out to do.
  package let run: RunDescription

  let database: DatabaseQueue
  private let group: GroupCommit

  private init(path: String, run: RunDescription, database: DatabaseQueue) {
    self.path = path
    self.run = run
    self.database = database
    group = GroupCommit(database: database, path: path)
  }

  /// Begins a journal, in a folder that is made (mode 0700) if it is missing.
  ///
  /// - Parameters:
  ///   - path: Where there is no file yet.
  ///   - run: What the run sets out to do.
  ///   - owners: Logins whose contacts have to be read back; see ``recordOwners(_:)``.
  /// - Returns: The journal, open; all of this is on the disk.
  /// - Throws: ``JournalError``; ``JournalError/Code/exists`` if there is a file already.
  package static func create(
    at path: String, run: RunDescription, owners: Set<String> = []
  ) async throws(JournalError) -> Journal {
    try await offPool(path: path) {
      try JournalFile.create(at: path)
      let database = try connect(to: path)
      try makeDurable(database, path: path)
      try JournalSchema.create(in: database, run: run, owners: owners)
      try JournalFile.makeNameDurable(of: path)
      return Journal(path: path, run: run, database: database)
    }
  }

  /// Opens the journal of an earlier run; what a killed run left in the log is brought in.
  ///
  /// All of the file is read, to be sure that nothing is missing.
  ///
  /// - Throws: ``JournalError``: ``JournalError/Code/damaged`` for a file that is not whole, and
  ///   ``JournalError/Code/olderVersion`` for one of a ferry that could not resume.
  package static func open(at path: String) async throws(JournalError) -> Journal {
    try await offPool(path: path) {
      guard JournalFile.exists(at: path) else { throw JournalError(.missing, path: path) }
      let database = try connect(to: path)
      // Before any pragma that writes: the file may be somebody else's database.
      let run = try JournalSchema.readRun(from: database, path: path)
      try JournalSchema.check(database, path: path)
      try makeDurable(database, path: path)
      return Journal(path: path, run: run, database: database)
    }
  }

  /// Writes down what is about to be sent; returns when it is on disk.
  package func recordIntent(_ batches: PlannedBatch...) async throws(JournalError) {
    try await recordIntent(batches)
  }

  /// Writes down what is about to be sent; returns when it is on disk.
  ///
  /// - Throws: ``JournalError``; then none of the batches may be sent.
  package func recordIntent(_ batches: [PlannedBatch]) async throws(JournalError) {
    // Encoded here, by the caller's task, so that the one writing thread only writes.
    let rows = batches.map(PlanRow.init)
    try await write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO batch (id, file, span, first_record, last_record, plan)
          VALUES (?, ?, ?, ?, ?, ?)
          """)
      try database.inSavepoint {
        for row in rows { try statement.execute(arguments: row.arguments) }
        return .commit
      }
    }
  }

  /// Writes down what became of a batch's rows, in the plan's order; returns when it is on disk.
  ///
  /// Recorded a second time for the same batch, the new outcomes replace the old ones: that is how
  /// an uncertain row is settled later.
  ///
  /// - Throws: ``JournalError``; ``JournalError/Code/unknownBatch`` without an intent before it.
  package func recordOutcomes(
    _ rows: [SettledRow], ofBatch id: Int64
  ) async throws(JournalError) {
    let row = OutcomeRow(rows, ofBatch: id)
    let path = path
    try await write { database in
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO outcome (batch, span, min_pid, max_pid, outcomes)
          SELECT id, ?, ?, ?, ? FROM batch WHERE id = ?
          """
      ).execute(arguments: row.arguments)
      if database.changesCount == 0 { throw JournalError(.unknownBatch, path: path) }
    }
  }

  /// Writes down how the run ended, and when (text in ISO 8601).
  ///
  /// A run that is resumed and ends again replaces its end.
  package func recordEnd(_ status: RunStatus, at time: String) async throws(JournalError) {
    try await write { database in
      try database.execute(
        sql: "UPDATE run SET status = ?, ended_at = ?", arguments: [status.rawValue, time])
    }
  }

  /// Closes the file; further calls fail.
  ///
  /// Without it, the file closes with the last reference.
  package func close() async throws(JournalError) {
    let database = database
    try await offPool(path: path) { try database.close() }
  }

  /// Runs a write in the next shared commit; returns when it is on disk.
  func write(_ write: @escaping GroupCommit.Write) async throws(JournalError) {
    try await group.perform(write)
  }

  /// Reads on the database's own queue, never on the cooperative pool.
  func read<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    try await database.onQueue(path: path, work)
  }

  /// How many commits the group commit made, to be compared with the calls.
  var commitCount: Int { group.commitCount }

  private static func connect(to path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "ferry.journal"
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Chooses a log that is appended to and flushed with every commit.
  ///
  /// GRDB's own WAL mode is not used, since it chooses `synchronous = NORMAL`, which loses the last
  /// commits when the power goes.
  private static func makeDurable(_ database: DatabaseQueue, path: String) throws {
    try database.inDatabase { database in
      let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
      guard mode == "wal" else { throw JournalError(.readOnly, path: path) }
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
  }
}
