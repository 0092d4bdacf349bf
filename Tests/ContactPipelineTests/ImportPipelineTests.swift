import CRMClient
import ContactModel
import ContactPipeline
import GRDB
import PersonAPI
import RunReports
import Synchronization
import TestSupport
import Testing

@testable import RunJournal

@Suite("import")
struct ImportPipelineTests {
  /// A way for the first of two requests of four rows to end.
  struct Ending: Sendable, CustomStringConvertible {
    var description: String
    /// How many of the rows are stored before it ends; the answer may store more.
    var stored = 0
    var answer: @Sendable () throws(TransportError) -> HTTPReply
    /// Records that the server refuses.
    var failed: Set<Int> = []

    static let fatal = "<br />\n<b>Fatal error</b>:  Uncaught Error in x.php:1"

    static let all =
      [
        Ending(description: "all stored", answer: { .rows([11, 12, 13, 14]) }),
        Ending(description: "one refused", answer: { .rows([11, nil, 13, 14]) }, failed: [2]),
        Ending(
          description: "rows with status 500",
          answer: { .rows([11, 12, 13, 14], status: 500) }),
        Ending(description: "an array that is too short", answer: { .rows([11, 12, 13]) }),
        Ending(description: "an array that is too long", answer: { .rows([11, 12, 13, 14, 15]) }),
        Ending(
          description: "no connection",
          answer: { () throws(TransportError) in throw TransportError(.unreachable) }),
        Ending(description: "an empty array", answer: { .rows([]) }),
        Ending(description: "401 in mid-run", answer: { .refusal(APIError.unknownUser) }),
        Ending(description: "a firewall's 403", answer: { .json("<html>No</html>", status: 403) }),
      ]
      + (0...4).flatMap { stored in
        [
          Ending(
            description: "a fatal error after \(stored) rows", stored: stored,
            answer: { .json(Self.fatal) }),
          Ending(
            description: "a hidden 500 after \(stored) rows", stored: stored,
            answer: { .json("", status: 500) }),
          Ending(
            description: "a gateway's 503 after \(stored) rows", stored: stored,
            answer: { .json("<html>Service Unavailable</html>", status: 503) }),
          Ending(
            description: "an empty answer after \(stored) rows", stored: stored,
            answer: { .json("") }),
          Ending(
            description: "a lost connection after \(stored) rows", stored: stored,
            answer: { () throws(TransportError) in throw TransportError(.lost) }),
          Ending(
            description: "an answer that is too large after \(stored) rows", stored: stored,
            answer: { () throws(TransportError) in throw TransportError(.tooLarge) }),
        ]
      }
  }

  @Test("however a request ends, every row is stored once and said to be", arguments: Ending.all)
  func endings(ending: Ending) async throws {
    let bench = try ImportBench()
    try bench.write(records: 8)
    let server = Mutex<FakeTransport?>(nil)
    let transport = FakeTransport(stores: true) { (form) throws(TransportError) in
      guard form.number == 1 else {
        return .rows(form.people.map { 20 + Self.number($0) })
      }
      for row in 0..<ending.stored {
        server.withLock { $0 }?.store(row: row, of: form, as: 11 + row)
      }
      return try ending.answer()
    }
    server.withLock { $0 = transport }
    let result = try await bench.run(transport)

    #expect(result.stop == nil)
    #expect(result.errors.isEmpty)
    #expect(result.summary.isBalanced)
    #expect(result.summary.outcomes[.created] == 8 - ending.failed.count)
    #expect(result.summary.outcomes[.failed] == ending.failed.count)
    let wanted = (1...8).filter { !ending.failed.contains($0) }.map { "Person \($0)" }
    let stored = transport.stored.map(\.person)
    #expect(stored.sorted() == wanted, "each once")
    // The result files name the contacts that are there.
    let pids = Dictionary(
      transport.stored.map { ($0.person, "\($0.pid)") }, uniquingKeysWith: { first, _ in first })
    for row in try bench.rows("created", of: result) {
      #expect(row["ferry_pid"] == pids[row["Name"] ?? ""])
    }
    let numbers = try bench.rows("created", of: result).map { $0["ferry_row"] }
    let rest = (1...8).filter { !ending.failed.contains($0) }.map { "\($0)" }
    #expect(numbers == rest)
    // The journal agrees.
    let totals = try await Journal.open(at: "\(result.folder)/journal.sqlite").totals()
    #expect(totals.openRows == 0)
    #expect(totals.outcomes[.created] == result.summary.outcomes[.created])
  }

