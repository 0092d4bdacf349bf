import CRMClient
import CRMSandbox
import ContactModel
import ContactPipeline
import PersonAPI
import RunJournal
import TestSupport
import Testing

@Suite("an undo takes only what is the run's")
struct UndoGuardTests {
  private static let kinds = UndoPipelineTests.kinds

  @Test("contacts matched by their values stay, until they are forced", arguments: kinds)
  func values(_ crm: ServedCRM) async throws {
    let folder = try TemporaryFolder()
    try await crm.host { client, _ in
      let before = try await everyContact(client)
      let run = try await ImportedRun.make(
        ImportedRun.contacts(5), with: client, in: folder, kind: .init(evidence: .values))
      let result = try await run.undo(with: client)
      #expect(result.counts == UndoCounts([.unproven: 5]) && result.remaining == 5)
      let forced = try await run.undo(with: client, UndoOptions(force: true))
      #expect(forced.counts == UndoCounts([.removed: 5]))
      let after = try await everyContact(client)
      #expect(after == before)
    }
  }

  @Test("an import key proves whose a contact is", arguments: kinds)
  func key(_ crm: ServedCRM) async throws {
    let folder = try TemporaryFolder()
    try await crm.host { client, _ in
      let before = try await everyContact(client)
      let run = try await ImportedRun.make(
        ImportedRun.contacts(5), with: client, in: folder,
        kind: .init(evidence: .values, hasKeys: true))
      let result = try await run.undo(with: client)
      #expect(result.counts == UndoCounts([.removed: 5]))
      let after = try await everyContact(client)
      #expect(after == before)
    }
  }

  @Test("of doubled rows the later contact goes, and only that", arguments: kinds)
  func doubled(_ crm: ServedCRM) async throws {
    let folder = try TemporaryFolder()
    try await crm.host { client, _ in
      let run = try await ImportedRun.make(ImportedRun.contacts(4), with: client, in: folder)
      let imported = try await everyContact(client)
      let later = try await Self.double(run, records: [1, 3], client: client)
      let result = try await run.undo(with: client, UndoOptions(doubledOnly: true))
      #expect(result.counts == UndoCounts([.removed: 2]))
      #expect(result.status == .complete)
      let after = try await everyContact(client)
      #expect(after == imported)
      let rows = try await run.read { try await $0.doubledRows() }
      #expect(rows.map(\.laterPID) == later && rows.allSatisfy(\.isRemoved))
    }
  }

  @Test("a doubled contact stays if it was edited, or if it is the only one left", arguments: kinds)
  func doubledGuard(_ crm: ServedCRM) async throws {
    let folder = try TemporaryFolder()
    try await crm.host { client, _ in
      let run = try await ImportedRun.make(ImportedRun.contacts(4), with: client, in: folder)
      let later = try await Self.double(run, records: [1, 3], client: client)
      _ = try await client.update(
        UpdateRequest(
          pid: later[0], values: [FieldValue(.person, "Правленый"), FieldValue(.iduser, "1")]))
      _ = try await client.delete(DeleteRequest(pid: run.pids[2]))
      let result = try await run.undo(with: client, UndoOptions(doubledOnly: true))
      #expect(result.counts == UndoCounts([.edited: 1, .lastCopy: 1]))
      for pid in later {
        let left = try await client.info(InfoRequest(pid: pid))
        #expect(left != nil)
      }
      // Even by force no row loses its last contact.
      let forced = try await run.undo(with: client, UndoOptions(force: true, doubledOnly: true))
      #expect(forced.counts == UndoCounts([.removed: 1, .lastCopy: 1]))
    }
  }

  @Test("undoing everything leaves doubled contacts that may be somebody else's")
  func doubledInAll() async throws {
    let folder = try TemporaryFolder()
    try await Self.kinds[0].host { client, _ in
      let before = try await everyContact(client)
      let run = try await ImportedRun.make(ImportedRun.contacts(4), with: client, in: folder)
      _ = try await Self.double(run, records: [2], client: client)
      let result = try await run.undo(with: client)
      #expect(result.counts == UndoCounts([.removed: 4, .unproven: 1]))
      #expect(result.remaining == 1 && result.status == .complete)
      let forced = try await run.undo(with: client, UndoOptions(force: true))
      #expect(forced.counts == UndoCounts([.removed: 1]) && forced.status == .undone)
      let after = try await everyContact(client)
      #expect(after == before)
    }
  }

  /// Stores rows a second time, as a request does that begins too late, and writes that down.
  private static func double(
    _ run: ImportedRun, records: [Int], client: CRMClient
  ) async throws -> [Int] {
    let other = try TemporaryFolder()
    let again = try await ImportedRun.make(
      records.map { ImportedRun.contacts(4)[$0 - 1] }, with: client, in: other)
    let rows = zip(records, again.pids).map { record, later in
      DoubledRow(file: 0, record: record, pid: run.pids[record - 1], laterPID: later)
    }
    try await run.read { try await $0.recordDoubled(rows) }
    return again.pids
  }

  @Test("another account's run is not touched")
  func otherAccount() async throws {
    let folder = try TemporaryFolder()
    try await Self.kinds[0].host { client, base in
      let run = try await ImportedRun.make(ImportedRun.contacts(1), with: client, in: folder)
      let seller = CRMClient(
        server: client.server,
        credentials: Credentials(
          login: SandboxFixture.recordings.users[1].login, apikey: SandboxFixture.recordings.apikey),
        transport: base)
      await #expect(
        throws: RunError.otherAccount(
          run.run.id, server: client.server, login: client.credentials.login)
      ) { try await run.undo(with: seller) }
    }
  }

  @Test("nothing is begun while another run works with the account, or after a no")
  func refusals() async throws {
    let folder = try TemporaryFolder()
    try await Self.kinds[0].host { client, _ in
      let run = try await ImportedRun.make(ImportedRun.contacts(2), with: client, in: folder)
      let imported = try await everyContact(client)
      do {
        let lock = try AccountLock(
          stateFolder: run.found.stateFolder, account: run.run.account, run: nil,
          since: "2026-11-27T10:00:00Z")
        defer { withExtendedLifetime(lock) {} }
        let error = await #expect(throws: JournalError.self) { try await run.undo(with: client) }
        #expect(error?.code == .busy)
      }
      let pipeline = UndoPipeline(
        run: run.found, client: client, options: UndoOptions(), settle: { _, _ in })
      await #expect(throws: RunError.declined) {
        try await pipeline.run(confirm: { plan in
          #expect(plan.total == 2 && plan.created == 2 && plan.doubled == 0)
          return false
        })
      }
      let left = try await everyContact(client)
      #expect(left == imported)
      _ = try await run.undo(with: client)
      await #expect(throws: RunError.alreadyUndone(run.run.id)) {
        try await run.undo(with: client)
      }
    }
  }
}
