import ContactModel
import TestSupport
import Testing

@testable import RunJournal

/// Finding rows again: by their records, by their contacts' identifiers, and backwards.
@Suite struct JournalRowsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func journal() async throws -> Journal {
    try await Journal.create(at: folder.file("journal.sqlite"), run: Sample.run())
  }

  @Test("the batch with the greatest number says what became of a record")
  func knownRecords() async throws {
    let journal = try await journal()
    try await journal.recordIntent(
      Sample.batch(1, records: [2, 3, 5]), Sample.batch(2, records: [2], file: 1),
      Sample.batch(3, records: [6, 7]), Sample.batch(4, records: [5, 3]))
    try await journal.recordOutcomes(
      [
        SettledRow(.created(pid: 50), evidence: .values), SettledRow(.notAttempted),
        SettledRow(.notAttempted),
      ], ofBatch: 1)
    try await journal.recordOutcomes(.created([70]), ofBatch: 2)
    try await journal.recordOutcomes(.created([60, 61]), ofBatch: 4)

    let created = KnownRecord.settled(SettledRow(.created(pid: 50), evidence: .values))
    // 1 and 4 were never intended, 6 and 7 are open.
    #expect(
      try await journal.knownRecords(inFile: 0, 1...8) == [
        .unplanned, created, .settled(SettledRow(.created(pid: 61))), .unplanned,
        .settled(SettledRow(.created(pid: 60))), .open, .open, .unplanned,
      ])
    #expect(try await journal.knownRecords(inFile: 0, 2...2) == [created])
    #expect(
      try await journal.knownRecords(inFile: 1, 1...2)
        == [.unplanned, .settled(SettledRow(.created(pid: 70)))])
    #expect(try await journal.knownRecords(inFile: 2, 1...2) == [.unplanned, .unplanned])
  }

  @Test("a record sent again and not yet answered is open, whatever was known before")
  func openAgain() async throws {
    let journal = try await journal()
    try await journal.recordIntent(Sample.batch(1, records: [1]))
    try await journal.recordOutcomes(.answered(.notAttempted), ofBatch: 1)
    try await journal.recordIntent(Sample.batch(2, records: [1]))
    #expect(try await journal.knownRecords(inFile: 0, 1...1) == [.open])
  }

  @Test("the contacts of a range of identifiers, with what they should show")
  func plannedRows() async throws {
    let journal = try await journal()
    try await journal.recordIntent(
      Sample.batch(1, records: [11, 12, 13]), Sample.batch(2, records: [14, 15], file: 1),
      Sample.batch(3, records: [16]))
    try await journal.recordOutcomes(
      [
        SettledRow(.created(pid: 100)), SettledRow(.failed(.refused)),
        SettledRow(.created(pid: 110), evidence: .importKey),
      ], ofBatch: 1)
    // Two requests at once: their identifiers mix.
    try await journal.recordOutcomes(.created([105, 120]), ofBatch: 2)

    let rows = [
      OwnedRow(pid: 100, file: 0, record: 11, stored: 1 << 32 | 11, evidence: .answer),
      OwnedRow(pid: 105, file: 1, record: 14, stored: 2 << 32 | 14, evidence: .answer),
      OwnedRow(pid: 110, file: 0, record: 13, stored: 1 << 32 | 13, evidence: .importKey),
      OwnedRow(pid: 120, file: 1, record: 15, stored: 2 << 32 | 15, evidence: .answer),
    ]
    #expect(try await journal.plannedRows(pids: 1...1000) == rows)
    #expect(try await journal.plannedRows(pids: 101...110) == Array(rows[1...2]))
    #expect(try await journal.plannedRows(pids: 106...106).isEmpty)
    #expect(try await journal.plannedRows(pids: 121...Int.max).isEmpty)
  }

  /// A model that keeps everything in memory, asked the same as the journal.
  @Test("random batches are found by record and by identifier as a plain list finds them")
  func againstModel() async throws {
    var generator = SeededGenerator(seed: 6)
    let journal = try await journal()
    var known: [Int: KnownRecord] = [:]
    var pids: [Int: Int] = [:]
    for id in 1...120 {
      let width = 1 << Int.random(in: 0...12, using: &generator)
      let first = Int.random(in: 1...5000, using: &generator)
      let numbers = (0..<Int.random(in: 1...6, using: &generator))
        .map { _ in first + Int.random(in: 0..<width, using: &generator) }
      let records = Array(Set(numbers)).shuffled(using: &generator)
      try await journal.recordIntent(Sample.batch(Int64(id), records: records))
      for record in records { known[record] = .open }
      guard Bool.random(using: &generator) else { continue }
      let rows = records.map { record in
        let pid = Int.random(in: 1...20_000, using: &generator)
        return SettledRow(Bool.random(using: &generator) ? .created(pid: pid) : .notAttempted)
      }
      try await journal.recordOutcomes(rows, ofBatch: Int64(id))
      for (record, row) in zip(records, rows) {
        known[record] = .settled(row)
        if let pid = row.outcome.pid { pids[pid, default: 0] += 1 }
      }
    }
    for _ in 0..<200 {
      let start = Int.random(in: 1...9000, using: &generator)
      let records = start...start + Int.random(in: 0...300, using: &generator)
      let found = try await journal.knownRecords(inFile: 0, records)
      #expect(found == records.map { known[$0] ?? .unplanned }, "records \(records)")
      let expected = pids.filter { records.contains($0.key) }
        .flatMap { Array(repeating: $0.key, count: $0.value) }
      let owned = try await journal.plannedRows(pids: records)
      #expect(owned.map(\.pid) == expected.sorted(), "identifiers \(records)")
    }
  }

  @Test("created batches come backwards, page by page; others are left out")
  func createdRows() async throws {
    let journal = try await journal()
    for id in 1...6 { try await journal.recordIntent(Sample.batch(Int64(id), records: [id])) }
    for id in [1, 2, 4, 5] {
      try await journal.recordOutcomes(
        id == 4 ? .answered(.failed(.refused)) : .created([id * 10]), ofBatch: Int64(id))
    }
    #expect(try await journal.createdRows(limit: 2).map(\.plan.id) == [5, 2])
    #expect(try await journal.createdRows(before: 2).map(\.plan.id) == [1])
    #expect(try await journal.createdRows(before: 1).isEmpty)
    #expect(try await journal.createdRows().first?.rows == .created([50]))
  }

  @Test("identifiers the run owns are those it created and did not take back")
  func owned() async throws {
    let journal = try await journal()
    try await journal.recordIntent(
      Sample.batch(1, records: 1...4), Sample.batch(2, records: 5...6))
    try await journal.recordOutcomes(
      .answered(.created(pid: 7), .created(pid: 9), .failed(.refused), .duplicate(pid: 3)),
      ofBatch: 1)
    try await journal.recordOutcomes(.created([10, 500_000]), ofBatch: 2)
    try await journal.recordUndone([
      UndoneContact(pid: 9, fate: .removed), UndoneContact(pid: 10, fate: .edited),
      UndoneContact(pid: 500_000, fate: .absent),
    ])
    let owned = try await journal.ownedPIDs()
    #expect(owned.count == 2)
    #expect([7, 9, 10, 500_000, 3].filter(owned.contains) == [7, 10])
    #expect(owned.max == 10)
  }

  @Test("owners gather, those that are known from the beginning among them")
  func owners() async throws {
    let journal = try await Journal.create(
      at: folder.file("journal.sqlite"), run: Sample.run(), owners: ["sidorova@example.com"])
    #expect(try await journal.owners() == ["sidorova@example.com"])
    try await journal.recordOwners(["petrov@example.com", "sidorova@example.com"])
    try await journal.recordOwners(["petrov@example.com", "orlov@example.com"])
    try await journal.close()
    let opened = try await Journal.open(at: folder.file("journal.sqlite"))
    #expect(
      try await opened.owners()
        == ["petrov@example.com", "sidorova@example.com", "orlov@example.com"])
  }

  @Test("a row found twice stands once, and is removed when its later contact is gone")
  func doubled() async throws {
    let journal = try await journal()
    let first = DoubledRow(file: 0, record: 3, pid: 40, laterPID: 45)
    let second = DoubledRow(file: 1, record: 9, pid: 41, laterPID: 44)
    try await journal.recordDoubled([first, second])
    try await journal.recordDoubled([first])
    #expect(try await journal.doubledRows() == [second, first])
    #expect(try await journal.doubledRows(after: 44, limit: 5) == [first])
    #expect(try await journal.doubledRows(limit: 1) == [second])

    try await journal.recordUndone([
      UndoneContact(pid: 44, fate: .removed), UndoneContact(pid: 45, fate: .hasDeals),
      UndoneContact(pid: 40, fate: .removed),
    ])
    #expect(try await journal.doubledRows().map(\.isRemoved) == [true, false])
  }

  @Test("what became of contacts that were taken back; a later fate replaces the earlier")
  func undone() async throws {
    let journal = try await journal()
    let contacts = UndoneContact.Fate.allCases.enumerated().map { index, fate in
      UndoneContact(pid: 10 + index, fate: fate)
    }
    try await journal.recordUndone(contacts)
    #expect(try await journal.undoneContacts() == contacts)
    #expect(try await journal.undoneContacts(after: 11, limit: 2) == Array(contacts[2...3]))
    #expect(try await journal.undone(12) == .edited)
    try await journal.recordUndone([UndoneContact(pid: 12, fate: .removed)])
    #expect(try await journal.undone([12, 13, 99]) == [.removed, .hasDeals, nil])
    #expect(
      try await journal.undoneCounts()
        == [
          .removed: 2, .absent: 1, .hasDeals: 1, .refused: 1, .unclear: 1, .unproven: 1,
          .lastCopy: 1,
        ])
  }
}
