import ContactModel
import Foundation
import GRDB

/// A batch as a row of the table `batch`, encoded.
struct PlanRow: Sendable {
  private let id: Int64
  private let file: Int
  private let records: (first: Int, last: Int)
  private let plan: [UInt8]

  init(_ batch: PlannedBatch) {
    id = batch.id
    file = batch.file
    records = (batch.recordNumbers.min() ?? 0, batch.recordNumbers.max() ?? 0)
    plan = PlanBlob.encode(batch)
  }

  var arguments: StatementArguments {
    [
      id, file, SpanClass.of(first: records.first, last: records.last), records.first,
      records.last, Blob(plan),
    ]
  }
}

/// A batch's outcomes as a row of the table `outcome`, encoded.
struct OutcomeRow: Sendable {
  private let batch: Int64
  private let pids: (first: Int, last: Int)?
  private let outcomes: [UInt8]

  init(_ rows: [SettledRow], ofBatch id: Int64) {
    batch = id
    var pids: (first: Int, last: Int)?
    for case .created(let pid) in rows.lazy.map(\.outcome) {
      pids = (min(pid, pids?.first ?? pid), max(pid, pids?.last ?? pid))
    }
    self.pids = pids
    outcomes = OutcomeBlob.encode(rows)
  }

  var arguments: StatementArguments {
    [
      pids.map { SpanClass.of(first: $0.first, last: $0.last) }, pids?.first, pids?.last,
      Blob(outcomes), batch,
    ]
  }
}

extension JournaledBatch {
  /// The columns that make a batch, of `batch` and `outcome` joined.
  static let columns = "id, file, plan, outcomes"

  /// A batch from its row; every checksum is looked at.
  init(row: Row) throws {
    plan = try PlanBlob.decode(
      row.decode(Blob.self, forColumn: "plan").bytes, id: row.decode(forColumn: "id"),
      file: row.decode(forColumn: "file"))
    rows = try row.decode(Blob?.self, forColumn: "outcomes").map {
      try OutcomeBlob.decode($0.bytes)
    }
    guard rows == nil || rows?.count == plan.count else { throw JournalBlobError() }
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
