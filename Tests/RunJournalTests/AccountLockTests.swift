import ContactModel
import Foundation
import TestSupport
import Testing

@testable import RunJournal

@Suite struct AccountLockTests {
  let folder: TemporaryFolder
  let state: String
  let run: RunID

  init() throws {
    folder = try TemporaryFolder()
    state = folder.file("state")
    run = try Sample.run().id
  }

  static let since = "2026-11-23T16:53:01Z"
  var file: String { "state/\(Sample.account)/lock" }
  var process: Int32 { ProcessInfo.processInfo.processIdentifier }

  func lock(_ account: AccountID = Sample.account) throws -> AccountLock {
    try AccountLock(stateFolder: state, account: account, run: run, since: Self.since)
  }

  func holder() -> LockHolder? {
    AccountLock.holder(stateFolder: state, account: Sample.account)
  }

  @Test("an account is locked once, and the refusal says who holds it")
  func exclusive() throws {
    let first = try lock()
    let error = #expect(throws: JournalError.self) { _ = try lock() }
    #expect(error?.code == .busy)
    #expect(error?.holder == LockHolder(process: process, run: run, since: Self.since))
    for language in Language.allCases {
      let message = error?.message(in: language) ?? ""
      for fact in ["\(process)", run.text, Self.since, folder.file(file)] {
        #expect(message.contains(fact), "\(fact) in: \(message)")
      }
    }
    withExtendedLifetime(first) {}
  }

  @Test("who holds the lock can be asked without taking it")
  func asking() throws {
    #expect(holder() == nil)
    do {
      let held = try lock()
      #expect(holder() == LockHolder(process: process, run: run, since: Self.since))
      #expect(holder()?.run == run, "asking does not free it")
      withExtendedLifetime(held) {}
    }
    #expect(holder() == nil)
  }

  @Test("an orderly end leaves no holder, and no stale one for the next")
  func orderly() throws {
    do { _ = try lock() }
    #expect(try folder.bytes(file).isEmpty)
    #expect(try lock().staleHolder == nil)
  }

  @Test("what a killed process left is recognised as stale, and written over")
  func stale() throws {
    try folder.write("process 4711\nrun 20261101T000000Z-zzzz\nsince yesterday\n", to: file)
    #expect(holder() == nil)
    let taken = try lock()
    #expect(taken.staleHolder?.process == 4711)
    #expect(taken.staleHolder?.run?.text == "20261101T000000Z-zzzz")
    #expect(taken.staleHolder?.since == nil, "no time that ferry writes")
    #expect(holder()?.process == process)
  }

  @Test(
    "a text that names no process is nobody's",
    arguments: ["", "process\n", "process x\n", "\u{1B}[2J", "run 20261101T000000Z-zzzz\n"])
  func nonsense(text: String) throws {
    try folder.write(text, to: file)
    #expect(try lock().staleHolder == nil)
  }

  @Test("the accounts of one server, and the same login elsewhere, do not disturb each other")
  func independent() throws {
    let first = try lock()
    let second = try lock(AccountID(server: Sample.server, login: "orlov@example.com"))
    let third = try lock(AccountID(server: "https://other.example", login: Sample.login))
    withExtendedLifetime((first, second, third)) {}
  }

  @Test("the lock's file is private")
  func modes() throws {
    let held = try lock()
    #expect(try folder.mode(of: file) == 0o600)
    #expect(try folder.mode(of: "state/\(Sample.account)") == 0o700)
    withExtendedLifetime(held) {}
  }

  @Test("a held lock is free as soon as its process is killed")
  func killed() async throws {
    let path = folder.file(file)
    try folder.write("", to: file)
    // `flock` of util-linux takes the same lock; it writes what ferry would have written.
    let holder = Process()
    holder.executableURL = URL(filePath: "/bin/sh")
    holder.arguments = [
      "-c", "exec 9>>\"$1\"; flock -n 9 || exit 1; echo \"process $$\" >&9; echo; exec sleep 600",
      "sh", path,
    ]
    let output = Pipe()
    holder.standardOutput = output
    try holder.run()
    _ = output.fileHandleForReading.availableData  // It holds the lock now.
    defer { if holder.isRunning { kill(holder.processIdentifier, SIGKILL) } }
    let error = #expect(throws: JournalError.self) { _ = try lock() }
    #expect(error?.holder?.process == holder.processIdentifier)

    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    #expect(try lock().staleHolder?.process == holder.processIdentifier)
  }
}