  @Test("a request refused as a whole is halved, and its halves are sent")
  func halving() async throws {
    let bench = try ImportBench()
    try bench.write(records: 8)
    let transport = FakeTransport(stores: true) { form in
      form.people.count == 4 && form.people[0] == "Person 5"
        ? .refusal(APIError.unknownUser) : .rows(form.people.map(Self.pid))
    }
    let result = try await bench.run(transport)
    #expect(result.summary.outcomes[.created] == 8)
    #expect(result.stop == nil)
    #expect(transport.forms.map(\.people.count) == [4, 4, 2, 2])
    let pids = try bench.rows("created", of: result).compactMap { $0["ferry_pid"] }
    #expect(pids == ["101", "102", "103", "104", "105", "106", "107", "108"])
    let journal = try await Journal.open(at: "\(result.folder)/journal.sqlite")
    #expect(try await journal.totals().outcomes[.created] == 8)
  }

  @Test("a half that is refused too stops the run", arguments: [APIError.unknownUser, 402])
  func refusedHalves(code: Int) async throws {
    let bench = try ImportBench()
    try bench.write(records: 12)
    let transport = FakeTransport(stores: true) { form in
      form.number == 1 ? .rows(form.people.map(Self.pid)) : .refusal(code)
    }
    let result = try await bench.run(transport)
    let outcomes = result.summary.outcomes
    #expect(result.stop == .requestsRefused)
    #expect(outcomes[.created] == 4)
    // Nothing of a request that is refused as a whole is stored, so its rows can be sent later.
    #expect(outcomes[.failed] == 0)
    #expect(outcomes[.notAttempted] == 8)
    #expect(result.summary.isBalanced)
    // The first request, the refused one, one half of it, and no more.
    #expect(transport.forms.map(\.people.count) == [4, 4, 2])
  }

  @Test("the intent is on disk before the transport sees the rows")
  func intentBeforeAction() async throws {
    let bench = try ImportBench()
    try bench.write(records: 20)
    let runs = bench.folder
    let missing = Mutex<[String]>([])
    let seen = Mutex(0)
    let transport = FakeTransport(stores: true) { form in
      let numbers = await Self.intended(in: runs)
      for person in form.people where !numbers.contains(Self.number(person)) {
        missing.withLock { $0.append(person) }
      }
      seen.withLock { $0 += form.people.count }
      return .rows(form.people.map(Self.pid))
    }
    _ = try await bench.run(transport, maxInFlight: 3)
    #expect(seen.withLock { $0 } == 20)
    #expect(missing.withLock { $0 } == [])
  }

  @Test("without a journal nothing is sent")
  func noJournal() async throws {
    let bench = try ImportBench()
    try bench.write(records: 4)
    try bench.folder.write("a file where a folder should be", to: "runs")
    let transport = FakeTransport(stores: true) { _ in .rows([]) }
    await #expect(throws: JournalError.self) { try await bench.run(transport) }
    #expect(transport.forms.isEmpty)
  }

  @Test("a journal that fails on the way stops the sending")
  func failingJournal() async throws {
    let bench = try ImportBench()
    try bench.write(records: 12)
    let folder = bench.folder
    let transport = FakeTransport(stores: true) { form in
      // Breaks the journal behind the run's back while its first request is under way.
      let path = (try? folder.files(in: "runs"))?.first { $0.hasSuffix("journal.sqlite") } ?? ""
      let journal = try? await Journal.open(at: folder.file("runs/\(path)"))
      try? journal?.database.inDatabase { try $0.execute(sql: "DROP TABLE outcome") }
      return .rows(form.people.map(Self.pid))
    }
    let result = try await bench.run(transport)
    #expect(result.stop == .journal)
    #expect(result.errors.contains { $0 is JournalError })
    #expect(transport.forms.count == 1)
    // What the server has said stays true, though the journal does not have it.
    #expect(result.summary.outcomes[.created] == 4)
    #expect(result.summary.outcomes[.notAttempted] == 8)
    #expect(result.summary.isBalanced)
  }

