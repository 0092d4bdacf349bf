package import ContactModel
import GRDB

extension Journal {
  /// Reads batches back, by number, a page at a time.
  ///
  /// To read all, go on after the last number until a page is empty. A page of 64 batches of 500
  /// rows takes about a megabyte.
  ///
  /// - Parameters:
  ///   - state: Which batches are wanted.
  ///   - previous: The number of the batch before the first one wanted; `nil` begins at the start.
  ///   - limit: How many batches at most.
  /// - Returns: The batches, the smallest number first.
  /// - Throws: ``JournalError``; ``JournalError/Code/damaged`` if a batch was changed on disk.
  package func batches(
    _ state: BatchState, after previous: Int64? = nil, limit: Int = 64
  ) async throws(JournalError) -> [JournaledBatch] {
    let condition =
      switch state {
      case .open: "AND outcomes IS NULL"
      case .settled: "AND outcomes IS NOT NULL"
      case .any: ""
      }
    return try await read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(JournaledBatch.columns) FROM batch LEFT JOIN outcome ON batch = id
          WHERE id > ? \(condition) ORDER BY id LIMIT ?
          """, arguments: [previous ?? Int64.min, limit])
      return try Self.batches(rows)
    }
  }

  /// Reads the batches that created contacts, the latest first, a page at a time: the way back.
  ///
  /// - Parameters:
  ///   - next: The number of the batch after the first one wanted; `nil` begins at the end.
  ///   - limit: How many batches at most.
  /// - Returns: The batches, the greatest number first; rows that created nothing are among theirs.
  /// - Throws: ``JournalError``.
  package func createdRows(
    before next: Int64? = nil, limit: Int = 64
  ) async throws(JournalError) -> [JournaledBatch] {
    try await read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(JournaledBatch.columns) FROM outcome JOIN batch ON id = batch
          WHERE batch < ? AND min_pid IS NOT NULL ORDER BY batch DESC LIMIT ?
          """, arguments: [next ?? Int64.max, limit])
      return try Self.batches(rows)
    }
  }

  static func batches(_ rows: RowCursor) throws -> [JournaledBatch] {
    var batches: [JournaledBatch] = []
    while let row = try rows.next() { batches.append(try JournaledBatch(row: row)) }
    return batches
  }

  /// The greatest number of a batch; `nil` without batches.
  ///
  /// A new batch must have a greater one.
  package func lastBatchID() async throws(JournalError) -> Int64? {
    try await read { try Int64.fetchOne($0, sql: "SELECT MAX(id) FROM batch") }
  }

  /// How the run ended, and when; ``RunStatus/open`` while it has not.
  package func end() async throws(JournalError) -> (status: RunStatus, at: String?) {
    let path = path
    return try await read { database in
      guard let row = try Row.fetchOne(database, sql: "SELECT status, ended_at FROM run"),
        let status = RunStatus(rawValue: try row.decode(forColumn: "status"))
      else { throw JournalError(.damaged, path: path, reason: "it does not say how it ended") }
      return (status, try row.decode(forColumn: "ended_at"))
    }
  }

  /// Refuses a journal that is older than what is remembered of its run: one that was put back from a copy.
  ///
  /// - Parameter status: How the run stood last, as its registry knows.
  /// - Throws: ``JournalError``, ``JournalError/Code/outdated`` if the run had come to its end and the
  ///   journal does not know of it.
  package func checkAge(against status: RunStatus) async throws(JournalError) {
    guard !status.isResumable, try await end().status.isResumable else { return }
    throw JournalError(.outdated, path: path)
  }

  /// What became of the rows, each counted once.
  ///
  /// The last batch that a row was part of says what became of it.
  ///
  /// - Complexity: O(*n*) in the rows; takes a bit of memory for every record of a file.
  package func totals() async throws(JournalError) -> JournalTotals {
    try await read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(JournaledBatch.columns) FROM batch LEFT JOIN outcome ON batch = id
          ORDER BY id DESC
          """)
      var totals = JournalTotals()
      var seen: [Int: RecordNumberSet] = [:]
      while let row = try rows.next() {
        let file = try row.decode(Int.self, forColumn: "file")
        let numbers = try PlanBlob.recordNumbers(
          of: row.decode(Blob.self, forColumn: "plan").bytes)
        let outcomes = try row.decode(Blob?.self, forColumn: "outcomes").map {
          try OutcomeBlob.decode($0.bytes)
        }
        guard outcomes == nil || outcomes?.count == numbers.count else { throw JournalBlobError() }
        for (index, number) in numbers.enumerated() {
          guard seen[file, default: RecordNumberSet()].insert(number) else { continue }
          if let outcomes {
            totals.outcomes.add(outcomes[index].outcome)
          } else {
            totals.openRows += 1
          }
        }
      }
      return totals
    }
  }
}

/// What became of the rows of a run that were to be sent.
package struct JournalTotals: Sendable, Equatable {
  /// Rows with an outcome.
  package var outcomes = OutcomeCounts()
  /// Rows of batches whose outcome was never recorded.
  package var openRows = 0

  /// No rows yet.
  package init() {}

  /// All rows that were ever intended.
  package var total: Int { outcomes.total + openRows }
}

/// Record numbers, one bit each.
struct RecordNumberSet {
  private var words: [UInt64] = []

  /// Adds a number; `false` if it was there already.
  mutating func insert(_ number: Int) -> Bool {
    let index = max(0, number)
    if index >> 6 >= words.count {
      words.append(contentsOf: repeatElement(0, count: max((index >> 6) + 1 - words.count, 1024)))
    }
    let bit: UInt64 = 1 << UInt64(index & 63)
    defer { words[index >> 6] |= bit }
    return words[index >> 6] & bit == 0
  }
}
