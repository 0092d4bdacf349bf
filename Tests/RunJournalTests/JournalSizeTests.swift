import ContactModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import RunJournal

/// How much of the disk a run takes.
@Suite struct JournalSizeTests {
  static let rows = 200_000

  /// A batch as an import makes it: every value differs from row to row, four traces each.
  static func batch(_ id: Int, size: Int, using generator: inout SeededGenerator) -> PlannedBatch {
    let first = (id - 1) * size + 1
    var marks = RowMarks()
    for _ in 0..<size {
      for _ in 0..<4 { marks.addTrace(UInt32(truncatingIfNeeded: generator.next())) }
      marks.endRow(stored: generator.next())
    }
    return PlannedBatch(
      id: Int64(id), file: 0, recordNumbers: Array(first..<first + size),
      fingerprints: (0..<size).map { _ in
        Fingerprint(high: generator.next(), low: generator.next())
      }, marks: marks, floor: 2_000_000 + first)
  }

  @Test(
    "a row takes at most 80 bytes on disk, outcomes and indexes included", arguments: [75, 500])
  func bytesPerRow(batchSize: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("journal.sqlite")
    var generator = SeededGenerator(seed: 3)
    let journal = try await Journal.create(at: path, run: Sample.run())
    let count = Self.rows / batchSize
    for start in stride(from: 1, through: count, by: 50) {
      let ids = start...min(start + 49, count)
      try await journal.recordIntent(
        ids.map { Self.batch($0, size: batchSize, using: &generator) })
      try await withThrowingTaskGroup { group in
        for id in ids {
          let pids = 2_000_000 + (id - 1) * batchSize
          group.addTask {
            try await journal.recordOutcomes(
              .created(pids..<pids + batchSize), ofBatch: Int64(id))
          }
        }
        try await group.waitForAll()
      }
    }
    // The last connection brings the log into the file and removes it.
    try await journal.close()
    let size = try #require(
      try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    let perRow = Double(size) / Double(count * batchSize)
    print("journal: \(perRow.formatted()) bytes a row in batches of \(batchSize)")
    // The issue allows 200; what is there now needs less than half of it.
    #expect(perRow <= 80)
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    #expect(try await Journal.open(at: path).totals().outcomes[.created] == count * batchSize)
  }
}
