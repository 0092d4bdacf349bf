import CRMClient
import ContactModel
import PersonAPI
import Synchronization
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("walking a range")
struct RangeWalkTests {
  /// What a walk came to.
  private struct Walked {
    var seen: [Int] = []
    var pages = 0
    var requests = 0
    /// Whether it gave up.
    var isRestless = false
  }

  private func walk(_ list: LivingList, above floor: Int) async throws -> Walked {
    var walk = RangeWalk(list: list.list, floor: floor)
    var walked = Walked()
    do {
      try await walk.run { page, records in
        walked.pages += 1
        walked.seen += records.compactMap { page.pids[$0] }
      }
    } catch let error as CRMError {
      guard case .listKeepsChanging = error.cause else { throw error }
      walked.isRestless = true
    }
    walked.requests = walk.requests
    return walked
  }

  /// Walks through lists of all sizes and checks that nothing that lasts is hidden.
  ///
  /// - Returns: How many of the walks gave up.
  private func check(
    seeds: Range<UInt64>, _ choice: @escaping LivingList.Choice
  ) async throws -> Int {
    var restless = 0
    for seed in seeds {
      var generator = SeededGenerator(seed: seed ^ 0x5EED)
      let list = LivingList(
        count: Int.random(in: 0...80, using: &generator),
        owners: Int.random(in: 1...4, using: &generator),
        pageSize: Int.random(in: 1...7, using: &generator),
        liveliest: Int.random(in: 1...200, using: &generator), seed: seed, choice: choice)
      let pids = list.state.withLock { $0.contacts.map(\.pid) }
      let floor = Int.random(in: 0...max(1, pids.last ?? 1), using: &generator)
      let walked = try await walk(list, above: floor)
      if walked.isRestless {
        restless += 1
        continue
      }
      let hidden = list.lasting(of: 0, above: floor).subtracting(walked.seen)
      #expect(hidden.isEmpty, "seed \(seed)")
      let strangers = walked.seen.filter { $0 <= floor }
      #expect(strangers.isEmpty, "seed \(seed)")
      let invented = list.state.withLock { $0.ever.isSuperset(of: walked.seen) }
      #expect(invented, "seed \(seed)")
    }
    return restless
  }

  @Test("nothing is hidden by what is added, deleted or leaves", arguments: 0..<20 as Range<UInt64>)
  func additionsAndLosses(part: UInt64) async throws {
    let restless = try await check(seeds: part * 100..<part * 100 + 100) { generator in
      (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        [.add, .delete, .leave][Int.random(in: 0..<3, using: &generator)]
      }
    }
    #expect(restless == 0)
  }

  @Test(
    "nothing is hidden by what enters, if nothing leaves at the same time",
    arguments: 0..<20 as Range<UInt64>)
  func entries(part: UInt64) async throws {
    let restless = try await check(seeds: part * 100..<part * 100 + 100) { generator in
      let isGaining = Bool.random(using: &generator)
      return (0..<Int.random(in: 0...2, using: &generator)).compactMap { _ in
        LivingList.Change.allCases.filter { $0.isGain == isGaining }
          .randomElement(using: &generator)
      }
    }
    #expect(restless <= 5, "\(restless)")
  }

  @Test("one entry at a time, now and then, is never missed", arguments: 0..<10 as Range<UInt64>)
  func rareEntries(part: UInt64) async throws {
    let restless = try await check(seeds: part * 100..<part * 100 + 100) { generator in
      Int.random(in: 0..<4, using: &generator) == 0
        ? [Bool.random(using: &generator) ? .enter : .leave] : []
    }
    #expect(restless == 0)
  }

  @Test("whatever happens, a walk ends", arguments: 0..<5 as Range<UInt64>)
  func anything(part: UInt64) async throws {
    for seed in part * 100..<part * 100 + 100 {
      let list = LivingList(
        count: 60, owners: 2, pageSize: 5, liveliest: .max, seed: seed
      ) { generator in
        (0..<2).compactMap { _ in LivingList.Change.allCases.randomElement(using: &generator) }
      }
      let walked = try await walk(list, above: 0)
      #expect(walked.requests < 2000, "seed \(seed)")
    }
  }

  @Test("a list at rest is read once, in order from its end", arguments: [0, 1, 4, 5, 6, 25, 26])
  func rest(count: Int) async throws {
    let list = LivingList(count: count, owners: 1, pageSize: 5, liveliest: 0, seed: 7) { _ in [] }
    let pids = list.state.withLock { $0.contacts.map(\.pid) }
    let walked = try await walk(list, above: 0)
    #expect(walked.seen.sorted() == pids)
    // Page 0 for the length, every page, and the last one again.
    let pages = max(1, (count + 4) / 5)
    #expect(walked.requests <= pages + 2)
  }

  @Test("only the pages above the floor are read")
  func onlyAbove() async throws {
    let list = LivingList(count: 1000, owners: 1, pageSize: 10, liveliest: 0, seed: 7) { _ in [] }
    let pids = list.state.withLock { $0.contacts.map(\.pid) }
    let walked = try await walk(list, above: pids[974])
    #expect(Set(walked.seen) == Set(pids[975...]))
    // The first page, three that hold the 25, and one more look at the end.
    #expect(walked.requests == 5)
    let none = try await walk(list, above: pids[999])
    #expect(none.seen.isEmpty)
    #expect(none.requests == 2)
  }

  @Test("what is added while the range is read is read, too")
  func additions() async throws {
    let list = LivingList(count: 50, owners: 1, pageSize: 5, liveliest: 8, seed: 3) { _ in [.add] }
    let walked = try await walk(list, above: 0)
    let all = list.state.withLock { Set($0.contacts.map(\.pid)) }
    #expect(all.count > 50)
    #expect(Set(walked.seen) == all)
  }

  @Test("memory is a page: a long range comes page by page")
  func longRange() async throws {
    let list = OrderedList(
      server: "http://fake.example", selection: ListRequest(), columns: [.pid]
    ) { request, _ async throws(CRMError) in
      let pids = (1...1_000_000).dropFirst(request.page * 200).prefix(200)
      return LivingList.listPage(Array(pids), total: 1_000_000)
    }
    var walk = RangeWalk(list: list, floor: 800_000)
    var seen = 0
    var largest = 0
    try await walk.run { page, records in
      seen += records.count
      largest = max(largest, page.pids.count)
    }
    #expect(seen == 200_000)
    #expect(largest == 200)
    #expect(walk.requests == 1002)
  }

  @Test("a page shorter than its list demands proves nothing")
  func shortPage() async throws {
    let list = OrderedList(
      server: "http://fake.example", selection: ListRequest(), columns: [.pid], pageSize: 5
    ) { _, _ async throws(CRMError) in LivingList.listPage([1, 2, 3], total: 5) }
    var walk = RangeWalk(list: list, floor: 0)
    var handed = 0
    do {
      try await walk.run { _, _ in handed += 1 }
      Testing.Issue.record("the page was taken")
    } catch let error as CRMError {
      guard case .listKeepsChanging = error.cause else {
        Testing.Issue.record("\(error)")
        return
      }
    }
    #expect(handed == 0)
  }
}
