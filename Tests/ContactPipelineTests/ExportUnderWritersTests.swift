import CRMClient
import CRMSandbox
import ContactFormats
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import TestSupport
import Testing

/// Exports of twenty thousand contacts while somebody adds, edits and deletes some between any two requests.
///
/// `FERRY_EXPORTS` says how many of each kind of CRM (10), `FERRY_SEED` with which seed they begin.
@Suite("exports while contacts come, go and change")
struct ExportUnderWritersTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let exports = environment["FERRY_EXPORTS"].flatMap { Int($0) } ?? 10
  private static let seed = environment["FERRY_SEED"].flatMap { UInt64($0) } ?? 1

  @Test(
    "every contact that existed throughout is there, and none twice",
    arguments: [SandboxProfile.documented, .php74])
  func complete(profile: SandboxProfile) async throws {
    let names = Dictionary(uniqueKeysWithValues: (1001...21_000).map { ($0, "Person \($0)") })
    var fixture = SandboxFixture.recordings
    fixture.deals = []
    fixture.contacts = names.sorted { $0.key < $1.key }.map { pid, name in
      ["pid": "\(pid)", "person": name, "iduser": "1", "date_create": "2026-03-01 09:00:00"]
    }
    let base = SandboxTransport(
      application: try SandboxApplication(
        SandboxConfiguration(profile: profile, fixture: fixture)))
    let credentials = Credentials(
      login: fixture.users.first { $0.isChief }?.login ?? "", apikey: fixture.apikey)
    var client = CRMClient(server: "sandbox", credentials: credentials, transport: base)
    client.variant = try await client.detectVariant(.auto)
    let writer = RandomWriter(client: client, names: names, seed: Self.seed)
    var exporting = CRMClient(
      server: "sandbox", credentials: credentials,
      transport: InterleavingTransport(base: base) { await writer.act() })
    exporting.variant = client.variant

    let folder = try TemporaryFolder()
    for number in 0..<Self.exports {
      await writer.begin()
      let result = try await ExportPipeline(
        request: ExportRequest(
          path: folder.file("out.csv"), output: WriterSettings(format: .csv),
          columns: [.pid, .person]),
        client: exporting
      ).run()
      let truth = await writer.end()
      #expect(truth.throughout.count > 19_000 && truth.throughout.count < truth.ever.count)
      let findings = try compare(try folder.text("out.csv"), with: truth, count: result.contacts)
      #expect(findings.isEmpty, "export \(number): \(findings.prefix(5))")
      #expect(try ManifestCheck(of: folder.file("out.csv")).isGood)
    }
    #expect(await writer.problems.isEmpty)
  }

  private func compare(
    _ text: String, with truth: RandomWriter.Truth, count: Int
  ) throws -> [String] {
    var findings: [String] = []
    var exported: [Int: Substring] = [:]
    var previous = 0
    for line in text.split(separator: "\n").dropFirst() {
      let comma = try #require(line.firstIndex(of: ","))
      let pid = try #require(Int(line[..<comma]))
      if pid <= previous { findings.append("\(pid) stands behind \(previous)") }
      previous = pid
      exported[pid] = line[line.index(after: comma)...]
    }
    if exported.count != count { findings.append("\(count) were counted") }
    for pid in exported.keys where !truth.ever.contains(pid) {
      findings.append("\(pid) was never there")
    }
    for (pid, name) in truth.throughout {
      guard let found = exported[pid] else {
        findings.append("\(pid) is missing")
        continue
      }
      if let name, found != name { findings.append("\(pid) is called \(found), not \(name)") }
    }
    return findings
  }
}
