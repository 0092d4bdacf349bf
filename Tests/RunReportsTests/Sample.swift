import ContactFormats
import ContactModel

@testable import RunReports

/// Made-up sources, batches and summaries.
enum Sample {
  /// A batch of the given rows; each row stands on a line of its own after a header.
  static func batch(
    _ rows: [[String]], firstRecord: Int = 1, issues: [Issue] = [],
    header: [String] = profile.header
  ) -> RecordBatch {
    var bytes: [UInt8] = []
    var fieldEnds: [UInt32] = []
    var recordEnds: [UInt32] = []
    for row in rows {
      for field in row {
        bytes += Array(field.utf8)
        fieldEnds.append(UInt32(bytes.count))
      }
      recordEnds.append(UInt32(fieldEnds.count))
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds,
      lines: rows.indices.map { $0 + firstRecord + 1 }, firstRecord: firstRecord, issues: issues,
      header: header)
  }

  static let profile = SourceProfile(
    encoding: .windows1251,
    dialect: CSVDialect(delimiter: UInt8(ascii: ";"), lineEnd: .carriageReturnLineFeed),
    header: ["ФИО", "Телефон", "E-mail"])

  static let people = batch([
    ["Иванов Иван", "20-67", "ivanov@example.com"],
    ["Петрова Анна", "+7 342 206-72-02", "petrova example.com"],
    ["Сидоров", "12; 13", ""],
  ])

  static let issues = [
    Issue(.phoneTooShort, record: 0, sourceColumn: 1, field: .tel, detail: 4),
    Issue(.emailNoAt, record: 1, sourceColumn: 2, field: .mail),
    Issue(.phoneRepaired, record: 1, sourceColumn: 1, field: .tel),
    Issue(.phoneTooShort, record: 2, sourceColumn: 1, field: .tel, detail: 2),
    Issue(.missingRequired, record: 2, field: .mail),
  ]
}

extension Sample {
  /// An import of 1,006 records, some of which went wrong.
  static func importSummary() -> RunSummary {
    var outcomes = OutcomeCounts()
    outcomes[.created] = 1000
    outcomes[.rejected] = 2
    outcomes[.failed] = 3
    outcomes[.uncertain] = 1
    var issues = IssueTally()
    issues.add(Sample.issues, of: Sample.people, file: "people.csv")
    let written = WrittenFile(
      path: "ferry-runs/x/rejected.csv", byteCount: 120, sha256: String(repeating: "0f", count: 32))
    return RunSummary(
      kind: .import, runID: "20261123T165301Z-k7pq", startedAt: "2026-11-23T16:53:01Z",
      duration: .milliseconds(3250), ferryVersion: "1.0.0", server: "https://crm.example",
      variant: "v3 JSON",
      files: [
        SourceSummary(
          name: "people.csv", byteCount: 54_321, profile: profile, recordCount: 1006,
          unmapped: [.init(name: "Комментарий", valueCount: 812)])
      ], outcomes: outcomes, issues: issues, requestCount: 14,
      resultFiles: [
        ResultFile(kind: .rejected, name: "rejected.csv", rowCount: 2, written: written)
      ])
  }

  /// A check of two clean records.
  static func cleanCheck() -> RunSummary {
    var outcomes = OutcomeCounts()
    outcomes[.notAttempted] = 2
    return RunSummary(
      kind: .check, startedAt: "2026-11-23T16:53:01Z", duration: .milliseconds(40),
      ferryVersion: "1.0.0",
      files: [
        SourceSummary(
          name: "a.csv", byteCount: 20, profile: SourceProfile(header: ["name"]), recordCount: 2)
      ], outcomes: outcomes)
  }

  /// What reading back showed: two contacts that differ, one that is doubled.
  static func readBack(
    file: String = "people.csv", value: String = "anna@example.com", showsValues: Bool = true
  ) -> ReadBackSummary {
    var readBack = ReadBackSummary(differences: DifferenceTally(showsValues: showsValues))
    readBack.foundByKey = 12
    readBack.foundByValues = 1
    readBack.comparedCount = 1000
    readBack.unreadCount = 3
    readBack.differences.add([
      StoredDifference(
        file: file, record: 17, pid: 1204, field: .tel, expected: "206-72-02", found: ""),
      StoredDifference(
        file: file, record: 17, pid: 1204, field: .mail, expected: value, found: "a\(value)"),
    ])
    readBack.differences.add([])
    readBack.differences.add([
      StoredDifference(
        file: file, record: 18, pid: 1205, field: .mail, expected: value, found: "b\(value)")
    ])
    readBack.add(DoubledContact(file: file, record: 20, pid: 1210, laterPID: 1301))
    return readBack
  }
}
