import ContactModel
import RunJournal
import Testing

/// Made-up runs and batches.
enum Sample {
  static let server = "https://crm.example"
  static let login = "importer@crm.example"
  static let account = AccountID(server: server, login: login)

  static func run(_ id: String = "20261123T165301Z-k7pq") throws -> RunDescription {
    RunDescription(
      id: try #require(RunID(id)), startedAt: "2026-11-23T16:53:01Z",
      sourceFiles: [
        .init(name: "contacts.csv", size: 1234, sha256: String(repeating: "ab", count: 32)),
        .init(name: "ещё.csv", size: 0, sha256: String(repeating: "cd", count: 32)),
      ], mappingText: "version: 1\nfields: { person: ФИО }\n", server: server, login: login,
      account: account, variant: "v3 JSON", watermark: 40, ferryVersion: "1.0.0",
      settings: ["region": "RU", "encoding": "windows-1251"])
  }

  static func batch(
    _ id: Int64, records: some Sequence<Int>, file: Int = 0, floor: Int = 40
  ) -> PlannedBatch {
    let records = Array(records)
    var marks = RowMarks()
    for record in records {
      marks.append(
        stored: UInt64(id) << 32 | UInt64(record),
        traces: (0..<UInt32(record % 4)).map { $0 << 20 | UInt32(record) })
    }
    return PlannedBatch(
      id: id, file: file, recordNumbers: records,
      fingerprints: records.map { Fingerprint(high: UInt64(id), low: UInt64($0)) }, marks: marks,
      floor: floor)
  }
}

extension [SettledRow] {
  /// Outcomes that the server's answer told.
  static func answered(_ outcomes: Outcome...) -> [SettledRow] { answered(outcomes) }

  /// Outcomes that the server's answer told.
  static func answered(_ outcomes: [Outcome]) -> [SettledRow] { outcomes.map { SettledRow($0) } }

  /// Contacts with rising identifiers.
  static func created(_ pids: some Sequence<Int>) -> [SettledRow] {
    pids.map { SettledRow(.created(pid: $0)) }
  }
}
