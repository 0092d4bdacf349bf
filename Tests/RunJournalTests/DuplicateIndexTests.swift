import ContactModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import RunJournal

@Suite struct DuplicateIndexTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("state/created.sqlite")
  }

  static func id(_ number: Int) throws -> RunID {
    try #require(RunID("2026112\(number)T165301Z-k7pq"))
  }

  /// A run that sends rows with these fingerprints, all in one batch.
  func journal(_ number: Int, _ rows: [(UInt64, Outcome)]) async throws -> Journal {
    let run = try Sample.run(Self.id(number).text)
    let journal = try await Journal.create(at: folder.file("run-\(number).sqlite"), run: run)
    try await journal.recordIntent(Self.batch(1, rows.map(\.0)))
    try await journal.recordOutcomes(.answered(rows.map(\.1)), ofBatch: 1)
    return journal
  }

  static func batch(_ id: Int64, _ rows: [UInt64]) -> PlannedBatch {
    var batch = Sample.batch(id, records: (1...rows.count).map { Int(id) * 100 + $0 })
    batch.fingerprints = rows.map(fingerprint)
    return batch
  }

  static func fingerprint(_ number: UInt64) -> Fingerprint {
    Fingerprint(high: number &* 0x9E37_79B9_7F4A_7C15, low: number)
  }

  func registered(_ journals: Journal...) -> [RegisteredRun] {
    journals.map { RegisteredRun($0.run, journal: $0.path) }
  }

  func lookUp(
    _ index: DuplicateIndex, _ rows: [UInt64], excluding run: RunID? = nil
  ) async throws -> [EarlierRow?] {
    try await index.lookUp(rows.map(Self.fingerprint), excluding: run)
  }

  @Test("what an earlier run created is found, and so is what is uncertain there; the rest is not")
  func found() async throws {
    let journal = try await journal(
      1,
      [
        (1, .created(pid: 70)), (2, .uncertain), (3, .failed(.refused)), (4, .rejected),
        (5, .duplicate(pid: 9)), (6, .notAttempted), (7, .created(pid: 71)),
      ])
    try await journal.recordIntent(Self.batch(2, [8]))
    try await journal.close()
    let index = try await DuplicateIndex.open(at: path)
    #expect(try await index.isEmpty())
    #expect(try await index.bringUpToDate(from: registered(journal)).isEmpty)
    #expect(try await index.isEmpty() == false)
    let run = try Self.id(1)
    #expect(
      try await lookUp(index, [7, 1, 2, 3, 4, 5, 6, 8, 99]) == [
        EarlierRow(run: run, pid: 71), EarlierRow(run: run, pid: 70),
        EarlierRow(run: run, pid: nil), nil, nil, nil, nil, EarlierRow(run: run, pid: nil), nil,
      ])
    #expect(try await lookUp(index, []).isEmpty)
  }

  @Test("a contact wins over a row that is uncertain, and the lowest identifier over others")
  func precedence() async throws {
    let first = try await journal(
      1, [(1, .uncertain), (2, .created(pid: 20)), (3, .uncertain), (2, .created(pid: 19))])
    let second = try await journal(2, [(1, .created(pid: 10)), (2, .created(pid: 8))])
    let index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(first, second))
    let found = try await lookUp(index, [1, 2, 3])
    #expect(found.map { $0?.pid } == [10, 8, nil])
    #expect(found.map { $0?.run } == [try Self.id(2), try Self.id(2), try Self.id(1)])

    // Without the second run, the first one's rows answer.
    let others = try await lookUp(index, [1, 2, 3], excluding: Self.id(2))
    #expect(others.map { $0?.pid } == [nil, 19, nil])
    #expect(others.map { $0?.run } == Array(repeating: try Self.id(1), count: 3))
  }

  @Test("an index that never had anything to take in is no damaged one")
  func empty() async throws {
    let first = try await DuplicateIndex.open(at: path)
    #expect(!first.wasDamaged)
    #expect(try await first.bringUpToDate(from: []).isEmpty)
    #expect(try await DuplicateIndex.open(at: path).wasDamaged == false)
  }

  @Test("more rows than one page of batches holds are all found, several journals together")
  func manyPages() async throws {
    var journals: [Journal] = []
    for number in 1...3 {
      let run = try Sample.run(Self.id(number).text)
      let journal = try await Journal.create(at: folder.file("run-\(number).sqlite"), run: run)
      for id in 1...150 {
        let rows = (0..<20).map { UInt64(number * 100_000 + id * 20 + $0) }
        try await journal.recordIntent(Self.batch(Int64(id), rows))
        try await journal.recordOutcomes(.created(rows.map(Int.init)), ofBatch: Int64(id))
      }
      journals.append(journal)
    }
    let index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: journals.map { RegisteredRun($0.run, journal: $0.path) })
    for (number, journal) in zip(1..., journals) {
      for start in stride(from: number * 100_000 + 20, to: number * 100_000 + 3020, by: 500) {
        let rows = (start..<start + 500).map(UInt64.init)
        let found = try await lookUp(index, rows)
        #expect(found == rows.map { EarlierRow(run: journal.run.id, pid: Int($0)) })
      }
      let around = [number * 100_000 + 19, number * 100_000 + 3020].map(UInt64.init)
      #expect(try await lookUp(index, around) == [nil, nil])
    }
  }

  @Test("fingerprints at the ends of the range are found, and their neighbours are not")
  func ends() async throws {
    let prints = [
      Fingerprint(high: 0, low: 0), Fingerprint(high: .max, low: .max),
      Fingerprint(high: 0, low: .max), Fingerprint(high: .max, low: 0),
    ]
    let run = try Sample.run(Self.id(1).text)
    let journal = try await Journal.create(at: folder.file("run.sqlite"), run: run)
    var batch = Sample.batch(1, records: 1...4)
    batch.fingerprints = prints
    try await journal.recordIntent(batch)
    try await journal.recordOutcomes(.created([1, 2, 3, Int.max]), ofBatch: 1)
    let index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(journal))
    #expect(try await index.lookUp(prints).map { $0?.pid } == [1, 2, 3, Int.max])
    let neighbours = [
      Fingerprint(high: 0, low: 1), Fingerprint(high: .max, low: .max - 1),
      Fingerprint(high: 1, low: 0), Fingerprint(high: .max - 1, low: .max),
    ]
    #expect(try await index.lookUp(neighbours) == [nil, nil, nil, nil])
  }

  @Test("the run that is about to send is not read")
  func excluded() async throws {
    let current = try await journal(1, [(1, .created(pid: 10))])
    let index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(current), excluding: current.run.id)
    #expect(try await index.isEmpty())
  }

  @Test("a run that went on is read again, an unchanged one is not")
  func resumed() async throws {
    let journal = try await journal(1, [(1, .created(pid: 10)), (2, .uncertain)])
    try await journal.close()
    var index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(journal))

    let resumed = try await Journal.open(at: journal.path)
    try await resumed.recordOutcomes(.created([10, 12]), ofBatch: 1)
    try await resumed.recordIntent(Self.batch(2, [3]))
    try await resumed.recordOutcomes(.created([13]), ofBatch: 2)
    try await resumed.close()
    index = try await DuplicateIndex.open(at: path)
    #expect(!index.wasDamaged)
    #expect(try await lookUp(index, [1, 2, 3]).map { $0?.pid } == [10, nil, nil])
    try await index.bringUpToDate(from: registered(journal))
    #expect(try await lookUp(index, [1, 2, 3]).map { $0?.pid } == [10, 12, 13])

    let before = try folder.bytes("state/created.sqlite")
    try await index.bringUpToDate(from: registered(journal))
    #expect(try folder.bytes("state/created.sqlite") == before, "nothing to do, nothing written")
  }

  @Test("contacts that were deleted again are taken out, edited ones that stayed are not")
  func undone() async throws {
    let journal = try await journal(
      1, [(1, .created(pid: 10)), (2, .created(pid: 11)), (3, .created(pid: 12))])
    let index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(journal))
    try await journal.recordUndone([
      UndoneContact(pid: 10, fate: .removed), UndoneContact(pid: 11, fate: .edited),
      UndoneContact(pid: 12, fate: .absent),
    ])
    try await index.bringUpToDate(from: registered(journal))
    #expect(try await lookUp(index, [1, 2, 3]).map { $0?.pid } == [nil, 11, nil])
  }

  @Test("a run that is not registered any more is forgotten")
  func forgotten() async throws {
    let first = try await journal(1, [(1, .created(pid: 10))])
    let second = try await journal(2, [(2, .created(pid: 11))])
    let index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(first, second))
    try await index.bringUpToDate(from: registered(second))
    #expect(try await lookUp(index, [1, 2]).map { $0?.pid } == [nil, 11])
  }

  @Test("a journal that is gone or damaged is named; what was known of its run stays")
  func unread() async throws {
    let first = try await journal(1, [(1, .created(pid: 10))])
    let second = try await journal(2, [(2, .created(pid: 11))])
    let third = try await journal(3, [(3, .created(pid: 12))])
    for journal in [first, second, third] { try await journal.close() }
    let index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(first))

    try FileManager.default.removeItem(atPath: first.path)
    try FileManager.default.removeItem(atPath: second.path)
    try folder.write("not a journal, and long enough to be none for certain", to: "run-3.sqlite")
    let unread = try await index.bringUpToDate(from: registered(first, second, third))
    #expect(unread.map(\.id) == [second.run.id, third.run.id])
    #expect(unread.map(\.error.code) == [.missing, .notAJournal])
    #expect(try await lookUp(index, [1, 2, 3]).map { $0?.pid } == [10, nil, nil])
  }

  @Test("of a journal with a damaged batch nothing goes in, and its neighbours all do")
  func damagedBatch() async throws {
    let first = try await journal(1, [(1, .created(pid: 10))])
    try await first.recordIntent(Self.batch(2, [2]))
    try await first.database.write {
      try $0.execute(sql: "UPDATE batch SET plan = substr(plan, 1, 20) WHERE id = 2")
    }
    // Over a page of batches away from the damage, so that some rows are staged before it.
    for id in 3...80 { try await first.recordIntent(Self.batch(Int64(id), [UInt64(id)])) }
    try await first.database.write {
      try $0.execute(sql: "UPDATE batch SET id = id + 100 WHERE id = 2")
    }
    let second = try await journal(2, [(200, .created(pid: 11))])
    let index = try await DuplicateIndex.open(at: path)
    let unread = try await index.bringUpToDate(from: registered(first, second))
    #expect(unread.map(\.error.code) == [.damaged])
    #expect(
      try await lookUp(index, [1, 3, 200]) == [nil, nil, EarlierRow(run: Self.id(2), pid: 11)])
  }

  @Test("an index with any byte changed is built anew", arguments: [0, 30, 5000, -1])
  func damaged(place: Int) async throws {
    let journal = try await journal(1, (1...300).map { ($0, .created(pid: Int($0) + 1000)) })
    var index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(journal))
    try index.database.close()
    var bytes = try folder.bytes("state/created.sqlite")
    bytes[place < 0 ? bytes.count + place : place] ^= 0x10
    try folder.write(bytes, to: "state/created.sqlite")

    index = try await DuplicateIndex.open(at: path)
    #expect(index.wasDamaged)
    #expect(try await index.isEmpty())
    try await index.bringUpToDate(from: registered(journal))
    #expect(try await lookUp(index, [1, 300]).map { $0?.pid } == [1001, 1300])
    try index.database.close()
    #expect(try await DuplicateIndex.open(at: path).wasDamaged == false)
  }

  @Test("an index cut short, one without its seal and one broken off are built anew")
  func brokenOff() async throws {
    let journal = try await journal(1, (1...300).map { ($0, .created(pid: Int($0) + 1000)) })
    let damages: [(TemporaryFolder) throws -> Void] = [
      {
        try $0.write(
          Array($0.bytes("state/created.sqlite").dropLast(4096)), to: "state/created.sqlite")
      },
      { try $0.write("", to: "state/created.sqlite") },
      { try FileManager.default.removeItem(atPath: $0.file("state/created.sqlite.seal")) },
      { try $0.write("x", to: "state/created.sqlite-journal") },
    ]
    for damage in damages {
      var index = try await DuplicateIndex.open(at: path)
      try await index.bringUpToDate(from: registered(journal))
      try index.database.close()
      try damage(folder)
      index = try await DuplicateIndex.open(at: path)
      #expect(index.wasDamaged)
      try await index.bringUpToDate(from: registered(journal))
      #expect(try await lookUp(index, [300]).first??.pid == 1300)
      try index.database.close()
    }
  }

  @Test("the index is private")
  func modes() async throws {
    let journal = try await journal(1, [(1, .created(pid: 10))])
    let index = try await DuplicateIndex.open(at: path)
    try await index.bringUpToDate(from: registered(journal))
    #expect(try folder.mode(of: "state/created.sqlite") == 0o600)
    #expect(try folder.mode(of: "state/created.sqlite.seal") == 0o600)
  }
}
