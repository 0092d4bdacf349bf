import ContactModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import RunJournal

/// Disks that are full and folders that cannot be written, under everything that ferry remembers.
@Suite struct JournalFailureTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func code(_ work: () async throws -> Void) async -> JournalError.Code? {
    do {
      try await work()
      return nil
    } catch {
      return (error as? JournalError)?.code
    }
  }

  func registry(_ state: String = "state") -> RunRegistry {
    RunRegistry(stateFolder: folder.file(state), account: Sample.account)
  }

  @Test("a journal that cannot be written any more fails every kind of write, and can be read")
  func queryOnly() async throws {
    let journal = try await Journal.create(at: folder.file("journal.sqlite"), run: Sample.run())
    try await journal.recordIntent(Sample.batch(1, records: 1...2))
    // SQLite answers SQLITE_READONLY, as it does when the disk was remounted.
    try await journal.database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA query_only = ON")
    }
    let writes: [() async throws -> Void] = [
      { try await journal.recordIntent(Sample.batch(2, records: 3...4)) },
      { try await journal.recordOutcomes(.created(5...6), ofBatch: 1) },
      { try await journal.recordOwners(["petrov@example.com"]) },
      { try await journal.recordDoubled([DoubledRow(file: 0, record: 1, pid: 5, laterPID: 9)]) },
      { try await journal.recordUndone([UndoneContact(pid: 5, fate: .removed)]) },
      { try await journal.recordEnd(.complete, at: "2026-11-23T18:00:00Z") },
    ]
    for (index, write) in writes.enumerated() {
      #expect(await code(write) == .readOnly, "write \(index)")
    }
    #expect(try await journal.batches(.open).map(\.plan.id) == [1])
    #expect(try await journal.owners().isEmpty)
  }

  @Test("outcomes that find the disk full leave the batch open")
  func fullForOutcomes() async throws {
    let journal = try await Journal.create(at: folder.file("journal.sqlite"), run: Sample.run())
    let size = 4000
    try await journal.recordIntent(Sample.batch(1, records: 1...size))
    try await journal.database.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages)")
    }
    #expect(
      await code { try await journal.recordOutcomes(.created(1...size), ofBatch: 1) } == .diskFull)
    #expect(try await journal.batches(.open).map(\.plan.id) == [1])
  }

  /// `/dev/full` answers every write as a full disk does.
  @Test(
    "a registry's entry that finds the disk full leaves the old one and nothing half written",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullRegistry() async throws {
    let run = try Sample.run()
    try await registry().register(run, journal: folder.file("journal.sqlite"))
    let entry = "state/\(Sample.account)/runs/\(run.id).json"
    let before = try folder.text(entry)
    let temporary = "\(entry).\(ProcessInfo.processInfo.processIdentifier).tmp"
    try FileManager.default.createSymbolicLink(
      atPath: folder.file(temporary), withDestinationPath: "/dev/full")
    #expect(await code { try await registry().update(run.id, status: .complete) } == .diskFull)
    #expect(try folder.text(entry) == before)
    #expect(try folder.names(in: "state/\(Sample.account)/runs") == ["\(run.id).json"])
    try await registry().update(run.id, status: .complete)
    #expect(try await registry().entry(run.id).status == .complete)
  }

  @Test("an index that finds the disk full stays as it was")
  func fullIndex() async throws {
    let journal = try await Journal.create(at: folder.file("journal.sqlite"), run: Sample.run())
    try await journal.recordIntent(Sample.batch(1, records: 1...2000))
    try await journal.recordOutcomes(.created(1...2000), ofBatch: 1)
    let runs = [RegisteredRun(journal.run, journal: journal.path)]
    let index = try await DuplicateIndex.open(at: folder.file("created.sqlite"))
    let limit = { (pages: Int) in
      try await index.database.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
    }
    try await limit(5)
    #expect(await code { try await index.bringUpToDate(from: runs) } == .diskFull)
    #expect(try await index.isEmpty())
    try await limit(1_000_000)
    #expect(try await index.bringUpToDate(from: runs).isEmpty)
    #expect(try await index.lookUp([Fingerprint(high: 1, low: 2000)]).first??.pid == 2000)
  }

  @Test(
    "a folder that cannot be written stops a run before it begins",
    .enabled("for the superuser every folder can be written") { geteuid() != 0 })
  func readOnlyFolder() async throws {
    try folder.write("", to: "closed/file")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o500], ofItemAtPath: folder.file("closed"))
    let place = folder.file("closed/journal.sqlite")
    #expect(await code { _ = try await Journal.create(at: place, run: Sample.run()) } == .readOnly)
    #expect(
      await code { try await registry("closed").register(Sample.run(), journal: place) }
        == .readOnly)
    #expect(
      await code {
        _ = try AccountLock(
          stateFolder: folder.file("closed"), account: Sample.account, run: nil, since: "")
      } == .readOnly)
    #expect(
      await code { _ = try await DuplicateIndex.open(at: folder.file("closed/i.sqlite")) }
        == .readOnly)
  }

  /// Not even the superuser makes folders there.
  @Test(
    "a place where nobody can write is reported as such",
    .enabled(if: FileManager.default.fileExists(atPath: "/sys/kernel")))
  func systemFolder() async throws {
    let place = "/sys/kernel/ferry/journal.sqlite"
    #expect(await code { _ = try await Journal.create(at: place, run: Sample.run()) } == .readOnly)
    let registry = RunRegistry(stateFolder: "/sys/kernel/ferry", account: Sample.account)
    #expect(await code { try await registry.register(Sample.run(), journal: "x") } == .readOnly)
    #expect(
      await code {
        _ = try AccountLock(
          stateFolder: registry.stateFolder, account: Sample.account, run: nil, since: "")
      } == .readOnly)
  }

  @Test(
    "what the system says is put in the journal's words",
    arguments: [
      (ENOSPC, JournalError.Code.diskFull), (EDQUOT, .diskFull), (EROFS, .readOnly),
      (EACCES, .readOnly), (EIO, .inputOutput), (ENOTDIR, .cannotCreate),
    ])
  func systemErrors(number: Int32, code: JournalError.Code) {
    errno = number
    #expect(JournalFile.systemError(path: "x").code == code)
  }

  @Test("a cure names the command that helps")
  func cures() {
    let cures: [(JournalError.Code, String)] = [
      (.diskFull, "ferry resume"), (.exists, "ferry resume"), (.damaged, "ferry runs"),
      (.missing, "ferry runs --forget"), (.damagedEntry, "ferry runs --forget"),
      (.unknownRun, "ferry runs"), (.readOnly, "FERRY_STATE_DIR"),
    ]
    for (code, command) in cures {
      for language in Language.allCases {
        let message = JournalError(code, path: "x").message(in: language)
        #expect(message.contains(command), "\(code) in \(language): \(message)")
      }
    }
  }
}
