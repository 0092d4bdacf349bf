import ContactModel
import Foundation
import TestSupport
import Testing

@testable import RunJournal

/// `kill -9` of a process that writes: what a call reported as written is there afterwards.
@Suite struct JournalKillTests {
  @Test("a process killed right after a call returned has lost nothing of it")
  func rightAfter() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("journal.sqlite")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let journal = try await Journal.create(at: path, run: Sample.run())
      try await journal.recordIntent(Sample.batch(1, records: 1...75))
      try await journal.recordOutcomes(.created(41...115), ofBatch: 1)
      try await journal.recordOwners(["petrov@example.com"])
      try await journal.recordDoubled([DoubledRow(file: 0, record: 3, pid: 43, laterPID: 120)])
      try await journal.recordUndone([UndoneContact(pid: 43, fate: .removed)])
      try await journal.recordIntent(Sample.batch(2, records: 76...150, floor: 115))
      kill(getpid(), SIGKILL)
    }
    let journal = try await Journal.open(at: path)
    #expect(journal.run.watermark == 40)
    #expect(
      try await journal.batches(.any) == [
        JournaledBatch(plan: Sample.batch(1, records: 1...75), rows: .created(41...115)),
        JournaledBatch(plan: Sample.batch(2, records: 76...150, floor: 115)),
      ])
    #expect(try await journal.owners() == ["petrov@example.com"])
    #expect(try await journal.doubledRows().map(\.laterPID) == [120])
    #expect(try await journal.undone(43) == .removed)
    #expect(try await journal.end().status == .open)
  }

  /// The child writes from eight tasks and notes in a file, after each call, what it was promised;
  /// it is killed from outside, in the middle of whatever it does.
  @Test("a process killed in the middle keeps every promise", arguments: 1...5)
  func inTheMiddle(trial: Int) async throws {
    let folder = try TemporaryFolder()
    let (path, notes) = (folder.file("journal.sqlite"), folder.file("promised"))
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, notes = notes as String, trial = trial as Int] in
      let journal = try await Journal.create(at: path, run: Sample.run())
      let descriptor = open(notes, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      let killer = Thread {
        // By what was written, not by the clock: some way into the run, then at once.
        while (try? Data(contentsOf: URL(filePath: notes)).count) ?? 0 < trial * 60 {}
        kill(getpid(), SIGKILL)
      }
      killer.start()
      try await withThrowingTaskGroup { group in
        for worker in 0..<8 {
          group.addTask {
            for round in 0... {
              let id = round * 8 + worker + 1
              let records = id * 10...id * 10 + 9
              try await journal.recordIntent(Sample.batch(Int64(id), records: records))
              note("i\(id)\n", descriptor)
              try await journal.recordOutcomes(.created(records), ofBatch: Int64(id))
              note("o\(id)\n", descriptor)
            }
          }
        }
        try await group.waitForAll()
      }
    }
    let journal = try await Journal.open(at: path)
    let batches = try await journal.batches(.any, limit: 100_000)
    let intended = Set(batches.map { "i\($0.plan.id)" })
    let settled = Set(batches.filter(\.isSettled).map { "o\($0.plan.id)" })
    let promised = try folder.text("promised").split(separator: "\n").map(String.init)
    #expect(promised.count > 10)
    #expect(promised.filter { !intended.contains($0) && !settled.contains($0) } == [])
    #expect(batches.allSatisfy { $0.rows == nil || $0.rows == .created($0.plan.recordNumbers) })
  }
}

/// Notes a promise where `kill -9` of this process does not reach it.
private func note(_ text: String, _ descriptor: Int32) {
  _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
}
