import ContactModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import RunJournal

@Suite struct JournalTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("run/journal.sqlite")
  }

  @Test("the run's description is there when the journal is opened again")
  func description() async throws {
    let run = try Sample.run()
    let created = try await Journal.create(at: path, run: run)
    #expect(created.run == run)
    try await created.close()
    let opened = try await Journal.open(at: path)
    #expect(opened.run == run)
    #expect(try await opened.end().status == .open)
    #expect(try await opened.lastBatchID() == nil)
    #expect(try await opened.batches(.any).isEmpty)
  }

  @Test("journal, log and shared memory are private, and so is a folder it had to make")
  func modes() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.recordIntent(Sample.batch(1, records: 1...3))
    #expect(try folder.mode(of: "run") == 0o700)
    #expect(try folder.mode(of: "run/journal.sqlite") == 0o600)
    #expect(try folder.mode(of: "run/journal.sqlite-wal") == 0o600)
    #expect(try folder.mode(of: "run/journal.sqlite-shm") == 0o600)
  }

  @Test("every commit is flushed to the disk: a log, fully synchronous")
  func settings() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    let settings = try await journal.database.read { database in
      (
        try String.fetchOne(database, sql: "PRAGMA journal_mode"),
        try Int.fetchOne(database, sql: "PRAGMA synchronous")
      )
    }
    #expect(settings.0 == "wal")
    #expect(settings.1 == 2, "2 is FULL")
  }

  @Test("a journal is never begun over another file")
  func exists() async throws {
    try Data("precious".utf8).write(to: URL(filePath: folder.file("taken")))
    await #expect(throws: JournalError.self) {
      try await Journal.create(at: folder.file("taken"), run: Sample.run())
    }
    #expect(try String(contentsOfFile: folder.file("taken"), encoding: .utf8) == "precious")
  }

  @Test("intents and outcomes are read back in order, by state and by page")
  func readingBack() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    let batches = (1...5).map { id in
      Sample.batch(Int64(id), records: id * 10...id * 10 + 2, file: id % 2)
    }
    try await journal.recordIntent(batches)
    let outcomes: [Outcome] = [.created(pid: 41), .failed(.refused), .uncertain]
    try await journal.recordOutcomes(.answered(outcomes), ofBatch: 2)
    try await journal.recordOutcomes(.answered(.rejected, .rejected, .rejected), ofBatch: 4)

    #expect(try await journal.batches(.any).map(\.plan) == batches)
    #expect(try await journal.batches(.open).map(\.plan.id) == [1, 3, 5])
    #expect(try await journal.batches(.settled).map(\.plan.id) == [2, 4])
    #expect(try await journal.batches(.settled).first?.outcomes == outcomes)
    #expect(try await journal.batches(.any, limit: 2).map(\.plan.id) == [1, 2])
    #expect(try await journal.batches(.any, after: 2, limit: 2).map(\.plan.id) == [3, 4])
    #expect(try await journal.batches(.any, after: 5).isEmpty)
    #expect(try await journal.lastBatchID() == 5)
  }

  @Test("outcomes recorded again replace the earlier ones")
  func settledLater() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.recordIntent(Sample.batch(1, records: 1...2))
    try await journal.recordOutcomes(.answered(.uncertain, .created(pid: 8)), ofBatch: 1)
    try await journal.recordOutcomes(.answered(.created(pid: 9), .created(pid: 8)), ofBatch: 1)
    #expect(
      try await journal.batches(.settled).first?.outcomes == [.created(pid: 9), .created(pid: 8)])
  }

  @Test("an outcome without an intent is refused, and harms nobody in the same commit")
  func unknownBatch() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.recordIntent(Sample.batch(1, records: 1...1))
    async let good: Void = journal.recordIntent(Sample.batch(2, records: 2...2))
    await #expect {
      try await journal.recordOutcomes(.answered(.rejected), ofBatch: 77)
    } throws: {
      ($0 as? JournalError)?.code == .unknownBatch
    }
    try await good
    #expect(try await journal.batches(.any).map(\.plan.id) == [1, 2])
  }

  @Test("a repeated batch number is refused together with its call, and nothing else")
  func repeatedBatch() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.recordIntent(Sample.batch(1, records: 1...1))
    await #expect {
      try await journal.recordIntent(
        Sample.batch(2, records: 2...2), Sample.batch(1, records: 3...3))
    } throws: {
      ($0 as? JournalError)?.code == .repeatedBatch
    }
    try await journal.recordIntent(Sample.batch(3, records: 3...3))
    #expect(try await journal.batches(.any).map(\.plan.id) == [1, 3])
  }

  @Test("each row is counted once, by the last batch it was part of")
  func totals() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.recordIntent(
      Sample.batch(1, records: 1...4), Sample.batch(2, records: 1...2, file: 1))
    try await journal.recordOutcomes(
      .answered(.created(pid: 5), .notAttempted, .notAttempted, .failed(.refused)), ofBatch: 1)
    try await journal.recordOutcomes(.answered(.created(pid: 6), .uncertain), ofBatch: 2)
    // Records 2 and 3 of the first file were shown absent and are sent again; 3 stays open.
    try await journal.recordIntent(
      Sample.batch(3, records: 2...2), Sample.batch(4, records: 3...3))
    try await journal.recordOutcomes(.answered(.created(pid: 7)), ofBatch: 3)

    let totals = try await journal.totals()
    #expect(totals.outcomes[.created] == 3)
    #expect(totals.outcomes[.failed] == 1)
    #expect(totals.outcomes[.uncertain] == 1)
    #expect(totals.outcomes[.notAttempted] == 0)
    #expect(totals.openRows == 1)
    #expect(totals.total == 6)
  }

  @Test("how a run ended is kept, and a resumed run ends again")
  func end() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.recordEnd(.interrupted, at: "2026-11-23T17:00:00Z")
    #expect(try await journal.end().status.isResumable)
    try await journal.recordEnd(.complete, at: "2026-11-23T18:00:00Z")
    try await journal.close()
    let end = try await Journal.open(at: path).end()
    #expect(end.status == .complete)
    #expect(end.at == "2026-11-23T18:00:00Z")
    #expect(!end.status.isResumable)
  }
}
