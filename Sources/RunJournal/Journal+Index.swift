import ContactModel
import GRDB

extension Journal {
  /// The entries of the ``DuplicateIndex`` that some batches make.
  ///
  /// - Parameters:
  ///   - previous: The number of the batch before the first one wanted.
  ///   - limit: How many batches at most.
  ///   - run: The number of this run in the index.
  ///   - remaining: The contacts that are still there; `nil` if none was deleted.
  /// - Returns: The entries, and the number of the last batch they come from; `nil` at the end.
  /// - Throws: ``JournalError``.
  func indexEntries(
    after previous: Int64?, limit: Int, run: UInt32, remaining: PIDSet?
  ) async throws(JournalError) -> (entries: IndexEntries, last: Int64?) {
    try await read { database in
      let rows = try Row.fetchCursor(
        database.cachedStatement(
          sql: """
            SELECT \(JournaledBatch.columns) FROM batch LEFT JOIN outcome ON batch = id
            WHERE id > ? ORDER BY id LIMIT ?
            """), arguments: [previous ?? Int64.min, limit])
      var entries = IndexEntries()
      var last: Int64?
      while let row = try rows.next() {
        last = try row.decode(Int64.self, forColumn: "id")
        let fingerprints = try PlanBlob.fingerprintBytes(
          of: row.decode(Blob.self, forColumn: "plan").bytes)
        let settled = try row.decode(Blob?.self, forColumn: "outcomes").map {
          try OutcomeBlob.decode($0.bytes)
        }
        guard settled == nil || settled?.count == fingerprints.count / 16 else {
          throw JournalBlobError()
        }
        for index in 0..<fingerprints.count / 16 {
          let pid: Int
          switch settled?[index].outcome {
          case .created(let created):
            if remaining.map({ !$0.contains(created) }) ?? false { continue }
            pid = created
          case .uncertain, nil: pid = 0
          case .updated, .unchanged, .duplicate, .rejected, .failed, .notAttempted: continue
          }
          let start = fingerprints.startIndex + 16 * index
          entries.append(
            fingerprintBytes: fingerprints[start..<start + 16], run: run, pid: pid)
        }
      }
      return (entries, last)
    }
  }
}
