package import ContactModel
import GRDB

/// A contact that the run created, as its journal knows it.
package struct OwnedRow: Sendable, Equatable {
  /// The contact's identifier in the CRM.
  package var pid: Int
  /// The index of the source file in the run's list.
  package var file: Int
  /// The record's number.
  package var record: Int
  /// The hash of what the contact should show.
  package var stored: UInt64
  /// How it is known that the contact is this row.
  package var evidence: Evidence

  /// A row as the journal has it.
  package init(pid: Int, file: Int, record: Int, stored: UInt64, evidence: Evidence) {
    self.pid = pid
    self.file = file
    self.record = record
    self.stored = stored
    self.evidence = evidence
  }
}

/// What a journal knows of a record of the source.
package enum KnownRecord: Sendable, Equatable {
  /// It was never to be sent.
  case unplanned
  /// It may have been sent, and what became of it is not known.
  case open
  /// What became of it.
  case settled(SettledRow)
}

extension Journal {
  /// What became of records that follow each other in a file.
  ///
  /// The batch with the greatest number that has a record says what became of it. Memory is that of
  /// the answer and of one batch, whatever the journal's size.
  ///
  /// - Parameters:
  ///   - file: The index of the source file in the run's list.
  ///   - records: Numbers of records.
  /// - Returns: An element for every number, in order.
  /// - Throws: ``JournalError``.
  package func knownRecords(
    inFile file: Int, _ records: ClosedRange<Int>
  ) async throws(JournalError) -> [KnownRecord] {
    try await read { database in
      let ids = try Int64.fetchAll(
        database,
        sql: SpanClass.query(
          "id", from: "batch", index: "batch_records", first: "first_record", last: "last_record",
          where: "file = :file"),
        arguments: ["file": file, "lower": records.lowerBound, "upper": records.upperBound])
      let batch = try Self.oneBatch(in: database)
      var known = [KnownRecord](repeating: .unplanned, count: records.count)
      for id in ids {
        let row = try Row.fetchOne(batch, arguments: [id])
        guard let row else { throw JournalBlobError() }
        let numbers = try PlanBlob.recordNumbers(
          of: row.decode(Blob.self, forColumn: "plan").bytes)
        let rows = try row.decode(Blob?.self, forColumn: "outcomes").map {
          try OutcomeBlob.decode($0.bytes)
        }
        guard rows == nil || rows?.count == numbers.count else { throw JournalBlobError() }
        for (index, number) in numbers.enumerated() where records.contains(number) {
          known[number - records.lowerBound] = rows.map { .settled($0[index]) } ?? .open
        }
      }
      return known
    }
  }

  /// The contacts of this run whose identifiers lie in a range, the smallest first.
  ///
  /// Contacts that were deleted again are among them. Memory is that of the answer and of one
  /// batch, so ask for the range of a page.
  package func plannedRows(
    pids: ClosedRange<Int>
  ) async throws(JournalError) -> [OwnedRow] {
    try await read { database in
      let ids = try Int64.fetchAll(
        database,
        sql: SpanClass.query(
          "batch", from: "outcome", index: "outcome_pids", first: "min_pid", last: "max_pid"),
        arguments: ["lower": pids.lowerBound, "upper": pids.upperBound])
      let statement = try Self.oneBatch(in: database)
      var owned: [OwnedRow] = []
      for id in ids {
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
          throw JournalBlobError()
        }
        let batch = try JournaledBatch(row: row)
        for (index, settled) in (batch.rows ?? []).enumerated() {
          guard case .created(let pid) = settled.outcome, pids.contains(pid) else { continue }
          owned.append(
            OwnedRow(
              pid: pid, file: batch.plan.file, record: batch.plan.recordNumbers[index],
              stored: batch.plan.marks.stored[index], evidence: settled.evidence))
        }
      }
      return owned.sorted { $0.pid < $1.pid }
    }
  }

  /// The identifiers of all contacts above one that this run created, also of those deleted since.
  ///
  /// - Complexity: O(*n*) in the rows of batches that created contacts above it; takes a bit of memory for
  ///   every identifier.
  package func createdPIDs(above floor: Int) async throws(JournalError) -> PIDSet {
    try await read { database in try Self.createdPIDs(above: floor, in: database) }
  }

  /// The identifiers of all contacts that this run created and that were not deleted again.
  ///
  /// - Complexity: O(*n*) in the rows; takes a bit of memory for every identifier.
  package func ownedPIDs() async throws(JournalError) -> PIDSet {
    try await read { database in
      var pids = try Self.createdPIDs(above: .min, in: database)
      let gone = try Int.fetchCursor(
        database, sql: "SELECT pid FROM undone WHERE fate IN (\(UndoneContact.Fate.goneList))")
      while let pid = try gone.next() { pids.remove(pid) }
      return pids
    }
  }

  private static func createdPIDs(above floor: Int, in database: Database) throws -> PIDSet {
    var pids = PIDSet()
    let outcomes = try Blob.fetchCursor(
      database, sql: "SELECT outcomes FROM outcome WHERE max_pid > ? ORDER BY batch",
      arguments: [floor])
    while let blob = try outcomes.next() {
      for row in try OutcomeBlob.decode(blob.bytes) {
        if case .created(let pid) = row.outcome, pid > floor { pids.insert(pid) }
      }
    }
    return pids
  }

  private static func oneBatch(in database: Database) throws -> Statement {
    try database.cachedStatement(
      sql: """
        SELECT \(JournaledBatch.columns) FROM batch LEFT JOIN outcome ON batch = id WHERE id = ?
        """)
  }
}
