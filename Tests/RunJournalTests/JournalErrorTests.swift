import ContactModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import RunJournal

@Suite struct JournalErrorTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("journal.sqlite")
  }

  func code(_ work: () async throws -> Void) async -> JournalError.Code? {
    do {
      try await work()
      return nil
    } catch {
      return (error as? JournalError)?.code
    }
  }

  @Test("a missing journal is reported as missing, and not made")
  func missing() async {
    #expect(await code { _ = try await Journal.open(at: path) } == .missing)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("text is not a journal, nor is another program's database")
  func notAJournal() async throws {
    try Data(String(repeating: "name,phone\n", count: 400).utf8).write(to: URL(filePath: path))
    #expect(await code { _ = try await Journal.open(at: path) } == .notAJournal)

    let other = folder.file("other.sqlite")
    try await DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE run (id)") }
    let before = try Data(contentsOf: URL(filePath: other))
    #expect(await code { _ = try await Journal.open(at: other) } == .notAJournal)
    #expect(try Data(contentsOf: URL(filePath: other)) == before, "nothing may change in it")
  }

  @Test("a journal of a newer ferry is left alone")
  func newerVersion() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA user_version = 99")
    }
    try await journal.close()
    #expect(await code { _ = try await Journal.open(at: path) } == .newerVersion)
  }

  @Test("a batch changed on disk is reported as damage, not as other rows")
  func damagedBatch() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.recordIntent(Sample.batch(1, records: 1...3))
    try await journal.recordOutcomes(.answered(.rejected, .rejected, .rejected), ofBatch: 1)
    try await journal.database.write {
      try $0.execute(sql: "UPDATE outcome SET outcomes = x'0403040404040404'")
    }
    #expect(await code { _ = try await journal.batches(.any) } == .damaged)
    #expect(await code { _ = try await journal.totals() } == .damaged)
    #expect(await code { _ = try await journal.batches(.open) } == nil)
  }

  @Test("outcomes that are fewer than the rows are reported as damage")
  func shortOutcomes() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.recordIntent(Sample.batch(1, records: 1...3))
    try await journal.recordOutcomes(.answered(.rejected), ofBatch: 1)
    #expect(await code { _ = try await journal.batches(.any) } == .damaged)
  }

  @Test("a full disk fails the call that met it, with its own code")
  func diskFull() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    let pages = try await journal.database.read { try Int.fetchOne($0, sql: "PRAGMA page_count") }
    // SQLite answers SQLITE_FULL at this limit exactly as it does when the disk has no space left.
    try await journal.database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA max_page_count = \((pages ?? 0) + 1)")
    }
    #expect(
      await code { try await journal.recordIntent(Sample.batch(1, records: 1...5000)) }
        == .diskFull)
    #expect(try await journal.batches(.any).isEmpty)
    try await journal.recordIntent(Sample.batch(2, records: 1...2))
    #expect(try await journal.batches(.any).map(\.plan.id) == [2])
  }

  @Test("a journal in a place that is no folder cannot be created")
  func notAFolder() async throws {
    try Data().write(to: URL(filePath: folder.file("file")))
    let place = folder.file("file/journal.sqlite")
    #expect(
      await code { _ = try await Journal.create(at: place, run: Sample.run()) } == .cannotCreate)
  }

  @Test("a journal that exists is not begun again")
  func exists() async throws {
    _ = try await Journal.create(at: path, run: Sample.run())
    #expect(await code { _ = try await Journal.create(at: path, run: Sample.run()) } == .exists)
  }

  @Test("calls after closing fail instead of waiting")
  func closed() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    try await journal.close()
    #expect(
      await code { try await journal.recordIntent(Sample.batch(1, records: 1...1)) } != nil)
  }

  @Test(
    "every error says what and what to do, in both languages",
    arguments: JournalError.Code.allCases, Language.allCases)
  func messages(code: JournalError.Code, language: Language) {
    let message = JournalError(code, path: "runs/journal.sqlite").message(in: language)
    #expect(message.contains("runs/journal.sqlite"))
    #expect(message.contains("; "))
    #expect(!message.hasSuffix("."))
    #expect(message.contains { ("а"..."я").contains($0) } == (language == .russian))
  }
}
