import ContactFormats
import ContactModel
import TestSupport
import Testing

@testable import RunReports

@Suite("result files of sources that name their own columns")
struct RecordResultSinkTests {
  private let folder: TestSupport.TemporaryFolder

  init() throws { folder = try TestSupport.TemporaryFolder() }

  private func files(_ format: FileFormat) -> ResultFiles {
    ResultFiles(
      folder: folder.path, profile: SourceProfile(format: format, header: []), language: .english)
  }

  /// The records of a file in the folder, as `column: value` of what is not empty.
  private func records(of name: String) throws -> [[String: String]] {
    var reader = RecordReader(settings: ReaderSettings())
    let bytes = try folder.bytes(name)
    try reader.push(bytes.span)
    try reader.finish()
    var records: [[String: String]] = []
    while let batch = try reader.nextBatch() {
      for record in 0..<batch.count {
        var values: [String: String] = [:]
        for (column, index) in batch.fieldIndexes(ofRecord: record).enumerated()
        where !batch.fieldRange(at: index).isEmpty {
          values[batch.columnName(column)] = batch.text(record: record, field: column)
        }
        records.append(values)
      }
    }
    return records
  }

  @Test(
    "a record keeps what it was read with, and gets what became of it",
    arguments: [
      (FileFormat.jsonLines, "rejected.jsonl", "ferry.row", "ferry.code", "ferry.reason"),
      (.vCard, "rejected.vcf", "X-FERRY-ROW", "X-FERRY-CODE", "X-FERRY-REASON"),
      (.xCard, "rejected.xml", "X-FERRY-ROW", "X-FERRY-CODE", "X-FERRY-REASON"),
    ])
  func added(
    format: FileFormat, file: String, row: String, code: String, reason: String
  ) throws {
    let files = files(format)
    try files.append(
      Sample.batch(
        [["Anna", "206"], ["Olga", ""]], firstRecord: 7, header: ["FN", "TEL[CELL]"]),
      outcomes: [.rejected, .rejected],
      issues: [Issue(.phoneTooShort, record: 0, sourceColumn: 1, field: .tel, detail: 3)])
    // The header has grown by then.
    try files.append(
      Sample.batch([["", "", "x"]], firstRecord: 9, header: ["FN", "TEL[CELL]", "X-MORE"]),
      outcomes: [.rejected], issues: [])
    #expect(files.commit().map(\.name) == [file])
    let records = try records(of: file)
    #expect(records.map { $0[row] } == ["7", "8", "9"])
    #expect(records.map { $0["FN"] } == ["Anna", "Olga", nil])
    #expect(records[0]["TEL[CELL]"] == "206")
    #expect(records[0][code] == "phone.too-short")
    #expect(records[0][reason]?.hasPrefix("TEL[CELL]: phone has 3 digits") == true)
    #expect(records[2]["X-MORE"] == "x")
  }

  @Test("what ferry added in an earlier round is replaced; a text that could not be read stays")
  func secondRound() throws {
    let files = files(.jsonLines)
    try files.append(
      Sample.batch(
        [["3", "a.b", "Anna", "{broken"]],
        header: ["ferry.row", "ferry.code", "name", "ferry.raw"]),
      outcomes: [.created(pid: 12)], issues: [])
    _ = files.commit()
    #expect(
      try records(of: "created.jsonl") == [
        [
          "ferry.row": "1", "ferry.code": "created", "ferry.pid": "12", "name": "Anna",
          "ferry.raw": "{broken",
        ]
      ])
  }

  @Test("lines above a source's header are there in its result files, too")
  func preamble() throws {
    let profile = SourceProfile(dialect: CSVDialect(preambleLines: 2), header: ["name", "tel"])
    let files = ResultFiles(folder: folder.path, profile: profile, language: .english)
    try files.append(
      Sample.batch([["a", "1"]], header: profile.header), outcomes: [.uncertain], issues: [])
    _ = files.commit()
    let lines = try folder.text("uncertain.csv").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[..<3] == ["", "", "name,tel,ferry_row,ferry_code,ferry_reason,ferry_pid"])
  }
}
