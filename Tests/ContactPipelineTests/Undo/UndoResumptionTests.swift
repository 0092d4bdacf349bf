import CRMClient
import CRMSandbox
import ContactModel
import ContactPipeline
import PersonAPI
import RunJournal
import Synchronization
import TestSupport
import Testing

@Suite("an undo that ends early goes on where it was")
struct UndoResumptionTests {
  @Test(
    "whichever request fails, on the way there or on the way back, the next undo ends it",
    arguments: UndoPipelineTests.kinds.filter { $0.profile != .php82 }, [false, true])
  func everyRequest(_ crm: ServedCRM, isDone: Bool) async throws {
    var failing = 0
    var isThrough = false
    while !isThrough {
      let folder = try TemporaryFolder()
      try await crm.host { client, base in
        let before = try await everyContact(client)
        let run = try await ImportedRun.make(
          ImportedRun.contacts(3), with: client, in: folder)
        let number = Mutex(0)
        let last = failing
        let broken = Interposed(base) { _, _ in
          let current = number.withLock { number in
            defer { number += 1 }
            return number
          }
          return current < last ? .pass : current == last && isDone ? .loseReply : .loseRequest
        }
        do {
          let result = try await run.undo(
            with: client.through(broken), UndoOptions(inFlight: 2))
          isThrough = result.stop == nil
          #expect(result.stop == nil || result.stop == .serverGone)
          // A deletion is written down only after it was seen.
          let claimed = try await run.read { try await $0.undoneCounts()[.removed] ?? 0 }
          let left = try await everyContact(client)
          #expect(left.count <= before.count + 3 - claimed)
        } catch is CRMError {
          // Before anything was deleted.
          let left = try await everyContact(client)
          #expect(left.count == before.count + 3)
        }
        if !isThrough {
          let result = try await run.undo(with: client)
          #expect(result.status == .undone && result.remaining == 0)
        }
        let after = try await everyContact(client)
        #expect(after == before)
      }
      failing += 1
    }
    // Two or three to find out what the server is, then three a contact.
    #expect(failing > 3 * 3)
  }

  @Test(
    "a server that is down for a while is waited for", arguments: UndoPipelineTests.kinds,
    [5, 6, 7])
  func serverDown(_ crm: ServedCRM, start: Int) async throws {
    let folder = try TemporaryFolder()
    try await crm.host { client, base in
      let before = try await everyContact(client)
      let run = try await ImportedRun.make(ImportedRun.contacts(3), with: client, in: folder)
      let number = Mutex(0)
      // Down from one of three moments on, before each kind of request, until it has been asked often.
      let broken = Interposed(base) { _, _ in
        let current = number.withLock { number in
          number += 1
          return number
        }
        guard (start..<start + 12).contains(current) else { return .pass }
        return current % 2 == 0 ? .loseReply : .loseRequest
      }
      let result = try await run.undo(
        with: client.through(broken), UndoOptions(inFlight: 2, clock: .instant), wait: .seconds(300)
      )
      #expect(result.stop == nil && result.status == .undone && result.remaining == 0)
      #expect(number.withLock { $0 } > 15)
      let after = try await everyContact(client)
      #expect(after == before)
    }
  }

  @Test("an interrupted undo ends in good order and goes on", arguments: UndoPipelineTests.kinds)
  func interrupted(_ crm: ServedCRM) async throws {
    let folder = try TemporaryFolder()
    try await crm.host { client, base in
      let before = try await everyContact(client)
      let run = try await ImportedRun.make(ImportedRun.contacts(9), with: client, in: folder)
      let asked = Mutex(0)
      let result = try await run.undo(with: client, UndoOptions(inFlight: 1)) {
        asked.withLock { asked in
          asked += 1
          return asked > 4
        }
      }
      #expect(result.stop == .interrupted && result.counts == UndoCounts([.removed: 4]))
      #expect(result.remaining == 5 && result.status == .complete)
      let middle = try await everyContact(client)
      #expect(middle.count == before.count + 5)

      let seen = Interposed(base) { _, _ in .pass }
      let rest = try await run.undo(with: client.through(seen))
      #expect(rest.counts == UndoCounts([.removed: 5]) && rest.status == .undone)
      // What is known to be gone is not asked for again.
      #expect(!seen.actions.contains { $0.hasPrefix("info \(run.pids[8])") })
      let after = try await everyContact(client)
      #expect(after == before)
    }
  }

  @Test("batches without an answer are settled first, and what they made goes as well")
  func openBatch() async throws {
    let folder = try TemporaryFolder()
    try await UndoPipelineTests.kinds[1].host { client, _ in
      let before = try await everyContact(client)
      let run = try await ImportedRun.make(
        ImportedRun.contacts(3), with: client, in: folder, kind: .init(status: .open))
      // A batch in the journal and in the CRM, and nothing that joins the two.
      let plan = try await run.read { journal in
        var plan = try #require(try await journal.batches(.any).first).plan
        plan.id = 77
        plan.recordNumbers = [4, 5, 6]
        try await journal.recordIntent([plan])
        return plan
      }
      let other = try TemporaryFolder()
      let landed = try await ImportedRun.make(ImportedRun.contacts(3), with: client, in: other)
      let result = try await UndoPipeline(
        run: run.found, client: client, options: UndoOptions()
      ) { journal, settling in
        #expect(settling.variant == client.variant)
        try await journal.recordOutcomes(
          [
            SettledRow(.created(pid: landed.pids[0]), evidence: .importKey),
            SettledRow(.uncertain), SettledRow(.notAttempted),
          ], ofBatch: plan.id)
      }.run()
      #expect(result.counts == UndoCounts([.removed: 4]) && result.status == .undone)
      #expect(result.uncertainRows == 1)
      let after = try await everyContact(client)
      #expect(after.count == before.count + 2)
    }
  }
}
