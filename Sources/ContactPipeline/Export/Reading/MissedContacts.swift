import CRMClient
import ContactModel
import PersonAPI

/// Looks for contacts that a reading has missed, by their numbers alone.
///
/// A list that is somebody's, or has conditions, can gain a contact in its middle: one that is given to its owner,
/// or edited. That moves another one into a page that had been read already. Where as many leave as enter, not
/// even the list's length tells. So it is gone through once more, asking for nothing but numbers, and what is not
/// known is asked for. A contact that was there all the time would have to be passed over twice.
struct MissedContacts {
  /// Where a contact may have moved to since its number was read.
  static let steps = [0, -1, 1]
  /// How often it is looked for there.
  private static let rounds = 2

  private let numbers: OrderedList
  private let list: OrderedList

  /// - Parameters:
  ///   - numbers: The list, with the numbers alone.
  ///   - list: The same with all columns.
  init(numbers: OrderedList, list: OrderedList) {
    self.numbers = numbers
    self.list = list
  }

  /// Goes through the list.
  ///
  /// - Parameters:
  ///   - known: What has been read.
  ///   - keep: Takes contacts that had been missed, in falling order of pages, and which of ``steps`` led to them.
  /// - Returns: Whether everything was found.
  /// - Throws: `CRMError`; what `keep` throws.
  func find(
    beside known: KnownNumbers, keep: (PageWalk.Page, _ step: Int) async throws -> Void
  ) async throws -> Bool {
    var walk = PageWalk(list: numbers, columns: [.pid])
    while let page = try await walk.nextBackward() {
      var missed: Set<Int> = []
      for record in page.records {
        let pid = Int(page.batch.text(record: record, field: 0)) ?? 0
        if known.lacks(pid) { missed.insert(pid) }
      }
      guard !missed.isEmpty else { continue }
      let number = (walk.position.backward ?? -1) + 1
      for _ in 0..<Self.rounds {
        for (index, step) in Self.steps.enumerated() where !missed.isEmpty && number + step >= 0 {
          let found = try await list.page(number + step)
          let records = found.pids.indices.filter { missed.contains(found.pids[$0] ?? 0) }
          guard !records.isEmpty else { continue }
          for record in records { missed.remove(found.pids[record] ?? 0) }
          try await keep(PageWalk.Page(batch: found.records, records: records), index)
        }
      }
      guard missed.isEmpty else { return false }
    }
    return true
  }
}

/// Which numbers contacts that have been read have.
struct KnownNumbers: Sendable {
  /// The numbers up to ``highest`` that no contact has, rising.
  var gaps: [Range<Int>] = []
  var highest = 0
  /// How many contacts there are.
  var contacts = 0

  /// Whether a contact could have been read and was not; what is above the highest came later.
  func lacks(_ pid: Int) -> Bool {
    guard pid <= highest else { return false }
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].upperBound <= pid { low = middle + 1 } else { high = middle }
    }
    return low < gaps.count && gaps[low].contains(pid)
  }
}
