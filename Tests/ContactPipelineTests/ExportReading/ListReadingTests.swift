import CRMClient
import ContactModel
import PersonAPI
import Synchronization
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("reading a list, the next page on its way")
struct ListReadingTests {
  /// Keeps the numbers of contacts, those of pages on the way to the first before all others.
  private final class Kept: ListReading.Keeper {
    let pids = Mutex<[Int]>([])

    func prepend(_ page: PageWalk.Page, window: Int, at position: PageWalk.Position) {
      let new = Self.pids(of: page)
      pids.withLock { $0 = new + $0 }
    }

    func append(_ page: PageWalk.Page, window: Int, at position: PageWalk.Position) {
      let new = Self.pids(of: page)
      pids.withLock { $0 += new }
    }

    private static func pids(of page: PageWalk.Page) -> [Int] {
      page.records.compactMap { Int(page.batch.text(record: $0, field: 0)) }
    }
  }

  /// What has been asked for, in order.
  private enum Asked: Equatable, Sendable {
    /// A page that is handed over as it comes.
    case fetched(Int)
    /// It has come.
    case came(Int)
    /// A page that is read at once.
    case page(Int)
  }

  /// A list of which some pages come garbled the first time.
  private struct GarbledList {
    let list: LivingList
    /// What stands in each record behind its number.
    var note = ""
    let isGarbled: @Sendable (_ page: Int) -> Bool
    let asked = Recorder()

    final class Recorder: Sendable {
      let log = Mutex<[Asked]>([])
      func note(_ asked: Asked) { log.withLock { $0.append(asked) } }
    }

    func ordered(pageSize: Int) -> OrderedList {
      OrderedList(
        server: "http://fake.example", selection: ListRequest(), columns: [.pid],
        pageSize: pageSize,
        fetch: { request, columns async throws(CRMError) in
          asked.note(.fetched(request.page))
          // On its way the others have all the time to do what they must not.
          for _ in 0..<5 { await Task.yield() }
          let (pids, total) = list.page(request.page, of: 0)
          asked.note(.came(request.page))
          let records = pids.map { "{\"pid\":\($0)\(note)}" }.joined(separator: ",")
          let text = "{\"data\":[\(records)],\"count\":\(total)}"
          return .unread(
            UnreadPage(
              bytes: Array((isGarbled(request.page) ? "{\"data\":[{]}" : text).utf8),
              columns: columns, firstRecord: 1))
        },
        ask: { request, _ async throws(CRMError) in
          asked.note(.page(request.page))
          let (pids, total) = list.page(request.page, of: 0)
          return LivingList.listPage(pids, total: total)
        })
    }
  }

  private func read(_ list: OrderedList) async throws -> (pids: [Int], contacts: Int) {
    let kept = Kept()
    var reading = ListReading(
      lists: [list], columns: [.pid], positions: [PageWalk.Position()], contacts: 0)
    try await reading.run(into: kept, isInterrupted: { false }, progress: { _, _ in })
    return (kept.pids.withLock { $0 }, reading.contacts)
  }

