import CRMClient
import ContactModel
import PersonAPI

/// The way through one list above a `pid`: from its last page back to the one that reaches the floor,
/// then again for what has been added.
///
/// Every page is the whole truth, at one moment, about the identifiers from its first to its last; the
/// last page about all behind it, page 0 about all before it. So a contact that is there all the time
/// can hide only between a page and the one read before it, in the *seam* between the last identifier
/// of the one and the first of the other. A deletion moves it down, into the page still to be read. An
/// edit that brings another contact into the list moves it up, out of the page to be read into the one
/// that has been. Then the list has grown, unless as many left it between the same two requests; and
/// where its length has changed and a seam is open, the upper page is read once more.
struct RangeWalk {
  /// How often what has been added meanwhile is read.
  static let rounds = 8
  /// How often the same place is read again before the list counts as never resting.
  static let attempts = 50

  /// Takes a page and the indexes of its records that are wanted.
  typealias Taker = (ListPage, [Int]) async throws -> Void

  /// A page as it was read.
  private struct Reading {
    var number: Int
    var pids: [Int]
    /// How often the list had grown and shrunk by then, from one request to the next.
    var changes: Changes
    /// Whether there was no page behind it.
    var isLast: Bool

    var first: Int { pids.first ?? 0 }

    /// Whether this page, read again after the one below it, shows that nothing hides between them.
    ///
    /// Growth and then loss may be one that came and moved the seam's contact up, and one that went and
    /// moved it back; then this page begins as before and shows nothing.
    func clears(_ before: Reading, _ below: Reading) -> Bool {
      guard number == before.number, number == below.number + 1 else { return false }
      if changes == below.changes { return true }
      let isDoubtful =
        below.changes.growths > before.changes.growths && changes.losses > below.changes.losses
      return first == before.first && !isDoubtful
    }

    /// Whether it tells about all identifiers from its first to one below `edge`.
    func reaches(_ edge: Int) -> Bool {
      isLast || (pids.last.map { $0 + 1 >= edge } ?? false)
    }
  }

  private struct Changes: Equatable {
    var growths = 0
    var losses = 0
  }

  private let list: OrderedList
  private let floor: Int
  /// The highest identifier read so far.
  private var highest: Int
  /// How long the list was when it was last read.
  private var total = 0
  private var changes = Changes()
  /// The identifiers of the last few pages; they are not handed over again.
  private var recent: [Set<Int>] = []
  private(set) var requests = 0

  init(list: OrderedList, floor: Int) {
    self.list = list
    self.floor = floor
    highest = floor
  }

  /// Walks.
  ///
  /// - Throws: `CRMError`, and what `take` throws.
  mutating func run(_ take: Taker) async throws {
    // Where the list ends is not known yet; page 0 tells, and may be all there is.
    let (page, first) = try await read(0)
    if first.isLast { return try await handOver(page, first, above: floor, take) }
    var bottom = floor
    for round in 0..<Self.rounds {
      let before = (highest: highest, requests: requests)
      try await pass(above: bottom, take)
      // Nothing can have been added while a single page was read.
      if requests == before.requests + 1 { return }
      if round > 0, highest == before.highest { return }
      bottom = highest
    }
  }

  /// Reads from the end of the list down to a `pid`.
  private mutating func pass(above bottom: Int, _ take: Taker) async throws {
    var upper = try await read(list.lastPage(of: total), above: bottom, take)
    for _ in 0..<Self.attempts where !upper.isLast {
      upper = try await read(list.lastPage(of: total), above: bottom, take)
    }
    guard upper.isLast else { throw list.failure(.listKeepsChanging) }
    // All that was there all the time, from this identifier on, has been handed over.
    var edge = upper.first
    while upper.number > 0, edge > bottom + 1 {
      upper = try await goDown(from: upper, &edge, above: bottom, take)
    }
  }

  /// Reads the page below another, and both until nothing can hide between them.
  ///
  /// - Returns: The page below.
  private mutating func goDown(
    from page: Reading, _ edge: inout Int, above bottom: Int, _ take: Taker
  ) async throws -> Reading {
    var upper = page
    for _ in 0..<Self.attempts {
      let number = max(0, min(upper.number - 1, list.lastPage(of: total)))
      let lower = try await read(number, above: bottom, take)
      // The list has become so short that there is no such page: on from its new end.
      if lower.pids.isEmpty, number > 0 { continue }
      if lower.reaches(edge) || lower.changes == upper.changes {
        edge = min(edge, lower.first)
        return lower
      }
      var again = try await read(upper.number, above: bottom, take)
      // So many may have come that the edge is not on this page any more.
      while !again.pids.isEmpty, !again.reaches(edge) {
        again = try await read(again.number + 1, above: bottom, take)
      }
      if again.pids.isEmpty { continue }
      edge = min(edge, again.first)
      if lower.reaches(edge) || again.clears(upper, lower) {
        edge = min(edge, lower.first)
        return lower
      }
      upper = again
    }
    throw list.failure(.listKeepsChanging)
  }

  /// Reads a page and hands over what it has above a `pid`.
  private mutating func read(
    _ number: Int, above bottom: Int, _ take: Taker
  ) async throws -> Reading {
    let (page, reading) = try await read(number)
    try await handOver(page, reading, above: bottom, take)
    return reading
  }

  private mutating func handOver(
    _ page: ListPage, _ reading: Reading, above bottom: Int, _ take: Taker
  ) async throws {
    let records = reading.pids.indices.filter { index in
      let pid = reading.pids[index]
      return pid > bottom && !recent.contains { $0.contains(pid) }
    }
    highest = max(highest, reading.pids.last ?? 0)
    recent = recent.suffix(2) + [Set(reading.pids)]
    if !records.isEmpty { try await take(page, records) }
  }

  /// Reads a page whole.
  ///
  /// A page with another number of contacts than the length of its list demands was caught in a
  /// change, and is read again.
  private mutating func read(_ number: Int) async throws(CRMError) -> (ListPage, Reading) {
    for _ in 0..<Self.attempts {
      requests += 1
      let page = try await list.page(number)
      if requests > 1, page.total > total { changes.growths += 1 }
      if requests > 1, page.total < total { changes.losses += 1 }
      total = page.total
      let pids = page.pids.compactMap { $0 }
      guard pids.count == min(list.pageSize, max(0, page.total - number * list.pageSize)) else {
        continue
      }
      let isLast = number == list.lastPage(of: page.total)
      return (page, Reading(number: number, pids: pids, changes: changes, isLast: isLast))
    }
    throw list.failure(.listKeepsChanging)
  }
}