  @Test("an interrupted run awaits what is under way and accounts for the rest")
  func interruption() async throws {
    let bench = try ImportBench()
    try bench.write(records: 40)
    let isSet = Mutex(false)
    let transport = FakeTransport(stores: true) { form in
      if form.number == 3 { isSet.withLock { $0 = true } }
      return .rows(form.people.map(Self.pid))
    }
    let result = try await bench.run(transport, isInterrupted: { isSet.withLock { $0 } })
    #expect(result.stop == .interrupted)
    #expect(result.summary.isBalanced)
    #expect(result.summary.outcomes[.created] == transport.forms.flatMap(\.people).count)
    #expect(result.summary.outcomes[.created] < 40)
    let journal = try await Journal.open(at: "\(result.folder)/journal.sqlite")
    #expect(try await journal.end().status == .interrupted)
  }

  @Test("whatever the server does, every record ends once", arguments: 0..<24 as Range<UInt64>)
  func randomServers(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...160, using: &generator)
    let bad = Set((1...count).filter { _ in Int.random(in: 0..<6, using: &generator) == 0 })
    let bench = try ImportBench()
    try bench.write(records: count) { !bad.contains($0) }
    let lastPID = Mutex(100)
    let server = Mutex<FakeTransport?>(nil)
    let transport = FakeTransport(stores: true) { (form) throws(TransportError) in
      var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(form.number))
      try? await Task.sleep(for: .microseconds(Int.random(in: 0...2000, using: &generator)))
      let choice = Int.random(in: 0..<20, using: &generator)
      switch choice {
      case 16: return .refusal(401)
      case 17: throw TransportError(.unreachable)
      case 18: return .json("", status: 500)
      default: break
      }
      let pids = lastPID.withLock { last in
        form.people.map { _ in
          last += 1
          return last
        }
      }
      for row in pids.indices { server.withLock { $0 }?.store(row: row, of: form, as: pids[row]) }
      // An answer without any element would say that no row arrived.
      if choice == 14, pids.count > 1 { return .rows(pids.dropLast()) }
      if choice == 19 { throw TransportError(.lost) }
      return .rows(pids)
    }
    server.withLock { $0 = transport }
    let result = try await bench.run(
      transport, batchSize: Int.random(in: 1...9, using: &generator),
      maxInFlight: Int.random(in: 1...6, using: &generator))

    let outcomes = result.summary.outcomes
    #expect(result.summary.isBalanced, "seed \(seed)")
    #expect(outcomes.total == count, "seed \(seed)")
    #expect(outcomes[.rejected] == bad.count, "seed \(seed)")
    var numbers: [Int] = []
    for file in ["created", "rejected", "failed", "uncertain", "not-attempted"] {
      let own = try bench.rows(file, of: result).compactMap { $0["ferry_row"].flatMap(Int.init) }
      #expect(own == own.sorted(), "\(file) is in input order, seed \(seed)")
      numbers += own
    }
    let all = Array(1...count)
    #expect(numbers.sorted() == all, "seed \(seed)")
    // What is stored is stored once, and known as created under its identifier.
    let created = try bench.rows("created", of: result)
    let known = created.map { "\($0["Name"] ?? "") \($0["ferry_pid"] ?? "")" }
    let stored = transport.stored.map { "\($0.person) \($0.pid)" }
    #expect(known.sorted() == stored.sorted(), "seed \(seed)")
    // Two refusals in a row end a run; nothing else here does.
    #expect(result.stop == nil || result.stop == .requestsRefused, "seed \(seed)")
    if result.stop == nil { #expect(outcomes[.created] == count - bad.count, "seed \(seed)") }
  }

  private static func number(_ person: String) -> Int {
    Int(person.split(separator: " ").last ?? "") ?? 0
  }

  private static func pid(_ person: String) -> Int { 100 + number(person) }

  /// The record numbers that a copy of the journal knows at this moment.
  private static func intended(in folder: TemporaryFolder) async -> Set<Int> {
    guard let copy = try? TemporaryFolder(), let files = try? folder.files(in: "runs") else {
      return []
    }
    for file in files where file.contains("journal.sqlite") && !file.hasSuffix("-shm") {
      guard let bytes = try? folder.bytes("runs/\(file)"),
        let name = file.split(separator: "/").last
      else { continue }
      try? copy.write(bytes, to: String(name))
    }
    let journal = try? await Journal.open(at: copy.file("journal.sqlite"))
    let batches = (try? await journal?.batches(.any)) ?? []
    return Set(batches.flatMap(\.plan.recordNumbers))
  }
}

extension [OutcomeKind] {
  /// Four records that end alike.
  fileprivate static func all(_ kind: OutcomeKind) -> [OutcomeKind] {
    Array(repeating: kind, count: 4)
  }
}
