import Foundation
import Testing

@testable import RunReports

@Suite("metrics of an export")
struct ExportMetricsTests {
  private let folder: TemporaryFolder
  private let path: String
  /// 2026-11-27T02:30:12Z.
  private let night = Date(timeIntervalSince1970: 1_795_746_612)

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("ferry.prom")
  }

  private func success(
    export: String = "contacts.csv", changes: [(name: String, count: Int)]? = nil
  ) -> ExportMetrics {
    ExportMetrics(
      export: export, exitStatus: 0, endedAt: night, duration: .milliseconds(61_250),
      written: ExportMetrics.Written(
        contacts: 12_345, requests: 63, bytes: 1_048_576, changes: changes))
  }

  private func failure(export: String = "contacts.csv") -> ExportMetrics {
    ExportMetrics(
      export: export, exitStatus: 75, endedAt: night + 86_400, duration: .milliseconds(5),
      written: nil)
  }

  private func samples() throws -> [String: String] {
    try PrometheusText(folder.text("ferry.prom")).samples
  }

  @Test("a success, byte by byte")
  func golden() throws {
    try success(
      changes: [("added", 3), ("changed", 2), ("deleted", 1), ("hidden", 0)]
    ).write(to: path)
    #expect(
      try folder.text("ferry.prom") == """
        # HELP ferry_export_success Whether the last export wrote its files (1) or failed (0).
        # TYPE ferry_export_success gauge
        ferry_export_success{export="contacts.csv"} 1
        # HELP ferry_export_exit_status Exit status of the last export.
        # TYPE ferry_export_exit_status gauge
        ferry_export_exit_status{export="contacts.csv"} 0
        # HELP ferry_export_last_run_timestamp_seconds When the last export ended, in seconds since 1970.
        # TYPE ferry_export_last_run_timestamp_seconds gauge
        ferry_export_last_run_timestamp_seconds{export="contacts.csv"} 1795746612
        # HELP ferry_export_last_success_timestamp_seconds When the last export that wrote its files ended, \
        in seconds since 1970.
        # TYPE ferry_export_last_success_timestamp_seconds gauge
        ferry_export_last_success_timestamp_seconds{export="contacts.csv"} 1795746612
        # HELP ferry_export_duration_seconds How long the last export took, in seconds.
        # TYPE ferry_export_duration_seconds gauge
        ferry_export_duration_seconds{export="contacts.csv"} 61.250
        # HELP ferry_export_contacts Contacts in the files of the last successful export.
        # TYPE ferry_export_contacts gauge
        ferry_export_contacts{export="contacts.csv"} 12345
        # HELP ferry_export_requests Requests that the last successful export made.
        # TYPE ferry_export_requests gauge
        ferry_export_requests{export="contacts.csv"} 63
        # HELP ferry_export_bytes Size of all files of the last successful export, in bytes.
        # TYPE ferry_export_bytes gauge
        ferry_export_bytes{export="contacts.csv"} 1048576
        # HELP ferry_export_changes Contacts that differ from the export before, in the last successful export.
        # TYPE ferry_export_changes gauge
        ferry_export_changes{export="contacts.csv",kind="added"} 3
        ferry_export_changes{export="contacts.csv",kind="changed"} 2
        ferry_export_changes{export="contacts.csv",kind="deleted"} 1
        ferry_export_changes{export="contacts.csv",kind="hidden"} 0

        """)
    _ = try samples()
    #expect(try folder.names() == ["ferry.prom"])
    // The collector is another user.
    #expect(try folder.mode(of: "ferry.prom") == 0o644)
  }

  @Test("a failure keeps what the last success has said")
  func failureBehindSuccess() throws {
    try success(changes: [("added", 3)]).write(to: path)
    // However often it fails.
    for _ in 1...3 { try failure().write(to: path) }
    #expect(
      try samples() == [
        #"ferry_export_success{export="contacts.csv"}"#: "0",
        #"ferry_export_exit_status{export="contacts.csv"}"#: "75",
        #"ferry_export_last_run_timestamp_seconds{export="contacts.csv"}"#: "1795833012",
        #"ferry_export_last_success_timestamp_seconds{export="contacts.csv"}"#: "1795746612",
        #"ferry_export_duration_seconds{export="contacts.csv"}"#: "0.005",
        #"ferry_export_contacts{export="contacts.csv"}"#: "12345",
        #"ferry_export_requests{export="contacts.csv"}"#: "63",
        #"ferry_export_bytes{export="contacts.csv"}"#: "1048576",
        #"ferry_export_changes{export="contacts.csv",kind="added"}"#: "3",
      ])
  }

  /// What a run that fails says of itself.
  private let failureAlone = [
    #"ferry_export_success{export="contacts.csv"}"#: "0",
    #"ferry_export_exit_status{export="contacts.csv"}"#: "75",
    #"ferry_export_last_run_timestamp_seconds{export="contacts.csv"}"#: "1795833012",
    #"ferry_export_duration_seconds{export="contacts.csv"}"#: "0.005",
  ]

  @Test("where no export has ever succeeded, nothing is made up")
  func neverSucceeded() throws {
    try failure().write(to: path)
    #expect(try samples() == failureAlone)
  }

  @Test("of another export nothing is taken over")
  func otherExport() throws {
    try success(export: "others.csv", changes: [("added", 3)]).write(to: path)
    try failure().write(to: path)
    #expect(try samples() == failureAlone)
  }

  @Test(
    "a file that is something else counts as none",
    arguments: [
      "", "\n", "\n\n \n", "\0\u{FFFD}{", "ferry_export_contacts",
      "ferry_export_contacts{export=\"contacts.csv\"}\n",
      "ferry_export_contacts{export=\"contacts.csv\"} \n",
      "ferry_export_contacts{export=\"contacts.csv\"} many\n",
      "ferry_export_contacts{export=\"contacts.csv\"} NaN\n",
      "ferry_export_contacts 5\nferry_export_contacts{} 5\n",
      // Cut off; who knows how many digits there were.
      "ferry_export_contacts{export=\"contacts.csv\"} 123",
    ])
  func damaged(text: String) throws {
    try folder.write(text, to: "ferry.prom")
    try failure().write(to: path)
    #expect(try samples() == failureAlone)
  }

  @Test("a folder in the file's place is an error and stays")
  func notAFile() throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false)
    #expect(throws: OutputError.self) { try failure().write(to: path) }
    #expect(throws: OutputError.self) { try success().write(to: folder.file("nowhere/a.prom")) }
    #expect(try folder.names() == ["ferry.prom"])
  }

  @Test("without a comparison there are no changes, also where there were some before")
  func withoutChanges() throws {
    try success(changes: [("added", 3)]).write(to: path)
    try success().write(to: path)
    let found = try samples()
    #expect(!found.keys.contains { $0.hasPrefix("ferry_export_changes") })
    #expect(found.count == 8)
  }

  @Test(
    "an export with any name is told from others, and found again",
    arguments: [
      #"a\b.csv"#, #"a"b.csv"#, "a\nb.csv", #"a\nb.csv"#, "a} 5 {.csv", #"a, b="c".csv"#,
      "контакты.csv", "a\r\nb.csv", " ", "\\", "\"\n\\",
    ])
  func names(export: String) throws {
    try success(export: export).write(to: path)
    try failure(export: export).write(to: path)
    let text = try PrometheusText(folder.text("ferry.prom"))
    #expect(text.exports == [export])
    #expect(text.samples.count == 8)
    #expect(text.samples.values.contains("12345"))
  }

  @Test("a timestamp is that of the second that has begun")
  func fractions() throws {
    try ExportMetrics(
      export: "a.csv", exitStatus: 130, endedAt: night + 0.999, duration: .zero, written: nil
    ).write(to: path)
    #expect(
      try samples()[#"ferry_export_last_run_timestamp_seconds{export="a.csv"}"#] == "1795746612")
    #expect(try samples()[#"ferry_export_duration_seconds{export="a.csv"}"#] == "0.000")
  }
}
