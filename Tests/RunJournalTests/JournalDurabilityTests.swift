import ContactModel
import Foundation
import TestSupport
import Testing

@testable import RunJournal

/// What is on disk at the moment a call returns: the files are copied then, as a crash would leave
/// them, and the copy is opened.
@Suite struct JournalDurabilityTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("journal.sqlite")
  }

  /// The journal as another process would find it after `kill -9`.
  func afterCrash(_ name: String) async throws -> Journal {
    let copy = folder.file("\(name).sqlite")
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
    }
    return try await Journal.open(at: copy)
  }

  @Test("a journal exists with its run as soon as create returns")
  func afterCreate() async throws {
    let run = try Sample.run()
    let journal = try await Journal.create(at: path, run: run)
    #expect(try await afterCrash("copy").run == run)
    try await journal.close()
  }

  @Test("everything that was awaited survives, step after step")
  func everyStep() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    for step in 1...20 {
      let id = Int64(step)
      try await journal.recordIntent(Sample.batch(id, records: step * 10...step * 10 + 9))
      var copy = try await afterCrash("intent-\(step)")
      #expect(try await copy.batches(.any).map(\.plan.id) == Array(1...id))
      #expect(try await copy.batches(.open).map(\.plan.id) == [id])

      let outcomes = (0..<10).map { Outcome.created(pid: step * 100 + $0) }
      try await journal.recordOutcomes(.answered(outcomes), ofBatch: id)
      copy = try await afterCrash("outcome-\(step)")
      #expect(try await copy.batches(.settled).last?.outcomes == outcomes)
      #expect(try await copy.batches(.open).isEmpty)
      #expect(try await copy.totals().outcomes[.created] == step * 10)
    }
    try await journal.recordEnd(.complete, at: "2026-11-23T18:00:00Z")
    #expect(try await afterCrash("end").end().status == .complete)
  }

  @Test("many writes at once share commits, and all of them are there afterwards")
  func grouping() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    let count = 200
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in 1...count {
        group.addTask {
          let rows = id * 50...id * 50 + 49
          try await journal.recordIntent(Sample.batch(Int64(id), records: rows))
          try await journal.recordOutcomes(
            .created(rows), ofBatch: Int64(id))
        }
      }
      try await group.waitForAll()
    }
    #expect(journal.commitCount < count, "\(journal.commitCount) commits for \(2 * count) calls")
    let copy = try await afterCrash("copy")
    let settled = try await copy.batches(.settled, limit: count + 1)
    #expect(settled.map(\.plan.id) == Array(1...Int64(count)))
    #expect(settled.allSatisfy { $0.outcomes?.map(\.pid) == $0.plan.recordNumbers })
  }

  @Test("a call on its own is one commit")
  func alone() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    for id in 1...5 {
      try await journal.recordIntent(Sample.batch(Int64(id), records: id...id))
    }
    #expect(journal.commitCount == 5)
  }

  @Test("a log cut short by a crash loses its last commits, never its first")
  func tornLog() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    for id in 1...8 {
      try await journal.recordIntent(Sample.batch(Int64(id), records: id * 10...id * 10 + 5))
    }
    let log = try Data(contentsOf: URL(filePath: path + "-wal"))
    var counts: [Int] = []
    for (name, length) in stride(from: log.count, to: log.count - 20_000, by: -1500).enumerated() {
      let copy = folder.file("torn-\(name).sqlite")
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      try log.prefix(max(0, length)).write(to: URL(filePath: copy + "-wal"))
      guard let torn = try? await Journal.open(at: copy) else { continue }
      let ids = try await torn.batches(.any).map(\.plan.id)
      #expect(ids == Array(Array(1...8 as ClosedRange<Int64>).prefix(ids.count)))
      counts.append(ids.count)
    }
    #expect(counts.first == 8)
    #expect(counts == counts.sorted(by: >))
    #expect(Set(counts).count > 1, "the cuts must matter for this test to mean something")
    try await journal.close()
  }
}
