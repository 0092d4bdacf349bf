import RunReports

/// Goes through sorted runs of contacts at once, and so in the order of all of them.
///
/// Each contact of a run has its key behind its values. Of each run one page is in memory; a heap
/// says which of them has the contact that comes next. Contacts that compare equal come in the order
/// of their runs. Calls block.
struct RunMerge {
  /// The pages of a run, in order.
  typealias Run = [SpoolPart]

  private struct Source {
    /// The pages that have not been read.
    var rest: ArraySlice<SpoolPart>
    var page: RecordSpool.Page
    /// Which contact of the page comes next.
    var contact = 0
    /// The beginning of its key.
    var prefix: UInt64 = 0
  }

  private let order: ExportOrder
  private let width: Int
  private var sources: [Source] = []
  /// Indexes of the sources that have a contact left; none stands before the one at half its place.
  private var heap: [Int] = []

  /// Begins at the first contact of every run.
  ///
  /// - Parameters:
  ///   - runs: The runs.
  ///   - spool: Where they are kept.
  ///   - order: The order in which each of them is.
  ///   - width: How many values a contact has, without its key.
  /// - Throws: `OutputError` if a page cannot be read back.
  init(
    of runs: ArraySlice<Run>, in spool: RecordSpool, order: ExportOrder, width: Int
  ) throws(OutputError) {
    self.order = order
    self.width = width
    for run in runs {
      guard let first = run.first else { continue }
      sources.append(Source(rest: run.dropFirst(), page: try spool.read(first)))
    }
    heap = Array(sources.indices)
    for source in sources.indices { sources[source].prefix = order.prefix(of: key(of: source)) }
    for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
  }

  /// The next contacts.
  ///
  /// - Parameters:
  ///   - spool: Where the runs are kept.
  ///   - size: How large a page is to be.
  ///   - keepsKeys: Whether the contacts keep their keys, to be merged again.
  /// - Returns: A page, at least of one contact; `nil` behind the last.
  /// - Throws: `OutputError` if a page cannot be read back.
  mutating func next(
    from spool: RecordSpool, size: Int, keepsKeys: Bool
  ) throws(OutputError) -> RecordSpool.Page? {
    var page = RecordSpool.Page()
    while page.size < size, let source = heap.first {
      let start = sources[source].contact * (width + 1)
      let end = start + width + (keepsKeys ? 1 : 0)
      page.append(values: start..<end, of: sources[source].page)
      try advance(source, in: spool)
      sink(0)
    }
    return page.valueEnds.isEmpty ? nil : page
  }

  /// Goes on to the next contact of the source at the top of the heap; at its end takes it away.
  private mutating func advance(
    _ source: Int, in spool: RecordSpool
  ) throws(OutputError) {
    sources[source].contact += 1
    if sources[source].contact * (width + 1) == sources[source].page.valueEnds.count {
      sources[source].contact = 0
      guard let next = sources[source].rest.popFirst() else {
        sources[source].page = RecordSpool.Page()
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        return
      }
      sources[source].page = try spool.read(next)
    }
    sources[source].prefix = order.prefix(of: key(of: source))
  }

  /// Moves a source down the heap, to behind all that precede it.
  private mutating func sink(_ place: Int) {
    var parent = place
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
      guard precedes(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let (prefix, other) = (sources[left].prefix, sources[right].prefix)
    guard prefix == other else { return prefix < other }
    let difference = key(of: left).withUnsafeBytes { leftKey in
      key(of: right).withUnsafeBytes { rightKey in order.compare(leftKey, rightKey) }
    }
    return difference == 0 ? left < right : difference < 0
  }

  /// The key of the contact that comes next in a source.
  private func key(of source: Int) -> ArraySlice<UInt8> {
    let value = sources[source].contact * (width + 1) + width
    return sources[source].page.bytes[sources[source].page.range(ofValue: value)]
  }
}
