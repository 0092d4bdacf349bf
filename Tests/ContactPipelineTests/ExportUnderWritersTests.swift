import CRMClient
import CRMSandbox
import ContactFormats
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import Synchronization
import TestSupport
import Testing

/// Exports of twenty thousand contacts while somebody adds, edits and deletes some between any two requests.
///
/// Every second one reads windows of dates side by side, every third is interrupted and goes on.
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
      // A thousand a day, so that there is something to divide.
      [
        "pid": "\(pid)", "person": name, "iduser": "1",
        "date_create": "2026-03-\(10 + pid / 1000 % 20) 09:\(10 + pid % 50):00",
      ]
    }
    let base = SandboxTransport(
      application: try SandboxApplication(
        SandboxConfiguration(profile: profile, fixture: fixture)))
    let credentials = Credentials(
      login: fixture.users.first { $0.isChief }?.login ?? "", apikey: fixture.apikey)
    var client = CRMClient(server: "sandbox", credentials: credentials, transport: base)
    client.variant = try await client.detectVariant(.auto)
    // Windows are counted before they are read, and dropped where the list does not rest for that.
    let calm = Mutex(0)
    let writer = RandomWriter(client: client, names: names, seed: Self.seed)
    var exporting = CRMClient(
      server: "sandbox", credentials: credentials,
      transport: InterleavingTransport(base: base) {
        let isCalm = calm.withLock { left in
          left -= 1
          return left >= 0
        }
        if !isCalm { await writer.act() }
      })
    exporting.variant = client.variant

    let folder = try TemporaryFolder()
    var rebuilt: [Int: String] = [:]
    for number in 0..<Self.exports {
      await writer.begin()
      var request = ExportRequest(
        path: folder.file("out.csv"), output: WriterSettings(format: .csv),
        columns: [.pid, .person],
        state: ExportState(folder: folder.file("state"), maxShrink: 0.5))
      if number % 2 == 1 {
        request.maxInFlight = 3
        calm.withLock { $0 = 20 }
      }
      if number % 3 == 2 {
        let requests = Mutex(20 + number * 7)
        await #expect(throws: CancellationError.self) {
          _ = try await ExportPipeline(request: request, client: exporting).run(
            isInterrupted: {
              requests.withLock { left in
                left -= 1
                return left < 0
              }
            })
        }
        #expect(ExportPipeline.canResume(request.path, after: CancellationError()))
        request.resumes = true
      }
      let result = try await ExportPipeline(request: request, client: exporting).run()
      let truth = await writer.end()
      // Something happened, and most of it was there all the time; how many there are drifts over many exports.
      #expect(truth.throughout.count > 10_000 && truth.throughout.count < truth.ever.count)
      #expect(truth.throughout.count * 10 > truth.ever.count * 8, "export \(number)")
      let findings = try compare(try folder.text("out.csv"), with: truth, count: result.contacts)
      #expect(findings.isEmpty, "export \(number): \(findings.prefix(5))")
      try apply(changesIn: folder, to: &rebuilt)
      let whole = Dictionary(
        uniqueKeysWithValues: try rows("out.csv", in: folder).map {
          (Int($0[0]) ?? 0, $0[1])
        })
      #expect(rebuilt == whole, "export \(number): what was written beside it")
      #expect(try ManifestCheck(of: folder.file("out.csv")).isGood)
    }
    #expect(await writer.problems.isEmpty)
  }

  /// The rows of a file, whose values hold neither quotes nor commas.
  private func rows(_ name: String, in folder: TemporaryFolder) throws -> [[String]] {
    try folder.text(name).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Does to contacts what an export says has happened to them.
  private func apply(
    changesIn folder: TemporaryFolder, to contacts: inout [Int: String]
  ) throws {
    for row in try rows("out.added.csv", in: folder) { contacts[Int(row[0]) ?? 0] = row[1] }
    for row in try rows("out.changed.csv", in: folder) {
      let pid = Int(row[0]) ?? 0
      #expect(row[1] == "person" && contacts[pid] == row[2])
      contacts[pid] = row[3]
    }
    for name in ["deleted", "hidden"] {
      for row in try rows("out.\(name).csv", in: folder) {
        #expect(contacts.removeValue(forKey: Int(row[0]) ?? 0) == row[1])
      }
    }
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
