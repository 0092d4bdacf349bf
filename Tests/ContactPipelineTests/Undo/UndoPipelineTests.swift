import CRMClient
import CRMSandbox
import ContactModel
import ContactPipeline
import PersonAPI
import RunJournal
import TestSupport
import Testing

@Suite("a run is undone")
struct UndoPipelineTests {
  static let kinds = ServedCRM.all.filter { !$0.isSocket }

  /// A sandbox with a contact of its own, a run of ten rows, and a folder.
  private func withRun(
    _ crm: ServedCRM, rows: Int = 10, kind: ImportedRun.Kind = .init(),
    fixture: SandboxFixture = ServedCRM.fixture,
    _ body: (CRMClient, any Transport, ImportedRun, [String]) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    try await crm.host(fixture: fixture) { client, base in
      let before = try await everyContact(client)
      let run = try await ImportedRun.make(
        ImportedRun.contacts(rows), with: client, in: folder, kind: kind)
      let imported = try await everyContact(client)
      try #require(imported.count == before.count + rows)
      try await body(client, base, run, before)
    }
  }

  @Test("the CRM is as it was, and the run is marked undone", arguments: kinds)
  func everything(_ crm: ServedCRM) async throws {
    try await withRun(crm) { client, _, run, before in
      let result = try await run.undo(with: client)
      #expect(result.counts == UndoCounts([.removed: 10]))
      #expect(result.kept.isEmpty && result.remaining == 0 && result.stop == nil)
      let after = try await everyContact(client)
      #expect(after == before)
      let status = try await run.read { try await $0.end().status }
      let entries = try await RunRegistry(
        stateFolder: run.found.stateFolder, account: run.run.account
      ).entries()
      #expect(status == .undone && result.status == .undone)
      #expect(entries.map(\.status) == [.undone])
    }
  }

  @Test("the latest contact goes first")
  func order() async throws {
    try await withRun(Self.kinds[0]) { client, base, run, _ in
      let seen = Interposed(base) { _, _ in .pass }
      _ = try await run.undo(with: client.through(seen), UndoOptions(inFlight: 1))
      let deleted = seen.actions.filter { $0.hasPrefix("delete") }
      #expect(deleted == run.pids.reversed().map { "delete \($0)" })
    }
  }

  @Test("several are under way at once, and never more than asked for")
  func inFlight() async throws {
    try await withRun(Self.kinds[0], rows: 20) { client, base, run, before in
      let seen = Interposed(base) { _, _ in .pass }
      _ = try await run.undo(with: client.through(seen), UndoOptions(inFlight: 3))
      #expect((2...3).contains(seen.mostUnderWay))
      let after = try await everyContact(client)
      #expect(after == before)
    }
  }

  @Test("a contact that was edited stays, until it is forced", arguments: kinds)
  func edited(_ crm: ServedCRM) async throws {
    try await withRun(crm) { client, _, run, before in
      let edited = run.pids[4]
      _ = try await client.update(
        UpdateRequest(
          pid: edited, values: [FieldValue(.person, "Исправленный"), FieldValue(.iduser, "1")]))
      let result = try await run.undo(with: client)
      #expect(result.counts == UndoCounts([.removed: 9, .edited: 1]))
      #expect(result.kept.map(\.pid) == [edited] && result.kept.map(\.record) == [5])
      #expect(result.remaining == 1 && result.status == .complete)
      let left = try await client.info(InfoRequest(pid: edited))
      #expect(left?.values[.person] == "Исправленный")

      let forced = try await run.undo(with: client, UndoOptions(force: true))
      #expect(forced.counts == UndoCounts([.removed: 1]) && forced.status == .undone)
      let after = try await everyContact(client)
      #expect(after == before)
    }
  }