  @Test("each page is asked for once, the one before when one has come")
  func still() async throws {
    let living = LivingList(count: 23, owners: 1, pageSize: 5, liveliest: 0, seed: 1) { _ in [] }
    let garbled = GarbledList(list: living) { _ in false }
    let (pids, contacts) = try await read(garbled.ordered(pageSize: 5))
    #expect(pids == living.state.withLock { $0.contacts.map(\.pid) })
    #expect(contacts == 23)
    let log = garbled.asked.log.withLock { $0 }
    #expect(
      log == [
        .page(0), .page(4), .fetched(3), .came(3), .fetched(2), .came(2), .fetched(1), .came(1),
        .fetched(0), .came(0), .page(4),
      ])
  }

  @Test("a page that needs no more than repair is not asked for again")
  func repaired() async throws {
    let living = LivingList(count: 23, owners: 1, pageSize: 5, liveliest: 0, seed: 1) { _ in [] }
    let list = GarbledList(list: living, note: #","person":"\А""#) { _ in false }
    let (pids, _) = try await read(list.ordered(pageSize: 5))
    #expect(pids == living.state.withLock { $0.contacts.map(\.pid) })
    #expect(list.asked.log.withLock { $0 }.filter { $0 != .page(0) && $0 != .page(4) }.count == 8)
  }

  @Test("of each of several lists one page is under way at a time")
  func several() async throws {
    let lists = (UInt64(1)...3).map { seed in
      GarbledList(
        list: LivingList(count: 40, owners: 1, pageSize: 5, liveliest: 0, seed: seed) { _ in [] }
      ) { $0 == 4 }
    }
    let kept = Kept()
    var reading = ListReading(
      lists: lists.map { $0.ordered(pageSize: 5) }, columns: [.pid],
      positions: lists.map { _ in PageWalk.Position() }, contacts: 0)
    try await reading.run(into: kept, isInterrupted: { false }, progress: { _, _ in })
    #expect(reading.contacts == 120)
    for list in lists {
      let whole = list.list.state.withLock { $0.contacts.map(\.pid) }
      #expect(Set(kept.pids.withLock { $0 }).isSuperset(of: whole))
      let log = list.asked.log.withLock { $0 }
      for page in 0..<7 where page != 3 && page != 6 {
        let came = try #require(log.lastIndex(of: .came(page + 1)))
        #expect(try #require(log.firstIndex(of: .fetched(page))) > came, "page \(page)")
      }
    }
  }

  @Test("what was asked for before a garbled page came anew is asked for again")
  func garbled() async throws {
    let living = LivingList(count: 23, owners: 1, pageSize: 5, liveliest: 0, seed: 1) { _ in [] }
    let garbled = GarbledList(list: living) { $0 == 2 || $0 == 0 }
    let (pids, _) = try await read(garbled.ordered(pageSize: 5))
    #expect(pids == living.state.withLock { $0.contacts.map(\.pid) })
    let log = garbled.asked.log.withLock { $0 }
    #expect(log.count { $0 == .fetched(1) } == 2)
    #expect(log.count { $0 == .page(2) } == 1)
    let again = try #require(log.lastIndex(of: .fetched(1)))
    #expect(try #require(log.firstIndex(of: .page(2))) < again)
    // Nothing stands before the first page, so nothing was asked for too early.
    #expect(log.count { $0 == .fetched(0) } == 1)
    #expect(log.count { $0 == .page(0) } == 2)
  }

  @Test("nothing that is there all the time is hidden, whatever comes, goes and is garbled")
  func living() async throws {
    var restless = 0
    for seed in UInt64(0)..<1500 {
      var generator = SeededGenerator(seed: seed ^ 0xBAD)
      let pageSize = Int.random(in: 1...7, using: &generator)
      let living = LivingList(
        count: Int.random(in: 0...80, using: &generator), owners: 1, pageSize: pageSize,
        liveliest: Int.random(in: 1...60, using: &generator), seed: seed
      ) { generator in
        (0..<Int.random(in: 0...2, using: &generator)).map { _ in
          Bool.random(using: &generator) ? .add : .delete
        }
      }
      let odd = Int.random(in: 2...9, using: &generator)
      let garbled = GarbledList(list: living) { ($0 &* 7 &+ Int(seed)) % odd == 0 }
      do {
        let (pids, contacts) = try await read(garbled.ordered(pageSize: pageSize))
        #expect(living.lasting(of: 0, above: 0).isSubset(of: pids), "seed \(seed)")
        #expect(pids == pids.sorted() && Set(pids).count == pids.count, "seed \(seed)")
        #expect(contacts == pids.count)
      } catch let error as CRMError {
        guard case .listKeepsChanging = error.cause else { throw error }
        restless += 1
      }
    }
    #expect(restless < 300)
  }
}
