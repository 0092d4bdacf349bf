import RunReports

/// Several spools as one: all contacts in the order of `pid`, each once.
///
/// Memory is a page of each spool. Calls block.
struct SpoolMerge {
  private struct Lane {
    let spool: RecordSpool
    var nextPage = 0
    var cursor: ContactCursor
  }

  /// About how many bytes a page has that is put together of several.
  private static let pageBytes = 1 << 17

  private var lanes: [Lane]
  private var last = 0

  /// - Parameters:
  ///   - spools: Each in the order of `pid`.
  ///   - width: How many columns the contacts have.
  ///   - pidColumn: Which of them is the identifier.
  init(_ spools: [RecordSpool], width: Int, pidColumn: Int) {
    lanes = spools.filter { $0.pageCount > 0 }.map {
      Lane(spool: $0, cursor: ContactCursor(width: width, pidColumn: pidColumn))
    }
  }

  /// The next page, which has contacts; `nil` behind the last.
  mutating func next() throws(OutputError) -> RecordSpool.Page? {
    if lanes.count == 1 { return try nextOfOne() }
    var page = RecordSpool.Page()
    while page.bytes.count < Self.pageBytes, let (lane, pid, others) = try first() {
      // Windows of dates mostly follow each other in `pid` as well: then pages go through as they are.
      if page.valueEnds.isEmpty, pid > last, let whole = lanes[lane].cursor.untouchedPage,
        let end = lanes[lane].cursor.lastPID, end < others
      {
        last = end
        lanes[lane].cursor.leave()
        return whole
      }
      if pid > last { lanes[lane].cursor.copy(to: &page) }
      last = max(last, pid)
      lanes[lane].cursor.advance()
    }
    return page.valueEnds.isEmpty ? nil : page
  }

  private mutating func nextOfOne() throws(OutputError) -> RecordSpool.Page? {
    while lanes[0].nextPage < lanes[0].spool.pageCount {
      let page = try lanes[0].spool.page(lanes[0].nextPage)
      lanes[0].nextPage += 1
      if !page.valueEnds.isEmpty { return page }
    }
    return nil
  }

  /// The lane that has the lowest identifier, that one, and the lowest of all other lanes.
  private mutating func first() throws(OutputError) -> (lane: Int, pid: Int, others: Int)? {
    var found: (lane: Int, pid: Int)?
    var others = Int.max
    for index in lanes.indices {
      while lanes[index].cursor.pid == nil, lanes[index].nextPage < lanes[index].spool.pageCount {
        lanes[index].cursor.enter(try lanes[index].spool.page(lanes[index].nextPage))
        lanes[index].nextPage += 1
      }
      guard let pid = lanes[index].cursor.pid else { continue }
      if let best = found, best.pid <= pid {
        others = min(others, pid)
      } else {
        others = min(others, found?.pid ?? Int.max)
        found = (index, pid)
      }
    }
    return found.map { ($0.lane, $0.pid, others) }
  }
}
