import ContactModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import RunJournal

/// A journal whose file was changed behind ferry's back: an error or the same rows, never others.
@Suite struct JournalDamageTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("journal.sqlite")
  }

  /// Everything a resume relies on.
  struct Content: Equatable {
    var run: RunDescription
    var batches: [JournaledBatch]
    var known: [KnownRecord]
    var owned: [OwnedRow]
    var totals: JournalTotals

    init(of path: String) async throws {
      let journal = try await Journal.open(at: path)
      run = journal.run
      batches = try await journal.batches(.any, limit: 1000)
      known = try await journal.knownRecords(inFile: 0, 1...400)
      owned = try await journal.plannedRows(pids: 1...100_000)
      totals = try await journal.totals()
      try await journal.close()
    }
  }

  func makeJournal() async throws {
    let journal = try await Journal.create(at: path, run: Sample.run())
    for id in 1...20 {
      let records = id * 20 - 19...id * 20
      try await journal.recordIntent(Sample.batch(Int64(id), records: records))
      if id % 5 == 0 { continue }
      try await journal.recordOutcomes(
        records.map { SettledRow(.created(pid: 1000 + $0), evidence: .values) },
        ofBatch: Int64(id))
    }
    try await journal.close()
  }

  /// `nil` for an error of the journal's own; anything else is a failure of the test.
  func content(of name: String, _ bytes: [UInt8]) async throws -> Content? {
    try folder.write(bytes, to: name)
    do {
      return try await Content(of: folder.file(name))
    } catch is JournalError {
      return nil
    }
  }

  @Test("a flipped bit anywhere in the file is an error or changes nothing")
  func flippedBits() async throws {
    try await makeJournal()
    let intact = try await Content(of: path)
    #expect(intact.totals.outcomes[.created] == 320)
    #expect(intact.totals.openRows == 80)
    let bytes = try folder.bytes("journal.sqlite")
    var generator = SeededGenerator(seed: 11)
    var errors = 0
    for trial in 0..<240 {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      var damaged = bytes
      damaged[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
      guard let found = try await content(of: "damaged-\(trial % 2).sqlite", damaged) else {
        errors += 1
        continue
      }
      #expect(found == intact, "byte \(place)")
    }
    #expect(errors > 30, "a quarter of the file is content: \(errors) of 240 were found out")
  }

  @Test("a file cut short is an error")
  func truncated() async throws {
    try await makeJournal()
    let bytes = try folder.bytes("journal.sqlite")
    for length in stride(from: 0, to: bytes.count, by: 1500) {
      let found = try await content(of: "cut.sqlite", Array(bytes[..<length]))
      #expect(found == nil, "\(length) of \(bytes.count) bytes")
    }
  }

  @Test("an empty file is not a journal")
  func empty() async throws {
    try folder.write("", to: "journal.sqlite")
    await #expect {
      _ = try await Journal.open(at: path)
    } throws: {
      ($0 as? JournalError)?.code == .notAJournal
    }
  }

  @Test("a batch that its index does not show is damage: it would be sent again")
  func lostFromIndex() async throws {
    try await makeJournal()
    try await DatabaseQueue(path: path).write { database in
      try database.execute(sql: "PRAGMA writable_schema = ON")
      try database.execute(
        sql: """
          UPDATE sqlite_schema SET sql = sql || ' WHERE id <> 3' WHERE name = 'batch_records'
          """)
    }
    try await DatabaseQueue(path: path).write { try $0.execute(sql: "REINDEX") }
    try await DatabaseQueue(path: path).write { database in
      try database.execute(sql: "PRAGMA writable_schema = ON")
      try database.execute(
        sql: """
          UPDATE sqlite_schema SET sql = replace(sql, ' WHERE id <> 3', '')
          WHERE name = 'batch_records'
          """)
    }
    await #expect {
      _ = try await Journal.open(at: path)
    } throws: {
      ($0 as? JournalError)?.code == .damaged
    }
  }

  @Test("a description that was changed is damage: another mapping would send other rows")
  func changedDescription() async throws {
    for change in [
      "UPDATE run SET mapping = mapping || ' '", "UPDATE run SET server = 'https://other.example'",
      "UPDATE setting SET value = 'KZ' WHERE name = 'region'", "DELETE FROM setting",
      "UPDATE source_file SET sha256 = '' WHERE number = 0", "DELETE FROM source_file",
    ] {
      let path = folder.file("\(UUID().uuidString).sqlite")
      let journal = try await Journal.create(at: path, run: Sample.run())
      try await journal.database.write { try $0.execute(sql: change) }
      try await journal.close()
      await #expect {
        _ = try await Journal.open(at: path)
      } throws: {
        ($0 as? JournalError)?.code == .damaged
      }
    }
  }

  @Test("a journal of the first version says that it cannot be resumed, and stays as it is")
  func olderVersion() async throws {
    try await DatabaseQueue(path: path).write { database in
      try database.execute(
        sql: """
          CREATE TABLE run (id TEXT); CREATE TABLE batch (id INTEGER PRIMARY KEY, plan BLOB);
          PRAGMA application_id = 1717924473; PRAGMA user_version = 1;
          """)
    }
    let before = try folder.bytes("journal.sqlite")
    await #expect {
      _ = try await Journal.open(at: path)
    } throws: {
      ($0 as? JournalError)?.code == .olderVersion
    }
    #expect(try folder.bytes("journal.sqlite") == before)
  }
}
