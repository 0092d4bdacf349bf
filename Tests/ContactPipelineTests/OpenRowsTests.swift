import CRMClient
import ContactModel
import ContactPipeline
import Foundation
import RunReports
import TestSupport
import Testing

@Suite("rows that were sent and are not settled when a session ends")
struct OpenRowsTests {
  /// A server that loses the second request's answer, and shows identifiers only.
  private static let server = FakeTransport { form throws(TransportError) in
    if form.action == "list" {
      guard form["fields"] == "pid" else { throw TransportError(.unreachable) }
      return .json(#"{"data":[],"count":0}"#)
    }
    guard form.people.contains("Person 5") else {
      return .rows(form.people.indices.map { 11 + $0 })
    }
    throw TransportError(.lost)
  }

  @Test("they are uncertain until a resume finds out, and nobody is told to send them again")
  func resumed() async throws {
    let bench = try ImportBench()
    try bench.write(records: 12)
    let first = try await bench.run(Self.server)
    try expectOpen(first, bench)
    let second = try await ResumePipeline(
      journal: "\(first.folder)/journal.sqlite", client: bench.client(Self.server),
      options: ImportOptions(
        runsFolder: bench.folder.file("runs"), stateFolder: bench.folder.file("state"),
        batchSize: 4, clock: .instant)
    ).run()
    try expectOpen(second, bench)
  }

  private func expectOpen(_ result: ImportResult, _ bench: ImportBench) throws {
    let outcomes = result.summary.outcomes
    #expect(result.summary.isResumable && result.summary.isBalanced)
    #expect(outcomes[.created] == 4)
    #expect(outcomes[.uncertain] == 4)
    #expect(outcomes[.notAttempted] == 4)
    let rows = try bench.rows("uncertain", of: result)
    #expect(rows.map { $0["Name"] } == (5...8).map { "Person \($0)" })
    let file = try String(contentsOfFile: "\(result.folder)/uncertain.csv", encoding: .utf8)
    #expect(file.ranges(of: "'ferry resume ").count == 4 && !file.contains("--again"))
    let text = TextReport(result.summary, in: .english).text
    #expect(text.contains("ferry resume") && !text.contains("--again"))
  }
}
