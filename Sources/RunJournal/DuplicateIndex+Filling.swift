import Foundation
import GRDB

/// A run whose journal could not be read, so that what it created is not known.
package struct UnreadRun: Sendable, Equatable {
  /// The run.
  package var id: RunID
  /// Why.
  package var error: JournalError

  /// A run and why it could not be read.
  package init(id: RunID, error: JournalError) {
    self.id = id
    self.error = error
  }
}

extension DuplicateIndex {
  /// Takes in what runs created since the index was last brought up to date.
  ///
  /// A journal is read if it is new or was changed since: by a resume, an undo, a settlement. Rows
  /// whose contacts were deleted by `ferry undo` are taken out, and so is everything of runs that are
  /// not registered any more. Rows that are uncertain go in without a contact, and so do the rows of
  /// open batches, which a killed run left behind.
  ///
  /// All changes come in one transaction. Memory is that of a page of batches.
  ///
  /// - Parameters:
  ///   - runs: All registered runs of the account.
  ///   - current: The run that is about to send, whose journal is left alone.
  /// - Returns: The runs whose journals cannot be read. What the index knew of them stays; what they
  ///   created since would not be recognised, so the caller must not go on without saying so.
  /// - Throws: ``JournalError`` if the index itself fails.
  @discardableResult
  package func bringUpToDate(
    from runs: [RegisteredRun], excluding current: RunID? = nil
  ) async throws(JournalError) -> [UnreadRun] {
    let known = try await knownRuns()
    var changes = IndexChanges(nextNumber: (known.values.map(\.number).max() ?? 0) + 1)
    let registered = Set(runs.map(\.id))
    for (id, run) in known where !registered.contains(id) && id != current {
      changes.removed.append(run.number)
    }
    var unread: [UnreadRun] = []
    try await beginStaging()
    for run in runs where run.id != current {
      let before = known[run.id]
      let stamp = JournalStamp(of: run.journal)
      if let before, stamp?.text == before.stamp || stamp == nil { continue }
      let number = changes.nextNumber
      do throws(JournalError) {
        guard stamp != nil else { throw JournalError(.missing, path: run.journal) }
        changes.nextNumber += 1
        let stamp = try await stage(run, as: number)
        changes.added.append((number: number, id: run.id, stamp: stamp))
        if let before { changes.removed.append(before.number) }
      } catch let error where error.path == path {
        throw error
      } catch {
        // What was staged of it before it failed must not go in.
        changes.removed.append(number)
        unread.append(UnreadRun(id: run.id, error: error))
      }
    }
    if changes.isEmpty {
      try await endStaging()
    } else {
      try await commit(changes)
    }
    return unread
  }

  /// Reads a journal and stages its rows.
  private func stage(_ run: RegisteredRun, as number: UInt32) async throws(JournalError) -> String {
    let journal = try await Journal.open(at: run.journal)
    guard journal.run.id == run.id else {
      throw JournalError(.damaged, path: run.journal, reason: "it belongs to another run")
    }
    try await journal.checkAge(against: run.status)
    let remaining = try await journal.undoneCounts().isEmpty ? nil : journal.ownedPIDs()
    var last: Int64?
    while true {
      let page = try await journal.indexEntries(
        after: last, limit: 64, run: number, remaining: remaining)
      guard let next = page.last else { break }
      last = next
      let (bytes, count) = (Blob(page.entries.bytes), page.entries.count)
      if count == 0 { continue }
      try await onQueue { database in
        try database.cachedStatement(sql: IndexSchema.stage).execute(
          arguments: ["entries": bytes, "count": count])
      }
    }
    try await journal.close()
    // After closing, which may bring a killed run's log into the file.
    guard let stamp = JournalStamp(of: run.journal) else {
      throw JournalError(.missing, path: run.journal)
    }
    return stamp.text
  }

  private func beginStaging() async throws(JournalError) {
    try await onQueue { database in
      try database.execute(
        sql: """
          DROP TABLE IF EXISTS temp.staged; CREATE TEMP TABLE staged (bytes BLOB NOT NULL)
          """)
    }
  }

  private func endStaging() async throws(JournalError) {
    try await onQueue { try $0.execute(sql: "DROP TABLE temp.staged") }
  }

  private func commit(_ changes: IndexChanges) async throws(JournalError) {
    try await onQueue { database in
      try database.inTransaction(.immediate) {
        try changes.apply(to: database)
        return .commit
      }
    }
    try await endStaging()
    let path = path
    try await offPool(path: path) { try IndexSeal(path: path).write() }
  }

  private func knownRuns() async throws(JournalError) -> [RunID: (number: UInt32, stamp: String)] {
    try await onQueue { database in
      let rows = try Row.fetchCursor(database, sql: "SELECT number, id, stamp FROM run")
      var runs: [RunID: (number: UInt32, stamp: String)] = [:]
      while let row = try rows.next() {
        guard let id = RunID(try row.decode(String.self, forColumn: "id")) else {
          throw JournalBlobError()
        }
        runs[id] = (
          try row.decode(forColumn: "number"), try row.decode(String.self, forColumn: "stamp")
        )
      }
      return runs
    }
  }
}

/// What one bringing up to date does to the index, beside the staged entries.
private struct IndexChanges: Sendable {
  var nextNumber: UInt32
  /// Numbers of runs whose entries go.
  var removed: [UInt32] = []
  /// Runs whose entries are staged.
  var added: [(number: UInt32, id: RunID, stamp: String)] = []

  init(nextNumber: UInt32) { self.nextNumber = nextNumber }

  var isEmpty: Bool { removed.isEmpty && added.isEmpty }

  func apply(to database: Database) throws {
    if !removed.isEmpty {
      let numbers = removed.map { number in
        let digits = String(number, radix: 16)
        return "x'" + String(repeating: "0", count: 8 - digits.utf8.count) + digits + "'"
      }.joined(separator: ", ")
      for table in ["entry", "staged"] {
        try database.execute(sql: "DELETE FROM \(table) WHERE substr(bytes, 17, 4) IN (\(numbers))")
      }
      for number in removed {
        try database.execute(sql: "DELETE FROM run WHERE number = ?", arguments: [number])
      }
    }
    for run in added {
      try database.execute(
        sql: "INSERT INTO run (number, id, stamp) VALUES (?, ?, ?)",
        arguments: [run.number, run.id.text, run.stamp])
    }
    // In order, so that each page of the table is touched once.
    try database.execute(
      sql: "INSERT OR IGNORE INTO entry SELECT bytes FROM staged ORDER BY bytes")
  }
}
