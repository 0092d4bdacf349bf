package import ContactModel
import Dispatch
import Foundation
import GRDB

/// What a run intended, sent and settled, on disk before anybody relies on it.
///
/// A journal is one SQLite file. The order of calls is the law of the import (DESIGN, law 2):
///
/// ```swift
/// try await journal.recordIntent(batch)            // on disk, then the request may leave
/// let outcomes = await send(batch)
/// try await journal.recordOutcomes(outcomes, ofBatch: batch.id)   // on disk, then they are shown
/// ```
///
/// Each of these returns when its data has been flushed to the disk, so that neither `kill -9` nor
/// a power cut takes it back. Calls that run at the same time share one flush.
///
/// A row may be sent again in a later batch once its outcome, ``Outcome/notAttempted``, is on disk;
/// the batch with the greatest number says what became of a row.
///
/// The file and its companions (`-wal`, `-shm`) are readable by their owner only. They hold record
/// numbers, fingerprints, identifiers and the mapping's text: no values of people, no key.
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
  /// - Throws: ``JournalError``; ``JournalError/Code/exists`` if there is a file already.
  package static func create(
    at path: String, run: RunDescription
  ) async throws(JournalError) -> Journal {
    try await offPool(path: path) {
      try JournalFile.create(at: path)
      let database = try connect(to: path)
      try makeDurable(database, path: path)
      try JournalSchema.create(in: database, run: run)
      try JournalFile.makeNameDurable(of: path)
      return Journal(path: path, run: run, database: database)
    }
  }

  /// Opens the journal of an earlier run; what a killed run left in the log is brought in.
  package static func open(at path: String) async throws(JournalError) -> Journal {
    try await offPool(path: path) {
      guard JournalFile.exists(at: path) else { throw JournalError(.missing, path: path) }
      let database = try connect(to: path)
      // Before any pragma that writes: the file may be somebody else's database.
      let run = try JournalSchema.readRun(from: database, path: path)
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
    let rows = batches.map { (id: $0.id, file: $0.file, plan: PlanBlob.encode($0)) }
    try await group.perform { database in
      let statement = try database.cachedStatement(
        sql: "INSERT INTO batch (id, file, plan) VALUES (?, ?, ?)")
      try database.inSavepoint {
        for row in rows {
          try statement.execute(arguments: [row.id, row.file, Blob(row.plan)])
        }
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
    _ outcomes: [Outcome], ofBatch id: Int64
  ) async throws(JournalError) {
    let blob = OutcomeBlob.encode(outcomes)
    let path = path
    try await group.perform { database in
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO outcome (batch, outcomes) SELECT id, ? FROM batch WHERE id = ?
          """
      ).execute(arguments: [Blob(blob), id])
      if database.changesCount == 0 { throw JournalError(.unknownBatch, path: path) }
    }
  }

  /// Writes down how the run ended, and when (text in ISO 8601).
  ///
  /// A run that is resumed and ends again replaces its end.
  package func recordEnd(_ status: RunStatus, at time: String) async throws(JournalError) {
    try await group.perform { database in
      try database.execute(
        sql: "UPDATE run SET status = ?, ended_at = ?", arguments: [status.rawValue, time])
    }
  }

  /// Closes the file; further calls fail.
  ///
  /// Without it, the file closes with the last reference.
  package func close() async throws(JournalError) {
    let database = database
    try await Self.offPool(path: path) { try database.close() }
  }

  /// How many commits the group commit made, to be compared with the calls.
  var commitCount: Int { group.commitCount }

  /// Runs work that blocks on a thread that may block.
  private static func offPool<Value: Sendable>(
    path: String, _ work: @escaping @Sendable () throws -> Value
  ) async throws(JournalError) -> Value {
    let result: Result<Value, JournalError> = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        do {
          continuation.resume(returning: .success(try work()))
        } catch {
          continuation.resume(returning: .failure(JournalError(error, path: path)))
        }
      }
    }
    return try result.get()
  }

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

/// Bytes as an SQLite blob.
struct Blob: DatabaseValueConvertible {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var databaseValue: DatabaseValue { Data(bytes).databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? {
    Data.fromDatabaseValue(value).map { Blob([UInt8]($0)) }
  }
}