  @Test("a contact with a deal stays, forced or not", arguments: kinds, [false, true])
  func deal(_ crm: ServedCRM, isForced: Bool) async throws {
    var fixture = ServedCRM.fixture
    fixture.deals.append(SandboxFixture.Deal(pid: 1003, title: "Монтаж"))
    try await withRun(crm, rows: 4, fixture: fixture) { client, _, run, before in
      try #require(run.pids[2] == 1003)
      let result = try await run.undo(with: client, UndoOptions(force: isForced))
      // PHP 8 dies of the refusal and says nothing.
      let fate: UndoneContact.Fate =
        crm.profile == .php82 && crm.api == .v2 ? .refused : .hasDeals
      #expect(result.counts == UndoCounts([.removed: 3, fate: 1]))
      #expect(result.kept.map(\.pid) == [1003] && result.status == .complete)
      let after = try await everyContact(client)
      #expect(after.count == before.count + 1)
    }
  }

  @Test("a contact that is gone already counts as gone", arguments: kinds)
  func alreadyGone(_ crm: ServedCRM) async throws {
    try await withRun(crm) { client, _, run, before in
      _ = try await client.delete(DeleteRequest(pid: run.pids[0]))
      let result = try await run.undo(with: client)
      #expect(result.counts == UndoCounts([.removed: 9, .absent: 1]))
      #expect(result.status == .undone)
    }
  }

  @Test("a contact that info does not show stays, and is not touched", arguments: kinds)
  func unreadable(_ crm: ServedCRM) async throws {
    try await withRun(crm) { client, base, run, _ in
      let hidden = run.pids[3]
      let spoiled = Interposed(base) { action, pid in
        action == "info" && pid == hidden ? .reply(.text("<b>Fatal</b>", status: 200)) : .pass
      }
      let result = try await run.undo(with: client.through(spoiled))
      #expect(result.counts == UndoCounts([.removed: 9, .unclear: 1]))
      #expect(result.kept.map(\.pid) == [hidden] && result.status == .complete)
      #expect(!spoiled.actions.contains("delete \(hidden)"))
      let left = try await client.info(InfoRequest(pid: hidden))
      #expect(left != nil)

      let again = try await run.undo(with: client)
      #expect(again.counts == UndoCounts([.removed: 1]) && again.status == .undone)
    }
  }

  @Test("a server that shows nothing any more ends the undo")
  func everythingUnreadable() async throws {
    try await withRun(Self.kinds[0], rows: 30) { client, base, run, _ in
      let spoiled = Interposed(base) { action, _ in
        action == "info" ? .reply(.text("?", status: 200)) : .pass
      }
      let result = try await run.undo(with: client.through(spoiled), UndoOptions(inFlight: 1))
      #expect(result.stop == .unclearReplies && result.counts == UndoCounts([.unclear: 20]))
    }
  }

  @Test("a contact that the account may not see stays, with the server's words")
  func invisible() async throws {
    try await withRun(Self.kinds[0]) { client, base, run, _ in
      let pid = run.pids[0]
      let spoiled = Interposed(base) { action, asked in
        let error = #"{"result":"Error","error":{"code":403,"text":"не найден"}}"#
        return action == "info" && asked == pid ? .reply(.text(error, status: 200)) : .pass
      }
      let result = try await run.undo(with: client.through(spoiled))
      #expect(
        result.kept == [
          KeptContact(file: 0, record: 1, pid: pid, fate: .refused, remark: "не найден")
        ])
    }
  }

  @Test("the server's word that a contact is deleted counts for nothing", arguments: kinds)
  func confirmsAnything(_ crm: ServedCRM) async throws {
    try await withRun(crm) { client, base, run, _ in
      let pid = run.pids[5]
      let spoiled = Interposed(base) { action, asked in
        let done = #"{"result":"Клиент удален","data":\#(pid)}"#
        return action == "delete" && asked == pid ? .reply(.text(done, status: 200)) : .pass
      }
      let result = try await run.undo(with: client.through(spoiled))
      #expect(result.counts == UndoCounts([.removed: 9, .refused: 1]))
      let recorded = try await run.read { try await $0.undone(pid) }
      #expect(recorded == .refused)
    }
  }
}
