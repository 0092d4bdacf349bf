import Foundation
import GRDB

/// What earlier runs created on a server, by fingerprint: a row that is found here was stored already.
///
/// The index is derived: everything in it stands in the journals, and it is built anew from them when
/// its file is missing, was changed by anything but this type, or comes from another version. Its
/// file carries a seal, a SHA-256 of all its bytes beside it: one flipped bit in a fingerprint would
/// be a row that is sent twice.
///
/// ```swift
/// let index = try await DuplicateIndex.open(at: registry.folder + "/created.sqlite")
/// let unread = try await index.bringUpToDate(from: registry.entries(), excluding: run.id)
/// let earlier = try await index.lookUp(fingerprints, excluding: run.id)
/// ```
///
/// Only the holder of the ``AccountLock`` works with it. A row takes about 38 bytes on disk. Building
/// it takes a few megabytes of memory, however many rows there are: SQLite sorts them in temporary
/// files. The statements run on the database's own queue, never on the cooperative pool.
package final class DuplicateIndex: Sendable {
  /// The index's file.
  package let path: String
  /// Whether there was a file that could not be relied on, so that the index began anew.
  package let wasDamaged: Bool

  let database: DatabaseQueue

  private init(path: String, wasDamaged: Bool, database: DatabaseQueue) {
    self.path = path
    self.wasDamaged = wasDamaged
    self.database = database
  }

  /// Opens the index, or begins an empty one if there is none that can be relied on.
  ///
  /// - Throws: ``JournalError``; never because of what the file holds.
  package static func open(at path: String) async throws(JournalError) -> DuplicateIndex {
    try await offPool(path: path) {
      let seal = IndexSeal(path: path)
      let existed = JournalFile.exists(at: path)
      let isIntact = try existed && seal.matches()
      if !isIntact {
        try seal.removeAll()
        try JournalFile.create(at: path)
      }
      let database = try connect(to: path)
      if !isIntact {
        try IndexSchema.create(in: database)
        try seal.write()
      }
      return DuplicateIndex(path: path, wasDamaged: existed && !isIntact, database: database)
    }
  }

  /// Whether no run created anything.
  package func isEmpty() async throws(JournalError) -> Bool {
    try await onQueue { database in
      try Bool.fetchOne(database, sql: "SELECT NOT EXISTS (SELECT 1 FROM entry)") ?? true
    }
  }

  /// Finds rows that an earlier run created, or may have created.
  ///
  /// - Parameters:
  ///   - fingerprints: What the rows say; some hundreds at once are asked for in one query.
  ///   - run: The run whose own rows do not count.
  /// - Returns: An element for every fingerprint, in order; `nil` if no earlier run sent such a row
  ///   with success. A contact that is there wins over a row that is uncertain; of several contacts
  ///   the one with the lowest identifier.
  /// - Throws: ``JournalError``.
  package func lookUp(
    _ fingerprints: [Fingerprint], excluding run: RunID? = nil
  ) async throws(JournalError) -> [EarlierRow?] {
    guard !fingerprints.isEmpty else { return [] }
    var wanted = IndexEntries()
    var last = IndexEntries()
    for fingerprint in fingerprints {
      wanted.append(fingerprint, run: 0, pid: 0)
      last.append(fingerprint, run: .max, pid: -1)
    }
    let (first, limit) = (Blob(wanted.bytes), Blob(last.bytes))
    return try await onQueue { database in
      let runs = try IndexSchema.runs(in: database)
      let rows = try Row.fetchCursor(
        database.cachedStatement(sql: IndexSchema.lookUp),
        arguments: ["first": first, "last": limit, "count": fingerprints.count])
      var found = [EarlierRow?](repeating: nil, count: fingerprints.count)
      while let row = try rows.next() {
        let entry = try IndexEntries.entry(row.decode(Blob.self, forColumn: "bytes").bytes)
        guard let id = runs[entry.run] else { throw JournalBlobError() }
        if id == run { continue }
        let index = try row.decode(Int.self, forColumn: "n")
        let earlier = EarlierRow(run: id, pid: entry.pid)
        if found[index].map(earlier.isBetter) ?? true { found[index] = earlier }
      }
      return found
    }
  }

  /// Works on the database's own queue; damage that SQLite finds breaks the seal, so that the next
  /// run begins anew.
  func onQueue<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    do {
      return try await database.onQueue(path: path, work)
    } catch let error where error.code == .damaged || error.code == .notAJournal {
      try? IndexSeal(path: path).break()
      throw JournalError(.damagedIndex, path: path, reason: error.reason)
    }
  }

  private static func connect(to path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "ferry.index"
    configuration.busyMode = .timeout(5)
    let database = try DatabaseQueue(path: path, configuration: configuration)
    try database.inDatabase { database in
      // No write-ahead log: the file alone must be the whole index, since its bytes are sealed.
      try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
      // Kibibytes for pages, and for each run of the sorter.
      try database.execute(sql: "PRAGMA cache_size = -8000")
    }
    return database
  }
}

/// A row that an earlier run sent to this server.
package struct EarlierRow: Sendable, Equatable {
  /// The run.
  package var run: RunID
  /// The contact; `nil` if the row is uncertain there, or the run has not found out yet.
  package var pid: Int?

  /// A row of an earlier run.
  package init(run: RunID, pid: Int?) {
    self.run = run
    self.pid = pid
  }

  /// Whether this says more about what is stored than another row with the same fingerprint.
  fileprivate func isBetter(than other: EarlierRow) -> Bool {
    guard let pid else { return false }
    return other.pid.map { pid < $0 } ?? true
  }
}
