import CRMClient
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import RunJournal
import RunReports
import Synchronization
import TestSupport
import Testing

@Suite("what earlier runs mean for the next")
struct EarlierRunsTests {
  /// A server that stores rows under rising identifiers, until `dies` says that it is down.
  private func server(dies: @escaping @Sendable () -> Bool = { false }) -> FakeTransport {
    let next = Mutex(10)
    return FakeTransport(stores: true) { form throws(TransportError) in
      guard !dies() else { throw TransportError(.unreachable) }
      return .rows(
        form.people.map { _ in
          next.withLock { next in
            next += 1
            return next
          }
        })
    }
  }

  /// Those that are not 0.
  private func counts(_ outcomes: OutcomeCounts) -> [OutcomeKind: Int] {
    let all = OutcomeKind.allCases.map { ($0, outcomes[$0]) }
    return Dictionary(uniqueKeysWithValues: all.filter { $0.1 > 0 })
  }

  private func rehearse(
    _ bench: ImportBench, _ server: FakeTransport,
    _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> [OutcomeKind: Int] {
    var options = ImportOptions(stateFolder: bench.folder.file("state"), batchSize: 4)
    change(&options)
    let summary = try await DryRunPipeline(
      request: try bench.request(), client: bench.client(server), options: options
    ).run()
    #expect(summary.isBalanced)
    return counts(summary.outcomes)
  }

  @Test("a dry run knows what an import would leave out, and sends nothing")
  func dryRun() async throws {
    let bench = try ImportBench()
    let server = server()
    try bench.write(records: 6)
    #expect(try await rehearse(bench, server) == [.notAttempted: 6])
    _ = try await bench.run(server)
    try bench.write(records: 9) { $0 != 8 }
    let sent = server.stored.count
    #expect(
      try await rehearse(bench, server)
        == [.duplicate: 6, .rejected: 1, .notAttempted: 2])
    #expect(
      try await rehearse(bench, server) { $0.sendsAgain = true }
        == [.rejected: 1, .notAttempted: 8])
    #expect(server.stored.count == sent)
  }

  @Test("a dry run of a source with an unfinished run is refused as the import would be")
  func dryRunOfUnfinished() async throws {
    let bench = try ImportBench()
    try bench.write(records: 6)
    let requests = Mutex(0)
    let server = server(dies: {
      requests.withLock { count in
        count += 1
        return count > 1
      }
    })
    let result = try await bench.run(server)
    #expect(result.stop == .serverGone)
    await #expect {
      _ = try await rehearse(bench, server)
    } throws: { error in
      if case PlanningError.unfinishedRun(_, let file)? = error as? PlanningError {
        return file.hasSuffix("source.csv")
      }
      return false
    }
  }

  @Test("a run that died between its end and the note of it is put right by a resume")
  func unnotedEnd() async throws {
    let bench = try ImportBench()
    try bench.write(records: 3)
    let server = server()
    let result = try await bench.run(server)
    let client = bench.client(server)
    let registry = RunRegistry(
      stateFolder: bench.folder.file("state"),
      account: AccountID(server: client.server, login: client.credentials.login))
    let run = try #require(try await registry.entries().first)
    try await registry.update(run.id, status: .open, at: "")
    await #expect(throws: PlanningError.self) {
      _ = try await ResumePipeline(
        journal: "\(result.folder)/journal.sqlite", client: client,
        options: ImportOptions(stateFolder: bench.folder.file("state"))
      ).run()
    }
    let after = try await registry.entries().first
    #expect(after?.status == .complete)
  }

  /// A run that has stored all of twelve rows, with its journal as it was after four: put back from a copy,
  /// or its end lost by the disk.
  private struct PutBack {
    let bench: ImportBench
    let server: FakeTransport
    let folder: String
    let resume: ResumePipeline
  }

  private func journalPutBack() async throws -> PutBack {
    let bench = try ImportBench()
    try bench.write(records: 12)
    let requests = Mutex(0)
    let isDown = Mutex(true)
    let server = server(dies: {
      requests.withLock { count in
        count += 1
        return count > 1 && isDown.withLock { $0 }
      }
    })
    let first = try await bench.run(server)
    #expect(first.stop == .serverGone && first.summary.outcomes[.created] == 4)
    let journal = "\(first.folder)/journal.sqlite"
    let copy = bench.folder.file("copy.sqlite")
    try FileManager.default.copyItem(atPath: journal, toPath: copy)
    isDown.withLock { $0 = false }
    let resume = ResumePipeline(
      journal: journal, client: bench.client(server),
      options: ImportOptions(
        runsFolder: bench.folder.file("runs"), stateFolder: bench.folder.file("state"),
        batchSize: 4, clock: .instant))
    let second = try await resume.run()
    #expect(counts(second.summary.outcomes) == [.created: 12])
    try FileManager.default.removeItem(atPath: journal)
    try FileManager.default.moveItem(atPath: copy, toPath: journal)
    return PutBack(bench: bench, server: server, folder: first.folder, resume: resume)
  }

  @Test("rows that the journal does not know to be sent are found, not sent again")
  func oldJournal() async throws {
    let run = try await journalPutBack()
    let server = run.server
    let third = try await run.resume.run()
    #expect(counts(third.summary.outcomes) == [.created: 12])
    #expect(third.summary.readBack.foundByValues == 8)
    #expect(third.summary.requestCount == 0 && third.summary.doubledCount == 0)
    #expect(Set(server.stored.map(\.person)).count == 12 && server.stored.count == 12)
  }

  /// The state folder says that the run is complete, the copy that it is not.
  @Test(
    "an older copy of a journal is refused by an import and an undo, and made whole by a resume")
  func olderCopy() async throws {
    let run = try await journalPutBack()
    let (bench, server) = (run.bench, run.server)
    await #expect {
      _ = try await bench.run(server)
    } throws: { ($0 as? JournalError)?.code == .outdated }
    let undo = UndoPipeline(
      run: try await RunReference(
        run.folder, runsFolder: bench.folder.file("runs"),
        stateFolder: bench.folder.file("state")
      ).find(for: .undo), client: bench.client(server), options: UndoOptions(), settle: { _, _ in })
    await #expect {
      _ = try await undo.run()
    } throws: { ($0 as? JournalError)?.code == .outdated }
    #expect(server.stored.count == 12)

    _ = try await run.resume.run()
    let again = try await bench.run(server)
    #expect(counts(again.summary.outcomes) == [.duplicate: 12])
    #expect(server.stored.count == 12)
  }

  @Test("one file named twice is not sent twice")
  func sameFile() async throws {
    let bench = try ImportBench()
    try bench.write(records: 3)
    let server = server()
    let request = try bench.request()
    await #expect {
      _ = try await ImportPipeline(
        sources: [request, request], client: bench.client(server),
        options: ImportOptions(
          runsFolder: bench.folder.file("runs"), stateFolder: bench.folder.file("state"))
      ).run()
    } throws: { error in
      if case PlanningError.sameFileTwice? = error as? PlanningError { true } else { false }
    }
    #expect(server.stored.isEmpty)
  }
}
