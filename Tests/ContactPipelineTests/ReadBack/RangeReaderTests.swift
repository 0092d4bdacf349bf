import CRMClient
import ContactModel
import PersonAPI
import Synchronization
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("reading a range")
struct RangeReaderTests {
  private func client(
    _ script: @escaping FakeTransport.Script
  ) -> (client: CRMClient, transport: FakeTransport) {
    let transport = FakeTransport(script)
    return (
      CRMClient(
        server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
        transport: transport), transport
    )
  }

  private func failure(_ body: () async throws -> Void) async -> CRMError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? CRMError
    }
  }

  // MARK: - Ranges

  @Test(
    "contacts of several owners are read while they change hands",
    arguments: 0..<20 as Range<UInt64>)
  func owners(seed: UInt64) async throws {
    let list = LivingList(
      count: 1500, owners: 3, pageSize: 200, liveliest: 30, seed: seed
    ) { generator in
      // One thing at a time.
      [LivingList.Change.allCases.randomElement(using: &generator)].compactMap { $0 }
    }
    let floor = list.state.withLock { $0.contacts[300].pid }
    let (client, _) = client { list.answer($0) }
    let reader = RangeReader(
      client: client, columns: [.pid, .person], owners: ["owner1", "owner2"])
    var seen: Set<Int> = []
    var isWhole = true
    try await reader.read(above: floor) { page, records in
      for record in records {
        let pid = try #require(page.pids[record])
        seen.insert(pid)
        isWhole = isWhole && page.records.text(record: record, field: 1) == "Person \(pid)"
      }
    }
    for owner in 0..<3 {
      let hidden = list.lasting(of: owner, above: floor).subtracting(seen)
      #expect(hidden.isEmpty, "owner \(owner), seed \(seed)")
    }
    let strangers = seen.filter { $0 <= floor }
    #expect(strangers.isEmpty)
    #expect(isWhole)
  }

  @Test("the lists are asked for in the order of pid, for each owner, with the key")
  func requests() async throws {
    let (client, transport) = client { _ in .json(#"{"count":0}"#) }
    let reader = RangeReader(
      client: client, columns: [.pid, .mail, .skype], owners: ["petrov@example.com"],
      key: .init(field: "input10", value: "ferry-k7pq2m4a."))
    try await reader.read(above: 5) { _, _ in Testing.Issue.record("there is nothing") }
    #expect(transport.forms.map { $0["user"] } == [nil, "petrov@example.com"])
    for form in transport.forms {
      #expect(form["order"] == "pid")
      #expect(form["first"] == "old")
      #expect(form["fields"]?.hasPrefix("pid,mail") == true)
      #expect(form["socinfo"] == "yes")
      #expect(form["filter[input10]"] == "ferry-k7pq2m4a.")
    }
  }

  @Test(
    "a page that cannot be read ends it",
    arguments: ["", "<b>Fatal error</b>: Uncaught TypeError", #"{"data":[{"pi"#, "[]"])
  func unreadable(body: String) async {
    let (client, _) = client { form in
      form["offset"] == "1"
        ? .json(body) : QuietList.answer(form, pids: Array(1...500))
    }
    let reader = RangeReader(client: client, columns: [.pid])
    var seen = 0
    let error = await failure { try await reader.read(above: 0) { seen += $1.count } }
    guard case .notUnderstood(status: 200)? = error?.cause else {
      Testing.Issue.record("\(String(describing: error))")
      return
    }
    #expect(seen == 100)
  }

  @Test("a list in another order is refused")
  func disorder() async {
    let (client, _) = client { _ in .json(#"{"data":[{"pid":2},{"pid":1}],"count":2}"#) }
    let reader = RangeReader(client: client, columns: [.pid])
    let error = await failure { try await reader.read(above: 0) { _, _ in } }
    guard case .listOutOfOrder? = error?.cause else {
      Testing.Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("what the receiver throws ends it")
  func receiver() async {
    struct Enough: Error {}
    let (client, transport) = client { QuietList.answer($0, pids: Array(1...5000)) }
    let reader = RangeReader(client: client, columns: [.pid])
    await #expect(throws: Enough.self) {
      try await reader.read(above: 0) { _, _ in throw Enough() }
    }
    #expect(transport.forms.count == 2)
  }

  @Test("with patience a server that is down for a while is waited for, page by page")
  func patience() async throws {
    let time = Mutex(Duration.zero)
    let clock = RunClock(
      now: { time.withLock { $0 } }, sleep: { pause in time.withLock { $0 += pause } })
    let failures = Mutex(0)
    let (client, _) = client { form async throws(TransportError) in
      let now = time.withLock { $0 }
      // Every page costs a second; from the third second to the fortieth the server is away.
      time.withLock { $0 += .seconds(1) }
      if now >= .seconds(3), now < .seconds(40) {
        failures.withLock { $0 += 1 }
        throw TransportError(.unreachable)
      }
      return QuietList.answer(form, pids: Array(1...2000))
    }
    let reader = RangeReader(
      client: client, columns: [.pid], patience: Patience(wait: .seconds(60), clock: clock))
    var seen: [Int] = []
    try await reader.read(above: 0) { page, records in
      seen += records.compactMap { page.pids[$0] }
    }
    #expect(seen.sorted() == Array(1...2000))
    #expect(failures.withLock { $0 } > 1)
  }

  @Test("an interruption ends a reading and a scan before the next request")
  func interruption() async {
    let asked = Mutex(0)
    let (client, _) = client { form in
      asked.withLock { $0 += 1 }
      return form.action == "info"
        ? Self.absent(form) : QuietList.answer(form, pids: Array(1...5000))
    }
    let reader = RangeReader(
      client: client, columns: [.pid], isInterrupted: { asked.withLock { $0 >= 3 } })
    let error = await failure { try await reader.read(above: 0) { _, _ in } }
    guard case .transport(let cause)? = error?.cause, cause.code == .cancelled else {
      Testing.Issue.record("\(String(describing: error))")
      return
    }
    #expect(asked.withLock { $0 } == 3)
    asked.withLock { $0 = 0 }
    let other = await failure { try await reader.scan(from: 0, atLeastTo: 5000) { _ in } }
    #expect(other != nil)
    #expect(asked.withLock { $0 } == 3)
  }

  // MARK: - The watermark

  @Test("the watermark is the newest contact of all lists")
  func watermark() async throws {
    let (client, transport) = client { form in
      #expect(form["order"] == "pid")
      #expect(form["first"] == "new")
      switch form["user"] {
      case nil: return .json(#"{"data":[{"pid":"70"},{"pid":12}],"count":2}"#)
      case "petrov@example.com": return .json(#"{"data":[{"pid":91}],"count":1}"#)
      default: return .json(#"{"count":0}"#)
      }
    }
    let own = RangeReader(client: client, columns: [.pid])
    #expect(try await own.highestPID() == 70)
    let all = RangeReader(
      client: client, columns: [.pid], owners: ["petrov@example.com", "idle@example.com"])
    #expect(try await all.highestPID() == 91)
    #expect(transport.forms.count == 4)
    let none = RangeReader(client: client, columns: [.pid], owners: [])
    #expect(try await none.highestPID() == 70)
  }

  @Test("an empty server has the watermark 0")
  func emptyServer() async throws {
    let (client, _) = client { _ in .json(#"{"count":0}"#) }
    #expect(try await RangeReader(client: client, columns: [.pid]).highestPID() == 0)
  }

  // MARK: - Scans

  private static func absent(_ form: FakeTransport.Form) -> HTTPReply {
    .json(#"{"data":{"pid":null,"person":null}}"#)
  }

  @Test("a scan asks from the floor on, to 200 absent ones behind the last that is known")
  func scan() async throws {
    let there: Set<Int> = [101, 103, 250, 500]
    let (client, transport) = client { form in
      guard let pid = form["pid"].flatMap({ Int($0) }), there.contains(pid) else {
        return Self.absent(form)
      }
      return .json(#"{"data":{"pid":\#(pid),"person":"Person \#(pid)"}}"#)
    }
    let reader = RangeReader(client: client, columns: [.pid, .person])
    var seen: [Int] = []
    try await reader.scan(from: 100, atLeastTo: 460) { details in
      seen.append(details.pid ?? 0)
      #expect(details.values[.person] == "Person \(details.pid ?? 0)")
    }
    #expect(seen == [101, 103, 250, 500])
    // 101 to 500, and 200 behind it.
    #expect(transport.forms.count == 600)
    #expect(transport.forms.allSatisfy { $0.action == "info" && $0["fields"] == "pid,person" })

    // Known to nobody: 250 lies within 200 of 103, 500 does not lie within 200 of 250.
    seen = []
    try await reader.scan(from: 100, atLeastTo: 0) { seen.append($0.pid ?? 0) }
    #expect(seen == [101, 103, 250])
  }

  @Test("a contact that this user may not see ends a scan, and says so")
  func forbidden() async {
    let (client, _) = client { form in form["pid"] == "7" ? .refusal(403) : Self.absent(form) }
    let reader = RangeReader(client: client, columns: [.pid])
    let error = await failure { try await reader.scan(from: 0, atLeastTo: 10) { _ in } }
    #expect(error?.isForbidden == true)
    #expect(error?.isServerDown == false)
  }

  @Test("another contact than the one asked for proves nothing")
  func wrongContact() async {
    let (client, _) = client { _ in .json(#"{"data":{"pid":8,"person":"Person 8"}}"#) }
    let reader = RangeReader(client: client, columns: [.pid, .person])
    var seen = 0
    let error = await failure { try await reader.scan(from: 6, atLeastTo: 10) { _ in seen += 1 } }
    guard case .notUnderstood? = error?.cause else {
      Testing.Issue.record("\(String(describing: error))")
      return
    }
    #expect(seen == 0)
  }
}

/// A list that does not change.
enum QuietList {
  static func answer(_ form: FakeTransport.Form, pids: [Int]) -> HTTPReply {
    let page = Int(form["offset"] ?? "") ?? 0
    let shown = pids.dropFirst(page * 200).prefix(200).map { #"{"pid":\#($0)}"# }
    return .json(#"{"data":[\#(shown.joined(separator: ","))],"count":\#(pids.count)}"#)
  }
}
