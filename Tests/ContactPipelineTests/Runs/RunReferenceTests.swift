import ContactModel
import ContactPipeline
import Foundation
import RunJournal
import TestSupport
import Testing

@Suite("the run that a command means")
struct RunReferenceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func find(
    _ text: String?, _ purpose: RunReference.Purpose, account: AccountID? = nil
  ) async throws -> FoundRun {
    try await RunReference(
      text, runsFolder: folder.file("runs"), stateFolder: folder.file("state"), account: account
    ).find(for: purpose)
  }

  @Test("a name, its beginning, its end, a folder and a journal all name a run")
  func naming() async throws {
    let run = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .complete)
    _ = try await StoredRun.make("20261122T090000Z-bbbb", in: folder, status: .complete)
    let texts = [
      run.id.text, "20261121", "aaaa", folder.file("runs/\(run.id)"), run.journalPath,
    ]
    for text in texts {
      let found = try await find(text, .results)
      #expect(found.id == run.id && found.account == run.run.account)
      #expect(found.folder.hasSuffix("runs/\(run.id)"))
      #expect(found.journalPath.hasSuffix("runs/\(run.id)/journal.sqlite"))
    }
  }

  @Test("a name that several runs may have, or none, is refused")
  func unclear() async throws {
    let runs = [
      try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .complete),
      try await StoredRun.make("20261122T090000Z-bbbb", in: folder, status: .complete),
    ]
    await #expect(throws: RunError.ambiguous("2026", runs.map(\.id))) {
      try await find("2026", .results)
    }
    await #expect(throws: RunError.notFound("cccc")) { try await find("cccc", .undo) }
    await #expect(throws: RunError.notFound("")) { try await find("", .undo) }
  }

  @Test("a run that the state does not know is found in the runs' folder")
  func unregistered() async throws {
    let run = try await StoredRun.make(
      "20261121T090000Z-aaaa", in: folder, status: .interrupted, isRegistered: false)
    let named = try await find("aaaa", .undo)
    let newest = try await find(nil, .resume)
    #expect(named.id == run.id && newest.id == run.id)
  }

  @Test("a journal that cannot be read keeps no other run from being found")
  func unreadable() async throws {
    let run = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .stopped)
    try folder.write("no journal", to: "runs/20261122T090000Z-bbbb/journal.sqlite")
    let found = try await find(nil, .resume)
    #expect(found.id == run.id)
    await #expect(throws: JournalError.self) { try await find("20261122T090000Z-bbbb", .resume) }
  }

  @Test("without a name, the newest that suits is taken")
  func newest() async throws {
    await #expect(throws: RunError.noRuns) { try await find(nil, .results) }
    let doubled = try await StoredRun.make(
      "20261121T090000Z-aaaa", in: folder, status: .complete,
      doubled: [DoubledRow(file: 0, record: 1, pid: 1001, laterPID: 1009)])
    await #expect(throws: RunError.nothingUnfinished) { try await find(nil, .resume) }
    let killed = try await StoredRun.make("20261122T090000Z-bbbb", in: folder, status: .open)
    let stopped = try await StoredRun.make(
      "20261123T090000Z-cccc", in: folder, status: .stopped, rows: [.rejected])
    _ = try await StoredRun.make("20261124T090000Z-dddd", in: folder, status: .undone)

    let resumed = try await find(nil, .resume)
    let undone = try await find(nil, .undo)
    let doubles = try await find(nil, .undoDoubled)
    let shown = try await find(nil, .results)
    #expect(resumed.id == stopped.id)
    // The newer ones have created nothing that is there.
    #expect(undone.id == killed.id)
    #expect(doubles.id == doubled.id)
    #expect(shown.id.text == "20261124T090000Z-dddd")
  }

  @Test("a killed run with nothing but an open batch may have created something")
  func openBatch() async throws {
    let killed = try await StoredRun.make(
      "20261122T090000Z-bbbb", in: folder, status: .open, rows: nil)
    let found = try await find(nil, .undo)
    #expect(found.id == killed.id)
  }

  @Test("without a name, only the account's runs count")
  func account() async throws {
    let hers = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .stopped)
    _ = try await StoredRun.make(
      "20261122T090000Z-bbbb", in: folder, status: .stopped, login: "boris@example.com")
    let found = try await find(nil, .resume, account: hers.run.account)
    #expect(found.id == hers.id)
  }

  @Test("a run without its journal can only be forgotten")
  func missing() async throws {
    let run = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .stopped)
    try FileManager.default.removeItem(atPath: folder.file("runs/\(run.id)"))
    let known = try await RunsListing.read(stateFolder: folder.file("state")).entries
    await #expect(throws: RunError.journalMissing(run.id, path: known[0].journalPath)) {
      try await find("aaaa", .resume)
    }
    await #expect(throws: RunError.nothingUnfinished) { try await find(nil, .resume) }
    let found = try await find("aaaa", .forget)
    try await RunsPurge.forget(found)
    let listing = try await RunsListing.read(stateFolder: folder.file("state"))
    #expect(listing.entries.isEmpty)
  }

  @Test("a run whose journal is there is not forgotten")
  func present() async throws {
    let run = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .stopped)
    let found = try await find("aaaa", .forget)
    await #expect(throws: RunError.journalPresent(run.id, path: found.journalPath)) {
      try await RunsPurge.forget(found)
    }
  }

  @Test("a run whose entry is damaged is forgotten by its name")
  func damagedEntry() async throws {
    let run = try await StoredRun.make("20261121T090000Z-aaaa", in: folder, status: .stopped)
    try folder.write("{", to: "state/\(run.run.account)/runs/\(run.id).json")
    let before = try await RunsListing.read(stateFolder: folder.file("state"))
    #expect(before.entries.isEmpty && before.unreadable.count == 1)
    #expect(before.text(in: .english).contains("warning: "))
    try await RunsPurge.forget(try await find(run.id.text, .forget))
    let after = try await RunsListing.read(stateFolder: folder.file("state"))
    #expect(after.unreadable.isEmpty)
    // The run itself is where it was, and found there.
    let found = try await find("aaaa", .resume)
    #expect(found.id == run.id)
  }

  @Test("every error is a sentence in both languages")
  func messages() throws {
    let id = try #require(RunID("20261121T090000Z-aaaa"))
    let errors: [RunError] = [
      .notFound("x"), .ambiguous("x", [id]), .noRuns, .nothingUnfinished, .nothingToUndo,
      .nothingDoubled, .alreadyUndone(id), .journalMissing(id, path: "/p"),
      .journalPresent(id, path: "/p"), .otherAccount(id, server: "s", login: "l"),
      .declined,
    ]
    for error in errors {
      let (english, russian) = (error.message(in: .english), error.message(in: .russian))
      #expect(english.utf8.allSatisfy { $0 < 0x80 })
      #expect(russian.unicodeScalars.contains { (0x430...0x44F).contains($0.value) })
      #expect(english.first?.isUppercase == false && !english.hasSuffix("."))
    }
  }
}
