import Foundation
import Testing

/// Runs every case under `Cases` and compares what is said with what is expected.
///
/// `RECORD=1 swift test --filter GoldenCaseTests` writes what is said down as what is expected;
/// read the difference before you commit it. A case without goldens is recorded and fails.
@Suite("golden cases")
struct GoldenCaseTests {
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  @Test("a command says what its case expects", arguments: GoldenCase.all)
  func saysWhatIsExpected(golden: GoldenCase) async throws {
    let actual = try await golden.run()
    let expected = try golden.expected()
    guard !Self.isRecording, expected["status"] != nil else {
      try golden.record(actual)
      if !Self.isRecording { Issue.record("\(golden) had no goldens; they are recorded now") }
      return
    }
    for file in Set(actual.keys).union(expected.keys).sorted() {
      let (found, wanted) = (actual[file] ?? "", expected[file] ?? "")
      #expect(
        found == wanted, "\(golden): \(file) differs\n\(Self.difference(found, wanted))")
    }
  }

  @Test("there are cases for every command")
  func coversCommands() {
    let commands = Set(GoldenCase.all.map { String($0.name.prefix { $0 != "/" }) })
    #expect(
      commands.isSuperset(of: [
        "check", "import", "resume", "undo", "runs", "results", "export", "verify", "person",
        "sandbox",
      ]))
  }

  @Test("a line is split as a shell would")
  func splitsLines() {
    let line = CaseLine("FERRY_URL=http://a ferry add person='A B' 'x*' < in.csv > out")
    #expect(line.environment == ["FERRY_URL": "http://a"])
    #expect(line.words.map(\.text) == ["ferry", "add", "person=A B", "x*"])
    #expect(line.words.map(\.isQuoted) == [false, false, true, true])
    #expect(line.input?.text == "in.csv")
    #expect(line.output?.text == "out")
  }

  @Test("volatile text gets names")
  func namesVolatileText() {
    let volatile = VolatileText(folder: "/tmp/x")
    let text =
      "/tmp/x/ferry-runs/20261123T192258Z-czs2 2026-11-23T19:22:57Z, 0.3 s, 1 234 records/s"
    #expect(volatile.normalized(text) == "<folder>/ferry-runs/<run> <time>, <duration>")
    #expect(
      volatile.normalized("Import  sandbox /tmp/x/crm.sqlite#k7pq2m4a (v3)")
        == "Import  sandbox <folder>/crm.sqlite#<made> (v3)")
    #expect(volatile.normalized("1990-02-30 4.5") == "1990-02-30 4.5")
  }

  /// The first lines that are not the same.
  private static func difference(_ found: String, _ wanted: String) -> String {
    let found = found.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    let difference = found.difference(from: wanted)
    return difference.prefix(20).map { change in
      switch change {
      case .insert(let line, let text, _): "+\(line + 1): \(text)"
      case .remove(let line, let text, _): "-\(line + 1): \(text)"
      }
    }.joined(separator: "\n")
  }
}
