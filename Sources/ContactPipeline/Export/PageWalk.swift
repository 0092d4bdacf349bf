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
/// var walk = PageWalk(client: client, request: request, columns: columns)
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

  private let pages: OrderedList
  private let columns: [PersonField]
  /// The next page to be read on the way to the first; `nil` before the list's length is known.
  private var backward: Int?
  /// The range of `pid`s read so far.
  private var lowest = Int.max
  private var highest = 0
  /// How many contacts the list had when it was last asked for, up to the last one that was handed over.
  ///
  /// What stands behind that has come meanwhile, and is not missed.
  private(set) var total = 0
  private(set) var requests = 0

  init(client: CRMClient, selection: ListRequest, columns: [PersonField]) {
    pages = OrderedList(client: client, selection: selection, columns: columns)
    self.columns = columns
  }

  /// The next page on the way from the last to the first; `nil` when the first has been read.
  mutating func nextBackward() async throws(CRMError) -> Page? {
    if backward == nil {
      let first = try await read(0)
      total = first.total
      let last = pages.lastPage(of: first.total)
      guard last > 0 else {
        backward = -1
        return take(first)
      }
      backward = last
    }
    guard let page = backward, page >= 0 else { return nil }
    backward = page - 1
    return take(try await read(page))
  }

  /// The next page of contacts added while the list was being read; `nil` if there are no more.
  ///
  /// Pages of one call come in the order of `pid`.
  mutating func nextForward() async throws(CRMError) -> Page? {
    var page = pages.lastPage(of: total)
    var list = try await read(page)
    // The list may have shrunk since it was last asked for, or grown beyond the page.
    while page > pages.lastPage(of: list.total) {
      page = pages.lastPage(of: list.total)
      list = try await read(page)
    }
    while fresh(list).records.isEmpty, page < pages.lastPage(of: list.total) {
      page += 1
      list = try await read(page)
    }
    total = list.total
    // Back to the first page that has anything new: it reaches back to contacts that have been seen, or
    // what lies before it does.
    var (found, foundPage) = (fresh(list), page)
    while found.records.count == list.records.count, !found.records.isEmpty, page > 0 {
      page -= 1
      list = try await read(page)
      // So much was deleted meanwhile that the list ends before this page: begin again.
      if list.records.count == 0 { return try await nextForward() }
      let before = fresh(list)
      if before.records.isEmpty { break }
      (found, foundPage) = (before, page)
    }
    guard let last = found.records.last else { return nil }
    if let pid = Int(found.batch.text(record: last, field: pidColumn)) { highest = pid }
    total = foundPage * pages.pageSize + last + 1
    return found
  }

  /// The contacts of a page that lie behind everything read so far.
  private func fresh(_ list: ListPage) -> Page {
    Page(
      batch: list.records,
      records: list.pids.indices.filter { (list.pids[$0] ?? 0) > highest })
  }

  private var pidColumn: Int { columns.firstIndex(of: .pid) ?? 0 }

  private mutating func read(_ page: Int) async throws(CRMError) -> ListPage {
    requests += 1
    return try await pages.page(page)
  }

  /// Keeps what lies before everything read so far.
  private mutating func take(_ page: ListPage) -> Page {
    let records = page.pids.indices.filter { (page.pids[$0] ?? 0) < lowest }
    for pid in page.pids.compactMap({ $0 }) {
      highest = max(highest, pid)
    }
    lowest = min(lowest, page.pids.compactMap { $0 }.first ?? lowest)
    return Page(batch: page.records, records: records)
  }
}
