import ContactModel
import ContactPipeline
import Foundation
import JSONSyntax
import RunJournal
import TestSupport
import Testing

@Suite("the list of runs, their results, and what a purge removes")
struct RunsListingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func listing() async throws -> RunsListing {
    try await RunsListing.read(stateFolder: folder.file("state"))
  }

  @Test("each run stands with its state, the oldest first")
  func states() async throws {
    let statuses: [(String, RunStatus)] = [
      ("20261121T090000Z-aaaa", .complete), ("20261122T090000Z-bbbb", .open),
      ("20261123T090000Z-cccc", .interrupted), ("20261124T090000Z-dddd", .undone),
      ("20261125T090000Z-eeee", .stopped),
    ]
    for (id, status) in statuses.reversed() {
      _ = try await StoredRun.make(id, in: folder, status: status)
    }
    let lost = try await StoredRun.make("20261126T090000Z-ffff", in: folder, status: .complete)
    try FileManager.default.removeItem(atPath: lost.journalPath)
    let entries = try await listing().entries
    #expect(entries.map(\.id.text) == statuses.map(\.0) + [lost.id.text])
    #expect(
      entries.map(\.state) == [
        .complete, .unfinished, .interrupted, .undone, .stopped, .missing,
      ])
    #expect(entries.map { $0.outcomes?[.created] } == [2, nil, 2, 2, 2, 2])
  }

  @Test("the run that holds the account's lock is running, and no other")
  func running() async throws {
    let runs = [
      try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .open),
      try await StoredRun.make("20261122T090000Z-bbbb", in: folder, status: .open),
    ]
    let lock = try AccountLock(
      stateFolder: folder.file("state"), account: runs[1].run.account, run: runs[1].id,
      since: "2026-11-27T09:00:00Z")
    let states = try await listing().entries.map(\.state)
    #expect(states == [.unfinished, .running])
    withExtendedLifetime(lock) {}
  }

  @Test("the list is text and JSON")
  func rendering() async throws {
    _ = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .complete)
    _ = try await StoredRun.make("20261122T090000Z-bbbb", in: folder, status: .open)
    let list = try await listing()
    let lines = list.text(in: .english).split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("20261121T090000Z-aaaa  complete") && lines[1].contains("  2  "))
    #expect(lines[2].hasPrefix("20261122T090000Z-bbbb  unfinished") && lines[2].contains("–"))
    #expect(list.text(in: .russian).contains("не завершён"))

    let json = try JSONValue(parsing: list.json())
    let runs = try #require(json["runs"]?.elements)
    #expect(runs.map { $0["state"] } == [.string("complete"), .string("unfinished")])
    #expect(runs[0]["outcomes"]?["created"] == .number("2") && runs[1]["outcomes"] == .null)
  }

  @Test("without runs there is nothing, and that is said")
  func empty() async throws {
    let list = try await listing()
    #expect(list.entries.isEmpty && list.text(in: .english) == "no runs\n")
  }

  @Test("results come from the journal, of a killed run too")
  func results() async throws {
    let run = try await StoredRun.make(
      "20261121T090000Z-aaaa", in: folder, status: .open,
      rows: [.created(pid: 1001), .created(pid: 1002), .uncertain, .failed(.refused)],
      doubled: [DoubledRow(file: 0, record: 1, pid: 1001, laterPID: 1009)])
    try folder.write("a,b\n", to: "runs/\(run.id)/created.csv")
    let journal = try await Journal.open(at: run.journalPath)
    try await journal.recordUndone([
      UndoneContact(pid: 1002, fate: .removed), UndoneContact(pid: 1001, fate: .edited),
    ])
    try await journal.close()
    let found = try await RunReference(
      "aaaa", runsFolder: folder.file("runs"), stateFolder: folder.file("state")
    ).find(for: .results)
    let results = try await RunResults.read(found)
    #expect(results.state == .unfinished && results.endedAt == nil && results.openRows == 0)
    #expect(results.outcomes[.created] == 2 && results.outcomes[.uncertain] == 1)
    #expect(results.undone == UndoCounts([.removed: 1, .edited: 1]) && results.remaining == 1)
    #expect(results.doubledCount == 1 && results.removedDoubledCount == 0)
    #expect(results.files == [RunResults.File(name: "created.csv", byteCount: 4)])

    let text = results.text(in: .english)
    for part in ["unfinished", "1009", "created.csv", "ferry resume", "--doubled"] {
      #expect(text.contains(part), "\(part)")
    }
    let json = try JSONValue(parsing: results.json())
    #expect(json["doubled"]?.elements?.first?["laterPid"] == .number("1009"))
    #expect(json["undone"]?["edited"] == .number("1"))
  }

  @Test("rows of a batch without an answer are open")
  func openRows() async throws {
    _ = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .open, rows: nil)
    let found = try await RunReference(
      nil, runsFolder: folder.file("runs"), stateFolder: folder.file("state")
    ).find(for: .results)
    let results = try await RunResults.read(found)
    #expect(results.openRows == 2 && results.outcomes.total == 0)
  }

  @Test("a purge removes runs that are over, with their folders, and leaves the others")
  func purge() async throws {
    let over = [
      try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .complete),
      try await StoredRun.make("20261122T090000Z-bbbb", in: folder, status: .undone),
    ]
    let resumable = [
      try await StoredRun.make("20261123T090000Z-cccc", in: folder, status: .open),
      try await StoredRun.make("20261124T090000Z-dddd", in: folder, status: .interrupted),
    ]
    try folder.write("a,b\n", to: "runs/\(over[0].id)/created.csv")
    let purge = RunsPurge(stateFolder: folder.file("state"), now: Date())
    let plan = try await purge.plan()
    #expect(plan.runs.map(\.id) == over.map(\.id))
    #expect(plan.question(in: .english).contains("runs/\(over[0].id)"))
    let result = await purge.run(plan)
    #expect(result.removed == over.map(\.id) && result.failures.isEmpty)
    let names = try folder.names(in: "runs")
    #expect(names == resumable.map(\.id.text))
    let left = try await listing().entries.map(\.id)
    #expect(left == resumable.map(\.id))
  }

  @Test("a purge with an age takes runs that ended that long ago")
  func purgeByAge() async throws {
    let old = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .complete)
    _ = try await StoredRun.make("20261124T090000Z-bbbb", in: folder, status: .complete)
    // 25 November 2026, ten o'clock; both runs ended at ten.
    let now = Date(timeIntervalSince1970: 1_795_600_800)
    try #require(now.iso8601 == "2026-11-25T10:00:00Z")
    for (days, expected) in [(2, [old.id]), (4, [old.id]), (5, [])] {
      let plan = try await RunsPurge(
        stateFolder: folder.file("state"), olderThan: days, now: now
      ).plan()
      #expect(plan.runs.map(\.id) == expected, "\(days) days")
    }
  }

  @Test("a run whose account is at work is not removed")
  func purgeLocked() async throws {
    let run = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .complete)
    let purge = RunsPurge(stateFolder: folder.file("state"), now: Date())
    let plan = try await purge.plan()
    let lock = try AccountLock(
      stateFolder: folder.file("state"), account: run.run.account, run: nil,
      since: "2026-11-27T09:00:00Z")
    let result = await purge.run(plan)
    #expect(result.removed.isEmpty && result.failures.map(\.run) == [run.id])
    #expect(result.text(in: .english).contains("not removed: \(run.id)"))
    withExtendedLifetime(lock) {}
    let left = try await listing().entries.map(\.id)
    #expect(left == [run.id])
    #expect(FileManager.default.fileExists(atPath: run.journalPath))
  }

  @Test("a folder that is not the run's own loses its journal alone")
  func purgeForeignFolder() async throws {
    let run = try await StoredRun.make(
      "20261121T090000Z-aaaa", in: folder, status: .complete, isRegistered: false)
    let moved = folder.file("elsewhere")
    try FileManager.default.moveItem(atPath: folder.file("runs/\(run.id)"), toPath: moved)
    try folder.write("precious", to: "elsewhere/notes.txt")
    let registry = RunRegistry(stateFolder: folder.file("state"), account: run.run.account)
    try await registry.register(run.run, journal: moved + "/journal.sqlite")
    try await registry.update(run.id, status: .complete, at: "2026-11-21T10:00:00Z")
    let purge = RunsPurge(stateFolder: folder.file("state"), now: Date())
    let result = await purge.run(try await purge.plan())
    #expect(result.removed == [run.id])
    let names = try folder.names(in: "elsewhere")
    #expect(names == ["notes.txt"])
  }
}
