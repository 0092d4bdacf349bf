import CRMClient
import ContactModel
import PersonAPI

/// Reads a whole list so that changes meanwhile can repeat a contact but never hide one.
///
/// Pages are numbered, and contacts move between them: a deletion pulls every later contact one
/// place forward, out of a page that may not have been read yet into one that has. Read from the
/// last page to the first, in the order of `pid`, a contact can only move into a page still to
/// come. What is added meanwhile stands behind the last page, so new last pages are read at the
/// end. A contact seen twice has a `pid` inside the range already read and is dropped; for that
/// two numbers are enough, whatever the list's length.
///
/// A list with conditions (an owner, a filter) can also gain a contact in its middle, when one is
/// edited; then another may move into a page already read. So whoever walks compares what was seen
/// with ``total``: fewer means that something was missed, and the walk has to be made again.
///
/// ```swift
/// var walk = PageWalk(list: list, columns: columns)
/// while let page = try await walk.nextBackward() { … }     // last page first
/// while let page = try await walk.nextForward() { … }      // then what has been added
/// ```
struct PageWalk {
  /// The contacts of a page that had not been seen before, in the order of `pid`.
  struct Page: Sendable {
    var batch: RecordBatch
    /// The indexes in ``batch`` of the contacts that are new.
    var records: [Int]
  }

  /// How far a walk has come: all that is needed to go on, even days later.
  ///
  /// Deletions meanwhile only move contacts towards the first page, where the walk has not been, and
  /// additions stand behind the last.
  struct Position: Sendable, Equatable {
    /// The next page to be read on the way to the first; `nil` before the list's length is known.
    var backward: Int?
    /// The range of `pid`s read so far.
    var lowest = Int.max
    var highest = 0
    /// How many contacts the list had when it was last asked for, up to the last one that was handed over.
    ///
    /// What stands behind that has come meanwhile, and is not missed.
    var total = 0
  }

  private let pages: OrderedList
  private let columns: [PersonField]
  private(set) var position: Position

  /// - Parameters:
  ///   - list: The list.
  ///   - columns: The columns of its pages.
  ///   - position: Where an earlier walk through the same list has come to.
  init(list: OrderedList, columns: [PersonField], position: Position = Position()) {
    pages = list
    self.columns = columns
    self.position = position
  }

  /// How many contacts the list had; see ``Position/total``.
  var total: Int { position.total }

  /// The next page on the way from the last to the first; `nil` when the first has been read.
  mutating func nextBackward() async throws(CRMError) -> Page? {
    if position.backward == nil {
      let first = try await pages.page(0)
      position.total = first.total
      let last = pages.lastPage(of: first.total)
      guard last > 0 else {
        position.backward = -1
        return take(first)
      }
      position.backward = last
    }
    guard let page = nextPage else { return nil }
    return try take(try await pages.page(page), number: page)
  }

  /// The number of the next page on the way to the first; `nil` where there is none, or the list's length is not
  /// known.
  var nextPage: Int? { position.backward.flatMap { $0 < 0 ? nil : $0 } }

  /// Asks for a page on the way to the first, whose contacts ``take(_:number:)`` wants once those of the page
  /// behind it have been taken.
  func fetch(_ number: Int) async throws(CRMError) -> FetchedPage {
    try await pages.fetched(number)
  }

  /// Takes the page ``nextPage``, which has come.
  ///
  /// - Returns: Its contacts, and whether it had to be asked for again: then what was asked for after it proves
  ///   nothing any more.
  mutating func take(
    _ fetched: FetchedPage, number: Int
  ) async throws(CRMError) -> (page: Page, isAskedAgain: Bool) {
    let (list, isAskedAgain) = try await pages.page(number, of: fetched)
    return (try take(list, number: number), isAskedAgain)
  }

  private mutating func take(_ list: ListPage, number page: Int) throws(CRMError) -> Page {
    position.backward = page - 1
    // A page before the last has contacts, unless so many were deleted that it is no more before the last.
    guard list.pids.count > 0 || page >= pages.lastPage(of: list.total) else {
      throw pages.failure(.listKeepsChanging)
    }
    return take(list)
  }

  /// The next page of contacts added while the list was being read; `nil` if there are no more.
  ///
  /// Pages of one call come in the order of `pid`.
  mutating func nextForward() async throws(CRMError) -> Page? {
    try await nextForward(attempts: 8)
  }

  private mutating func nextForward(attempts: Int) async throws(CRMError) -> Page? {
    guard attempts > 0 else { throw pages.failure(.listKeepsChanging) }
    var page = pages.lastPage(of: position.total)
    var list = try await pages.page(page)
    // The list may have shrunk since it was last asked for, or grown beyond the page.
    while page > pages.lastPage(of: list.total) {
      page = pages.lastPage(of: list.total)
      list = try await pages.page(page)
    }
    while fresh(list).records.isEmpty, page < pages.lastPage(of: list.total) {
      page += 1
      list = try await pages.page(page)
    }
    position.total = list.total
    // Back to the first page that has anything new: it reaches back to contacts that have been seen, or
    // what lies before it does.
    var (found, foundPage) = (fresh(list), page)
    while found.records.count == list.records.count, !found.records.isEmpty, page > 0 {
      page -= 1
      list = try await pages.page(page)
      // So much was deleted meanwhile that the list ends before this page: begin again.
      if list.records.count == 0 { return try await nextForward(attempts: attempts - 1) }
      let before = fresh(list)
      if before.records.isEmpty { break }
      (found, foundPage) = (before, page)
    }
    guard let last = found.records.last else { return nil }
    if let pid = Int(found.batch.text(record: last, field: pidColumn)) { position.highest = pid }
    position.total = foundPage * pages.pageSize + last + 1
    return found
  }

  /// The contacts of a page that lie behind everything read so far.
  private func fresh(_ list: ListPage) -> Page {
    Page(
      batch: list.records,
      records: list.pids.indices.filter { (list.pids[$0] ?? 0) > position.highest })
  }

  private var pidColumn: Int { columns.firstIndex(of: .pid) ?? 0 }

  /// Keeps what lies before everything read so far.
  private mutating func take(_ page: ListPage) -> Page {
    let records = page.pids.indices.filter { (page.pids[$0] ?? 0) < position.lowest }
    for pid in page.pids.compactMap({ $0 }) {
      position.highest = max(position.highest, pid)
    }
    position.lowest = min(position.lowest, page.pids.compactMap { $0 }.first ?? position.lowest)
    return Page(batch: page.records, records: records)
  }
}
