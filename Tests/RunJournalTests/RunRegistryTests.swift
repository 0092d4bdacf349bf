import ContactModel
import Foundation
import TestSupport
import Testing

@testable import RunJournal

@Suite struct RunRegistryTests {
  let folder: TemporaryFolder
  let registry: RunRegistry

  init() throws {
    folder = try TemporaryFolder()
    registry = RunRegistry(stateFolder: folder.file("state"), account: Sample.account)
  }

  static let later = "20261124T080000Z-abcd"

  @Test("a registered run is found again with what it said, the oldest run first")
  func entries() async throws {
    #expect(try await registry.entries().isEmpty)
    let (older, newer) = (try Sample.run(), try Sample.run(Self.later))
    try await registry.register(newer, journal: folder.file("b/journal.sqlite"))
    try await registry.register(older, journal: folder.file("a/journal.sqlite"))
    let found = try await registry.entries()
    #expect(found.map(\.id) == [older.id, newer.id])
    let first = try #require(found.first)
    #expect(first.sources == older.sourceFiles)
    #expect(first.server == Sample.server)
    #expect(first.login == Sample.login)
    #expect(first.startedAt == "2026-11-23T16:53:01Z")
    #expect(first.journal.hasSuffix("/a/journal.sqlite"))
    #expect(first.status == .open)
    #expect(first.outcomes == nil)
    #expect(first.isJournalMissing)
  }

  @Test("a journal named from the working folder is kept from the root")
  func relativePath() async throws {
    try await registry.register(Sample.run(), journal: "ferry-runs/x/../journal.sqlite")
    #expect(
      try await registry.entries().first?.journal
        == FileManager.default.currentDirectoryPath + "/ferry-runs/journal.sqlite")
  }

  @Test("a journal that is there is not missing")
  func present() async throws {
    let run = try Sample.run()
    let path = folder.file("run/journal.sqlite")
    _ = try await Journal.create(at: path, run: run)
    try await registry.register(run, journal: path)
    #expect(try await registry.entry(run.id).isJournalMissing == false)
  }

  @Test("how a run stands is kept; counts stay until new ones come")
  func update() async throws {
    let run = try Sample.run()
    try await registry.register(run, journal: folder.file("journal.sqlite"))
    var counts = OutcomeCounts()
    counts[.created] = 12
    counts[.uncertain] = 1
    try await registry.update(
      run.id, status: .interrupted, outcomes: counts, at: "2026-11-23T17:00:00Z")
    var entry = try await registry.entry(run.id)
    #expect(entry.status == .interrupted)
    #expect(entry.endedAt == "2026-11-23T17:00:00Z")
    #expect(entry.outcomes?[.created] == 12)
    #expect(entry.outcomes?.total == 13)

    try await registry.update(run.id, status: .open)
    entry = try await registry.entry(run.id)
    #expect(entry.status == .open)
    #expect(entry.endedAt == nil)
    #expect(entry.outcomes?[.uncertain] == 1)
  }

  @Test("an unknown run is neither updated nor made")
  func unknown() async throws {
    let id = try #require(RunID(Self.later))
    await #expect {
      try await registry.update(id, status: .complete)
    } throws: {
      ($0 as? JournalError)?.code == .unknownRun
    }
    #expect(try await registry.entries().isEmpty)
  }

  @Test("entries and folders are private, and no half-written file is left")
  func modes() async throws {
    try await registry.register(Sample.run(), journal: folder.file("journal.sqlite"))
    let account = "state/\(Sample.account)"
    #expect(try folder.mode(of: "state") == 0o700)
    #expect(try folder.mode(of: account) == 0o700)
    #expect(try folder.names(in: account + "/runs") == ["20261123T165301Z-k7pq.json"])
    #expect(try folder.mode(of: account + "/runs/20261123T165301Z-k7pq.json") == 0o600)
  }

  @Test("a run is forgotten, also when its entry cannot be read")
  func forget() async throws {
    let run = try Sample.run()
    try await registry.register(run, journal: folder.file("journal.sqlite"))
    try await registry.forget(run.id)
    #expect(try await registry.entries().isEmpty)
    try await registry.forget(run.id)

    try folder.write("{", to: "state/\(Sample.account)/runs/\(run.id).json")
    try await registry.forget(run.id)
    #expect(try await registry.entries().isEmpty)
  }

  @Test(
    "a damaged entry is an error where runs must be known, and one line where they are listed",
    arguments: [
      "", "{", "null", "[]", "{\"version\": 1}", "{\"version\": 2, \"run\": \"x\"}", "\u{0}\u{1}",
    ])
  func damaged(text: String) async throws {
    let run = try Sample.run(Self.later)
    try await registry.register(run, journal: folder.file("journal.sqlite"))
    let name = "state/\(Sample.account)/runs/20261123T165301Z-k7pq.json"
    try folder.write(text, to: name)
    await #expect {
      _ = try await registry.entries()
    } throws: {
      let error = $0 as? JournalError
      return error?.code == .damagedEntry && error?.path == folder.file(name)
    }
    let listing = try await RunRegistry.accounts(in: folder.file("state"))
    #expect(listing.runs.map(\.id) == [run.id])
    #expect(listing.unreadable.map(\.code) == [.damagedEntry])
  }

  @Test("an entry under another run's name, or in another account's folder, is damage")
  func misplaced() async throws {
    let run = try Sample.run()
    try await registry.register(run, journal: folder.file("journal.sqlite"))
    let text = try folder.text("state/\(Sample.account)/runs/\(run.id).json")
    let other = AccountID(server: "https://other.example", login: Sample.login)
    try folder.write(text, to: "state/\(other)/runs/\(run.id).json")
    try folder.write(text, to: "state/\(Sample.account)/runs/\(Self.later).json")
    let listing = try await RunRegistry.accounts(in: folder.file("state"))
    #expect(listing.runs.map(\.id) == [run.id])
    #expect(listing.unreadable.count == 2)
  }

  @Test("the runs of all accounts are listed together; other folders are not looked at")
  func accounts() async throws {
    var other = try Sample.run(Self.later)
    other.account = AccountID(server: Sample.server, login: "orlov@example.com")
    try await registry.register(Sample.run(), journal: folder.file("a.sqlite"))
    try await RunRegistry(stateFolder: registry.stateFolder, account: other.account)
      .register(other, journal: folder.file("b.sqlite"))
    try folder.write("x", to: "state/notes/runs/file.json")
    let listing = try await RunRegistry.accounts(in: registry.stateFolder)
    #expect(listing.runs.map(\.account) == [Sample.account, other.account])
    #expect(listing.unreadable.isEmpty)
    #expect(try await RunRegistry.accounts(in: folder.file("none")) == RegistryListing())
  }

  @Test(
    "the state folder is the one that is named, else the system's place for state",
    arguments: [
      (["FERRY_STATE_DIR": "/a", "XDG_STATE_HOME": "/b", "HOME": "/c"], "/a"),
      (["FERRY_STATE_DIR": "", "XDG_STATE_HOME": "/b", "HOME": "/c"], "/b/ferry"),
      (["XDG_STATE_HOME": "b", "HOME": "/c"], "/c/.local/state/ferry"),
      (["XDG_STATE_HOME": "", "HOME": "/c"], "/c/.local/state/ferry"),
    ])
  func stateFolder(environment: [String: String], expected: String) {
    #expect(RunRegistry.defaultStateFolder(environment: environment) == expected)
  }
}

