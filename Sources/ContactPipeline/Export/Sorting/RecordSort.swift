import ContactModel
import RunReports

/// Puts contacts into another order than that of their identifiers.
///
/// Contacts are gathered until they take as much memory as they may, sorted, and kept on the disk as a
/// run; in the end all runs are gone through at once. Where those are more than have a page in memory,
/// longer ones are made of some before. So memory stays the same however many contacts there are, and
/// the disk holds them at most about twice, without a name. What fits into memory stays there.
///
/// ```swift
/// var sort = try RecordSort(order: order, columns: columns, folder: folder)
/// while let page = … { try sort.append(page) }           // in the order of pid
/// try sort.readAll { page in … }                         // in the order asked for
/// ```
///
/// Calls block.
final class RecordSort {
  private let order: ExportOrder
  /// Which of the columns says where a contact stands.
  private let column: Int
  private let width: Int
  private let memory: Int
  private let spool: RecordSpool
  /// What has been sorted, in the order in which it came.
  private var runs: [RunMerge.Run] = []
  /// What has not; every contact has its key behind its values.
  private var gathered = RecordSpool.Page()

  /// How many runs are gone through at once.
  ///
  /// Each has a page in memory. With fewer, large exports would be written to the disk more often; with
  /// more, pages would be too small to be worth a call of the system.
  private static let mostRuns = 128

  /// - Parameters:
  ///   - order: The order to come to.
  ///   - columns: The columns of the contacts; the one that is compared is among them.
  ///   - folder: Where temporary files are made; they have no name and leave nothing.
  ///   - memory: How many bytes of contacts are in memory at once, roughly.
  /// - Throws: `OutputError` if there is no place for temporary files.
  init(
    order: ExportOrder, columns: [PersonField], folder: String, memory: Int = 8 << 20
  ) throws(OutputError) {
    guard let column = columns.firstIndex(of: order.field) else {
      preconditionFailure("contacts are sorted by one of their columns")
    }
    spool = try RecordSpool(folder: folder)
    self.order = order
    self.column = column
    self.memory = memory
    width = columns.count
  }

  /// Takes the contacts of a page, which stand behind those of the page before.
  ///
  /// - Parameter page: Contacts in the order of `pid`.
  /// - Throws: `OutputError` if they cannot be kept.
  func append(_ page: RecordSpool.Page) throws(OutputError) {
    for contact in 0..<(page.valueEnds.count / width) {
      let first = contact * width
      gathered.append(values: first..<first + width, of: page)
      order.appendKey(of: page.bytes[page.range(ofValue: first + column)], to: &gathered.bytes)
      gathered.valueEnds.append(UInt32(gathered.bytes.count))
      if gathered.size + gatheredCount * MemoryLayout<Entry>.stride >= memory { try keepRun() }
    }
  }

  /// Hands over all contacts in their new order, page by page.
  ///
  /// - Parameter body: Is given the pages; they have the columns of those that came.
  /// - Throws: `OutputError` if contacts cannot be kept or read back, and what `body` throws.
  func readAll(
    _ body: (RecordSpool.Page) throws -> Void
  ) throws {
    if runs.isEmpty {
      var contacts = sortedContacts()[...]
      while let page = takePage(of: &contacts, keepsKeys: false) { try body(page) }
      return
    }
    try keepRun()
    try mergeSome()
    var merge = try RunMerge(of: runs[...], in: spool, order: order, width: width)
    while let page = try merge.next(from: spool, size: pageSize, keepsKeys: false) {
      try body(page)
    }
  }

  // MARK: - Runs

  private struct Entry {
    /// The beginning of the contact's key.
    var prefix: UInt64
    var contact: Int
  }

  private var pageSize: Int { max(1, memory / Self.mostRuns) }

  private var gatheredCount: Int { gathered.valueEnds.count / (width + 1) }

  /// Sorts what was gathered, and keeps it on the disk.
  private func keepRun() throws(OutputError) {
    guard !gathered.valueEnds.isEmpty else { return }
    var run: RunMerge.Run = []
    var contacts = sortedContacts()[...]
    while let page = takePage(of: &contacts, keepsKeys: true) { run.append(try spool.write(page)) }
    runs.append(run)
    gathered.bytes.removeAll(keepingCapacity: true)
    gathered.valueEnds.removeAll(keepingCapacity: true)
  }

  /// Makes longer runs until no more are left than can be gone through at once.
  private func mergeSome() throws(OutputError) {
    var start = 0
    while runs.count > Self.mostRuns {
      // No more than needed: what is merged here is written once more. Neighbors, so that equal contacts
      // stay in their order; one behind the other, so that none is merged twice before all were once.
      let count = min(Self.mostRuns, runs.count - Self.mostRuns + 1)
      if start + count > runs.count { start = 0 }
      let range = start..<start + count
      var merge = try RunMerge(of: runs[range], in: spool, order: order, width: width)
      var run: RunMerge.Run = []
      while let page = try merge.next(from: spool, size: pageSize, keepsKeys: true) {
        run.append(try spool.write(page))
      }
      runs.replaceSubrange(range, with: [run])
      start += 1
    }
  }

  /// Takes the first of some contacts that were gathered, as many as a page holds; `nil` without any.
  private func takePage(
    of contacts: inout ArraySlice<Int>, keepsKeys: Bool
  ) -> RecordSpool.Page? {
    var page = RecordSpool.Page()
    while page.size < pageSize, let contact = contacts.popFirst() {
      let first = contact * (width + 1)
      page.append(values: first..<first + width + (keepsKeys ? 1 : 0), of: gathered)
    }
    return page.valueEnds.isEmpty ? nil : page
  }

  /// The contacts that were gathered, as their order wants them.
  private func sortedContacts() -> [Int] {
    let page = gathered
    let order = self.order
    let (width, count) = (self.width, gatheredCount)
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    for contact in 0..<count {
      let key = page.range(ofValue: contact * (width + 1) + width)
      entries.append(Entry(prefix: order.prefix(of: page.bytes[key]), contact: contact))
    }
    page.bytes.withUnsafeBytes { bytes in
      func key(of entry: Entry) -> UnsafeRawBufferPointer {
        let value = entry.contact * (width + 1) + width
        return UnsafeRawBufferPointer(rebasing: bytes[page.range(ofValue: value)])
      }
      entries.sort { left, right in
        guard left.prefix == right.prefix else { return left.prefix < right.prefix }
        let difference = order.compare(key(of: left), key(of: right))
        return difference == 0 ? left.contact < right.contact : difference < 0
      }
    }
    return entries.map(\.contact)
  }
}
