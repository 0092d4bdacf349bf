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

  private let client: CRMClient
  private let columns: [PersonField]
  private var request: ListRequest
  /// The next page to be read on the way to the first; `nil` before the list's length is known.
  private var backward: Int?
  /// The range of `pid`s read so far.
  private var lowest = Int.max
  private var highest = 0
  /// How many contacts the list had when it was last asked for.
  private(set) var total = 0
  private(set) var requests = 0

  init(client: CRMClient, selection: ListRequest, columns: [PersonField]) {
    self.client = client
    self.columns = columns
    request = selection
    request.order = "pid"
    request.first = .oldestFirst
    request.fields = columns
    request.wantsSocials = columns.contains { $0.socialKey != nil }
  }

  /// The next page on the way from the last to the first; `nil` when the first has been read.
  mutating func nextBackward() async throws(CRMError) -> Page? {
    if backward == nil {
      let first = try await read(0)
      total = first.total
      let last = max(0, (first.total - 1) / ListRequest.pageSize)
      guard last > 0 else {
        backward = -1
        return take(try ordered(first))
      }
      backward = last
    }
    guard let page = backward, page >= 0 else { return nil }
    backward = page - 1
    return take(try ordered(try await read(page)))
  }

  /// The next page of contacts added while the list was being read; `nil` if there are no more.
  ///
  /// Pages of one call come in the order of `pid`.
  mutating func nextForward() async throws(CRMError) -> Page? {
    let edge = highest
    var found: Page?
    // The list may have become shorter; then the page asked for is empty and names the new length.
    var page = max(0, (total - 1) / ListRequest.pageSize)
    while true {
      let list = try ordered(try await read(page))
      total = list.total
      let last = max(0, (total - 1) / ListRequest.pageSize)
      if list.records.count == 0, last < page {
        page = last
        continue
      }
      let fresh = list.pids.indices.filter { (list.pids[$0] ?? 0) > edge }
      if !fresh.isEmpty { found = Page(batch: list.records, records: fresh) }
      // Everything before the edge has been seen, so a page that reaches back to it is the first
      // with anything new; otherwise the one before has to be looked at.
      if fresh.count < list.records.count || page == 0 { break }
      if fresh.isEmpty { break }
      page -= 1
    }
    guard let found else { return nil }
    for record in found.records {
      if let pid = Int(found.batch.text(record: record, field: pidColumn)) {
        highest = max(highest, pid)
        lowest = min(lowest, pid)
      }
    }
    return found
  }

  private var pidColumn: Int { columns.firstIndex(of: .pid) ?? 0 }

  private mutating func read(_ page: Int) async throws(CRMError) -> ListPage {
    request.page = page
    requests += 1
    return try await client.list(request, columns: columns)
  }

  /// A page whose contacts are in the order asked for; anything else cannot be walked.
  private func ordered(_ page: ListPage) throws(CRMError) -> ListPage {
    var previous = 0
    for pid in page.pids {
      guard let pid, pid > previous else {
        throw CRMError(.list, server: client.server, cause: .listOutOfOrder)
      }
      previous = pid
    }
    return page
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
