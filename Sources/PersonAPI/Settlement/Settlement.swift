import ContactModel

/// Says what became of rows whose requests did not say so, from the contacts that are there now.
///
/// A pure value: the rows in, the contacts in, a fate for every row out. Whether the server has ended
/// working on the requests is for the caller to know (``ReplyFinality``, ``SettlementClock``).
///
/// Rows that carry an import key are found by it alone. Where two contacts carry the same key, the row is
/// the one with the lower identifier.
///
/// Other rows are found by what they are stored as:
///
/// 1. What a request stores has greater identifiers than were there before it, its rows are stored in
///    order, and nothing behind a row that is not stored is: so what landed is a prefix, in rising
///    identifiers, with the rows of other requests and other people's contacts in between.
/// 2. Of all ways to read the contacts so, one that explains the most of them is taken
///    (``PrefixSearch``). Rows that are stored as the same are interchangeable.
/// 3. A row behind the prefix is absent only if no contact that is left over is the same, or shares its
///    mail, phone or name. Otherwise it is uncertain: somebody else may have made that contact, or the
///    server may have stored the row in another way than foretold.
///
/// So no contact is two rows, and a row that may be there is never called absent.
package struct Settlement: Sendable {
  /// A fate for every row of every request.
  package let fates: [[RowFate]]
  /// The contacts that no row is, in rising order.
  package let leftovers: [SeenContact]

  /// Settles requests.
  ///
  /// - Parameters:
  ///   - open: The requests, in the order they were sent.
  ///   - seen: The contacts above their floors that belong to no row yet, in any order.
  /// - Precondition: No identifier occurs twice in `seen`.
  package init(open: [OpenBatch], seen: [SeenContact]) {
    let known = Set(open.flatMap { $0.known.compactMap(\.self) })
    let contacts = seen.filter { !known.contains($0.pid) }.sorted { $0.pid < $1.pid }
    var places: [Place?] = Array(repeating: nil, count: contacts.count)
    Self.placeKeys(open, contacts, &places)
    Self.placeValues(open, contacts, &places)

    var pids = open.map { [Int?](repeating: nil, count: $0.count) }
    for (contact, place) in zip(contacts, places) {
      if let place { pids[place.batch][place.row] = contact.pid }
    }
    let lookAlikes = LookAlikes(open, contacts, places)
    fates = open.indices.map { index in
      let batch = open[index]
      return (0..<batch.count).map { row in
        if let pid = batch.knownPID(row) { return .created(pid: pid, .answer) }
        if batch.refused.contains(row) { return .refused }
        if let pid = pids[index][row] {
          return .created(pid: pid, batch.keys == nil ? .values : .importKey)
        }
        if batch.keys != nil { return .absent }
        let candidates = lookAlikes.pids(of: row, in: batch)
        return candidates.isEmpty ? .absent : .uncertain(candidates: candidates)
      }
    }
    leftovers = zip(contacts, places).filter { $0.1 == nil }.map(\.0)
  }

  /// A row of a request.
  struct Place: Hashable {
    var batch: Int
    var row: Int
  }

  private static func placeKeys(
    _ open: [OpenBatch], _ contacts: [SeenContact], _ places: inout [Place?]
  ) {
    var rows: [ImportKey: Place] = [:]
    for (index, batch) in open.enumerated() {
      for (row, key) in (batch.keys ?? []).enumerated()
      where batch.knownPID(row) == nil && !batch.refused.contains(row) {
        rows[key] = Place(batch: index, row: row)
      }
    }
    guard !rows.isEmpty else { return }
    for (index, contact) in contacts.enumerated() {
      // Later contacts with the same key find it gone.
      if let key = contact.key, let place = rows.removeValue(forKey: key) { places[index] = place }
    }
  }

  private static func placeValues(
    _ open: [OpenBatch], _ contacts: [SeenContact], _ places: inout [Place?]
  ) {
    let free = contacts.indices.filter { places[$0] == nil }
    let lanes = open.indices.filter { open[$0].keys == nil }
    guard !free.isEmpty, !lanes.isEmpty else { return }
    let search = PrefixSearch(
      lanes: lanes.map { PrefixSearch.slots(of: open[$0]) }, contacts: free.map { contacts[$0] })
    for match in search.bestMatches() {
      places[free[match.contact]] = Place(batch: lanes[match.lane], row: match.row)
    }
  }
}

/// Finds the contacts that may be a row although none was taken for it.
private struct LookAlikes {
  private let contacts: [SeenContact]
  private var byMark: [UInt64: [Int]] = [:]
  private var byTrace: [UInt32: [Int]] = [:]

  init(_ open: [OpenBatch], _ contacts: [SeenContact], _ places: [Settlement.Place?]) {
    self.contacts = contacts
    for (index, contact) in contacts.enumerated() {
      guard let place = places[index] else {
        byMark[contact.stored, default: []].append(index)
        if contact.storedWithOwner != contact.stored {
          byMark[contact.storedWithOwner, default: []].append(index)
        }
        for trace in contact.traces { byTrace[trace, default: []].append(index) }
        continue
      }
      // A row that names no owner was taken for it, but it has the very owner that another row names.
      if open[place.batch].keys == nil,
        open[place.batch].marks.stored[place.row] != contact.storedWithOwner
      {
        byMark[contact.storedWithOwner, default: []].append(index)
      }
    }
  }

  /// The identifiers of contacts that are the same as a row, or share a trace with it.
  func pids(of row: Int, in batch: OpenBatch) -> [Int] {
    var found = Set(byMark[batch.marks.stored[row]] ?? [])
    for trace in batch.marks.traces(of: row) { found.formUnion(byTrace[trace] ?? []) }
    return found.map { contacts[$0].pid }.filter { $0 > batch.floor }.sorted()
  }
}