@Suite struct AccountIDTests {
  @Test("the same account has the same identifier however it is spelled")
  func spelling() {
    let plain = AccountID(server: "https://crm.example/sub", login: "petrov@example.com")
    for (server, login) in [
      ("https://crm.example/sub/", "petrov@example.com"),
      ("HTTPS://CRM.example/sub", "Petrov@Example.com"),
    ] {
      #expect(AccountID(server: server, login: login) == plain)
    }
    #expect(AccountID(plain.text) == plain)
  }

  @Test("another server, path or login is another account")
  func different() {
    let accounts = [
      ("https://crm.example", "a@example.com"), ("https://crm.example", "b@example.com"),
      ("http://crm.example", "a@example.com"), ("https://crm.example/A", "a@example.com"),
      ("https://crm.example/a", "a@example.com"), ("https://crm.example\na", "@example.com"),
    ].map { AccountID(server: $0.0, login: $0.1) }
    #expect(Set(accounts).count == accounts.count)
  }

  // printf 'https://crm.example\na@example.com' | sha256sum
  @Test("the identifier is the beginning of a SHA-256, for every later version")
  func digest() {
    #expect(
      AccountID(server: "https://crm.example", login: "a@example.com").text == "5500b1368b6be908")
  }

  @Test(
    "a text that is no identifier is refused",
    arguments: ["", "3f0c9a5512de7b8", "3f0c9a5512de7b800", "3F0C9A5512DE7B80", "../9a5512de7b80"])
  func invalid(text: String) {
    #expect(AccountID(text) == nil)
  }
}
