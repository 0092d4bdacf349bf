import CRMClient
import CRMSandbox
import ContactModel
import ContactPipeline
import JSONSyntax
import PersonAPI
import RunJournal
import TestSupport
import Testing

@Suite("what an undo says")
struct UndoTextTests {
  /// An undo of four contacts: one edited, one with a deal, two deleted; one row is uncertain.
  private func withResult(
    _ body: (UndoResult, [Int]) throws -> Void
  ) async throws {
    var fixture = ServedCRM.fixture
    fixture.deals.append(SandboxFixture.Deal(pid: 1003, title: "Монтаж"))
    let folder = try TemporaryFolder()
    try await UndoPipelineTests.kinds[0].host(fixture: fixture) { client, _ in
      let run = try await ImportedRun.make(
        ImportedRun.contacts(4), with: client, in: folder, kind: .init(status: .stopped))
      _ = try await client.update(
        UpdateRequest(pid: run.pids[0], values: [FieldValue(.person, "Исправленный")]))
      try await run.read { journal in
        var plan = try #require(try await journal.batches(.any).first).plan
        plan.id = 77
        plan.recordNumbers = [5, 6, 7]
        try await journal.recordIntent([plan])
        try await journal.recordOutcomes(
          [SettledRow(.uncertain), SettledRow(.rejected), SettledRow(.rejected)], ofBatch: 77)
      }
      try body(try await run.undo(with: client), run.pids)
    }
  }

  @Test("figures, the contacts that stay with the reason, what stays beside them, and what to do")
  func text() async throws {
    try await withResult { result, pids in
      let text = result.text(in: .english)
      let lines = text.split(separator: "\n").map(String.init)
      #expect(lines.first == "undo  \(ImportedRun.id)  sandbox")
      #expect(lines.contains { $0.hasPrefix("  deleted") && $0.hasSuffix(" 2") })
      #expect(lines.contains { $0.hasPrefix("  edited since, kept") && $0.hasSuffix(" 1") })
      #expect(lines.contains { $0.hasPrefix("  total") && $0.hasSuffix(" 4") })
      #expect(
        lines.contains {
          $0.contains("people.csv") && $0.contains("\(pids[0])")
            && $0.hasSuffix("edited since the import")
        })
      #expect(lines.contains { $0.contains("\(pids[2])") && $0.contains("has deals") })
      #expect(text.contains("2 contacts are left"))
      for word in ["guide entries", "main contacts", "mails", "webhooks"] {
        #expect(text.contains(word), "\(word)")
      }
      #expect(text.contains("1 uncertain row") && text.contains("uncertain.csv"))
      #expect(text.contains("ferry undo \(ImportedRun.id) --force"))
      #expect(text.contains("ferry resume \(ImportedRun.id)"))
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    }
  }

  @Test("the same in Russian")
  func russian() async throws {
    try await withResult { result, _ in
      let text = result.text(in: .russian)
      for word in ["отмена", "удалено", "есть сделки", "справочников", "письма", "webhooks"] {
        #expect(text.contains(word), "\(word)")
      }
    }
  }

  @Test("for programs, every figure and every contact that stays")
  func json() async throws {
    try await withResult { result, pids in
      let json = try JSONValue(parsing: result.json())
      #expect(json["run"] == .string(ImportedRun.id) && json["status"] == .string("stopped"))
      #expect(json["counts"]?["removed"] == .number("2"))
      #expect(json["counts"]?["edited"] == .number("1"))
      #expect(json["remaining"] == .number("2") && json["uncertainRows"] == .number("1"))
      let kept = try #require(json["kept"]?.elements)
      let stayed = Set(kept.compactMap { $0["pid"].map { "\($0)" } })
      #expect(stayed == Set([pids[0], 1003].map { "\(JSONValue.number("\($0)"))" }))
      #expect(json["keptTotal"] == .number("2") && json["stop"] == .null)
    }
  }

  @Test("the question says how many go, where, and what stays", arguments: [false, true])
  func question(isForced: Bool) throws {
    let plan = UndoPlan(
      run: try #require(RunID(ImportedRun.id)), server: "https://crm.example.com",
      login: "anna@example.com", created: 1204, doubled: 2, isDoubledOnly: false,
      isForced: isForced)
    let question = plan.question(in: .english)
    #expect(question.hasPrefix("1,206 contacts that run \(ImportedRun.id) created"))
    #expect(question.contains("https://crm.example.com") && question.contains("webhooks"))
    #expect(question.contains("also those that were edited") == isForced)
    let doubled = UndoPlan(
      run: plan.run, server: plan.server, login: plan.login, created: 1204, doubled: 2,
      isDoubledOnly: true, isForced: false)
    #expect(doubled.total == 2 && doubled.question(in: .english).hasPrefix("2 contacts that stand"))
  }

  @Test("every fate and every stop has words in both languages")
  func words() {
    for fate in UndoneContact.Fate.allCases {
      #expect(fate.name(in: .english) != fate.name(in: .russian))
      #expect(fate.reason(in: .english) != fate.reason(in: .russian))
    }
    #expect(Set(UndoneContact.Fate.allCases.map(\.jsonKey)).count == 8)
    for stop in UndoStop.allCases {
      #expect(stop.sentence(in: .english) != stop.sentence(in: .russian))
    }
  }
}
