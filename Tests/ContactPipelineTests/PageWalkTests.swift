import CRMClient
import ContactModel
import PersonAPI
import Synchronization
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("page walk")
struct PageWalkTests {
  /// A list of contacts that changes between the requests for its pages.
  private final class ChangingList: Sendable {
    struct State {
      var pids: [Int]
      var next: Int
      /// Those that have been there all the time.
      var lasting: Set<Int>
      var generator: SeededGenerator
      var requests = 0
    }

    let state: Mutex<State>
    private let liveliness: Int

    init(count: Int, liveliness: Int, seed: UInt64) {
      // Gaps, as in a real list.
      let pids = (0..<count).map { 1000 + $0 * 3 }
      self.liveliness = liveliness
      state = Mutex(
        State(
          pids: pids, next: 1000 + count * 3, lasting: Set(pids),
          generator: SeededGenerator(seed: seed)))
    }

    func answer(_ form: FakeTransport.Form) -> HTTPReply {
      state.withLock { state in
        let page = Int(form["offset"] ?? "") ?? 0
        let shown = state.pids.dropFirst(page * 200).prefix(200)
        let records = shown.map { #"{"pid":\#($0),"person":"Person \#($0)"}"# }
        let data = records.isEmpty ? "" : #""data":[\#(records.joined(separator: ","))],"#
        let reply = HTTPReply.json(#"{\#(data)"count":\#(state.pids.count)}"#)
        state.requests += 1
        // The list rests after a while, as otherwise there would always be more to read.
        if state.requests < 40 { change(&state) }
        return reply
      }
    }

    private func change(_ state: inout State) {
      guard liveliness > 0 else { return }
      for _ in 0..<Int.random(in: 0...liveliness, using: &state.generator) {
        if Bool.random(using: &state.generator), !state.pids.isEmpty {
          // Runs of neighbors too, so that whole pages move.
          let start = Int.random(in: 0..<state.pids.count, using: &state.generator)
          let count = Int.random(in: 1...60, using: &state.generator)
          for pid in state.pids[start...].prefix(count) { state.lasting.remove(pid) }
          state.pids.removeSubrange(start..<min(start + count, state.pids.count))
        } else {
          for _ in 0..<Int.random(in: 1...60, using: &state.generator) {
            state.pids.append(state.next)
            state.next += Int.random(in: 1...2, using: &state.generator)
          }
        }
      }
    }
  }

  private func walk(_ list: ChangingList) async throws -> (backward: [[Int]], forward: [[Int]]) {
    let client = CRMClient(
      server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
      transport: FakeTransport { list.answer($0) })
    var walk = PageWalk(client: client, columns: [.pid, .person])
    var backward: [[Int]] = []
    var forward: [[Int]] = []
    let pids = { (page: PageWalk.Page) in
      page.records.compactMap { Int(page.batch.text(record: $0, field: 0)) }
    }
    while let page = try await walk.nextBackward() { backward.append(pids(page)) }
    while let page = try await walk.nextForward() { forward.append(pids(page)) }
    return (backward, forward)
  }

  @Test("a list at rest comes whole, in order", arguments: [0, 1, 199, 200, 201, 400, 1001])
  func listAtRest(count: Int) async throws {
    let list = ChangingList(count: count, liveliness: 0, seed: 1)
    let (backward, forward) = try await walk(list)
    let read: [Int] = backward.reversed().flatMap { $0 }
    let wanted: [Int] = (0..<count).map { 1000 + $0 * 3 }
    #expect(read == wanted)
    #expect(forward.isEmpty)
  }

  @Test(
    "changes meanwhile hide no contact and repeat none", arguments: 0..<150 as Range<UInt64>)
  func changingList(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...2000, using: &generator)
    let liveliness = Int.random(in: 1...8, using: &generator)
    let list = ChangingList(count: count, liveliness: liveliness, seed: seed)
    let (backward, forward) = try await walk(list)
    let read: [Int] = (backward.reversed() + forward).flatMap { $0 }
    #expect(read == read.sorted(), "in order, seed \(seed)")
    #expect(Set(read).count == read.count, "none twice, seed \(seed)")
    let state = list.state.withLock { $0 }
    #expect(state.lasting.subtracting(read).isEmpty, "none hidden, seed \(seed)")
    // The list was at rest when the walk ended, so what was added is there, too; provided that no
    // whole page of it was deleted between two requests.
    if state.requests > 40, liveliness <= 3 {
      #expect(Set(state.pids).subtracting(read).isEmpty, "new ones too, seed \(seed)")
    }
  }

  @Test(
    "what is added while the list is read comes at the end", arguments: [1, 100, 200, 399, 400])
  func additions(count: Int) async throws {
    let requests = Mutex(0)
    let client = CRMClient(
      server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
      transport: FakeTransport { form in
        let number = requests.withLock { number in
          number += 1
          return number
        }
        // Five more stand there as soon as the length has been asked for.
        let total = number == 1 ? count : count + 5
        let page = Int(form["offset"] ?? "") ?? 0
        let shown = (0..<total).dropFirst(page * 200).prefix(200)
        let records = shown.map { #"{"pid":\#($0 + 1)}"# }.joined(separator: ",")
        return .json(#"{"data":[\#(records)],"count":\#(total)}"#)
      })
    var walk = PageWalk(client: client, columns: [.pid])
    var read = 0
    while let page = try await walk.nextBackward() { read += page.records.count }
    while let page = try await walk.nextForward() { read += page.records.count }
    #expect(read == count + 5)
  }

  @Test("a contact added to a list of whole pages is found", arguments: [200, 400])
  func additionToWholePages(count: Int) async throws {
    let list = ChangingList(count: count, liveliness: 0, seed: 1)
    let client = CRMClient(
      server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
      transport: FakeTransport { list.answer($0) })
    var walk = PageWalk(client: client, columns: [.pid, .person])
    var seen = 0
    while let page = try await walk.nextBackward() { seen += page.records.count }
    list.state.withLock { $0.pids.append($0.next) }
    let page = try #require(try await walk.nextForward())
    #expect(page.records.count == 1)
    let more = try await walk.nextForward()
    #expect(more?.records.isEmpty ?? true)
    #expect(seen == count)
    #expect(walk.total == count + 1)
  }

  @Test("a list that is not in the order asked for is refused")
  func disorder() async throws {
    let client = CRMClient(
      server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
      transport: FakeTransport { _ in .json(#"{"data":[{"pid":2},{"pid":1}],"count":2}"#) })
    var walk = PageWalk(client: client, columns: [.pid])
    do {
      _ = try await walk.nextBackward()
      Testing.Issue.record("the list was taken")
    } catch {
      guard case .listOutOfOrder = error.cause else {
        Testing.Issue.record("\(error)")
        return
      }
    }
  }
}

extension PageWalk {
  /// A walk through all contacts.
  fileprivate init(client: CRMClient, columns: [PersonField]) {
    self.init(
      list: OrderedList(client: client, selection: ListRequest(), columns: columns),
      columns: columns)
  }
}
