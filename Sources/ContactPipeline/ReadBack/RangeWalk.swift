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
/// that has been. Then the list has grown, or as many left it, and the seam is read once more from the
/// other side, until there is rest: no identifier lies in the seam, or the list's length has not
/// changed, or the upper page begins with the same contact before and after.
struct RangeWalk {
  /// How often what has been added meanwhile is read.
  static let rounds = 8
  /// How often the same place is read again before the list counts as never resting.
  static let attempts = 50

  private let list: OrderedList
  private let floor: Int
  /// The highest identifier read so far.
  private var highest: Int
  /// How long the list was when it was last read.
  private var total = 0
  /// The page read last, and the identifiers of the two before it: they are not handed over again.
  private var recent: [[Int]] = []

  /// A page as it was read.
  private struct Reading {
    var number: Int
    var pids: [Int]
    var total: Int
    /// Whether there is no page behind it.
    var isLast: Bool
  }

  init(list: OrderedList, floor: Int) {
    self.list = list
    self.floor = floor
    highest = floor
  }

  /// Walks.
  ///
  /// - Throws: `CRMError`, and what `page` throws.
  mutating func run(_ page: (ListPage, [Int]) async throws -> Void) async throws {
    // Where the list ends is not known yet, and page 0 may be all there is.
    let first = try await read(0, above: floor, page)
    var bottom = floor
    var isFirst = true
    for _ in 0..<Self.rounds {
      let before = highest
      let requests =
        isFirst && first.isLast ? 1 : try await pass(above: bottom, page)
      isFirst = false
      // Nothing can have come while a single page was read.
      guard requests > 1, highest > before || bottom == floor else { return }
      bottom = highest
    }
  }

  /// Reads from the end of the list to a `pid`.
  ///
  /// - Returns: How many pages were read.
  private mutating func pass(
    above bottom: Int, _ page: (ListPage, [Int]) async throws -> Void
  ) async throws -> Int {
    var requests = 1
    var upper = try await read(list.lastPage(of: total), above: bottom, page)
    while !upper.isLast {
      guard requests < Self.attempts else { throw list.failure(.listKeepsChanging) }
      upper = try await read(list.lastPage(of: upper.total), above: bottom, page)
      requests += 1
    }
    while upper.number > 0, let first = upper.pids.first, first > bottom {
      upper = try await readBelow(upper, above: bottom, &requests, page)
    }
    return requests
  }

  /// Reads the page below another, and both until nothing can hide between them.
  private mutating func readBelow(
    _ page: Reading, above bottom: Int, _ requests: inout Int,
    _ handOver: (ListPage, [Int]) async throws -> Void
  ) async throws -> Reading {
    var upper = page
    for _ in 0..<Self.attempts {
      let number = min(upper.number - 1, list.lastPage(of: total))
      let lower = try await read(number, above: bottom, handOver)
      requests += 1
      if isClosed(lower, upper) || lower.total == upper.total { return lower }
      let again = try await read(upper.number, above: bottom, handOver)
      requests += 1
      // The list has become so short that there is no such page: it is read from its end again.
      guard !again.pids.isEmpty else { continue }
      if isClosed(lower, again) || again.total == lower.total
        || again.pids.first == upper.pids.first
      {
        return lower
      }
      upper = again
    }
    throw list.failure(.listKeepsChanging)
  }

  /// Whether no identifier lies between two pages.
  private func isClosed(_ lower: Reading, _ upper: Reading) -> Bool {
    guard let last = lower.pids.last, let first = upper.pids.first else { return lower.isLast }
    return lower.isLast || first <= last + 1
  }

  /// Reads a page whole and hands over what it has above a `pid`.
  ///
  /// A page that has fewer contacts than the length of its list demands was caught in a change, and
  /// is read again.
  private mutating func read(
    _ number: Int, above bottom: Int, _ handOver: (ListPage, [Int]) async throws -> Void
  ) async throws -> Reading {
    for _ in 0..<Self.attempts {
      let page = try await list.page(number)
      total = page.total
      let pids = page.pids.compactMap { $0 }
      guard pids.count == min(list.pageSize, max(0, page.total - number * list.pageSize)) else {
        continue
      }
      let records = pids.indices.filter { index in
        pids[index] > bottom && !recent.contains { $0.contains(pids[index]) }
      }
      highest = max(highest, pids.last ?? 0)
      recent = recent.suffix(2) + [pids]
      if !records.isEmpty { try await handOver(page, records) }
      return Reading(
        number: number, pids: pids, total: page.total,
        isLast: number >= list.lastPage(of: page.total))
    }
    throw list.failure(.listKeepsChanging)
  }
}
