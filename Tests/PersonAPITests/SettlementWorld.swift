import ContactModel
import PersonAPI
import TestSupport

/// A small world in which requests were lost: what was sent, what of it landed in truth, and what is seen.
struct SettlementWorld {
  /// What a row or contact holds: values, and who owns it; a row without an owner takes any.
  struct Content: Hashable {
    var value: Int
    var owner: Int?
  }

  /// A request.
  struct Batch {
    var rows: [Content]
    /// In truth: the identifiers of the rows that landed.
    var landed: [Int?]
    var refused: Set<Int> = []
    var known: [Int?] = []
    var floor = 0
  }

  /// A contact.
  struct Contact {
    var pid: Int
    var content: Content
    /// In truth: whether somebody else made it.
    var isStranger: Bool
  }

  var batches: [Batch] = []
  var contacts: [Contact] = []

  /// The traces of a value: neighbours share some.
  static func traces(of value: Int) -> [UInt32] { [UInt32(value / 2), UInt32(100 + value / 3)] }

  static func mark(_ content: Content) -> UInt64 {
    UInt64(1000 + content.value * 10 + (content.owner ?? 0))
  }

  /// Whether a contact is what a row is stored as.
  static func fits(_ contact: Content, _ row: Content) -> Bool {
    contact.value == row.value && (row.owner == nil || row.owner == contact.owner)
  }

  /// Whether a contact may be a row at first sight.
  static func looksLike(_ contact: Content, _ row: Content) -> Bool {
    contact.value / 2 == row.value / 2 || contact.value / 3 == row.value / 3
  }

  /// The contacts that belong to no row for sure.
  var openContacts: [Contact] {
    let known = Set(batches.flatMap { $0.known.compactMap(\.self) })
    return contacts.filter { !known.contains($0.pid) }
  }

  /// Makes a world.
  ///
  /// - Parameters:
  ///   - generator: Where chance comes from.
  ///   - owners: How many owners there are; 0 for worlds without.
  init(_ generator: inout SeededGenerator, owners: Int) {
    func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let values = random(2...8)
    func content(ofRow isRow: Bool) -> Content {
      let owner = owners == 0 || (isRow && random(0...1) == 0) ? nil : random(1...owners)
      return Content(value: random(0...values - 1), owner: owner)
    }
    // Somebody sends the rows; rows that name nobody are his.
    let caller = owners == 0 ? nil : random(1...owners)
    var queue: [(batch: Int, row: Int)?] = []
    for index in 0..<random(2...4) {
      let rows = (0..<random(1...6)).map { _ in content(ofRow: true) }
      var batch = Batch(rows: rows, landed: rows.map { _ in nil })
      let processed = random(0...rows.count)
      let answered = random(0...2) == 0 ? random(0...processed) : 0
      for row in 0..<processed {
        if row < answered, random(0...3) == 0 {
          batch.refused.insert(row)
        } else {
          queue.append((index, row))
        }
      }
      batch.known = answered == 0 ? [] : rows.map { _ in nil }
      batches.append(batch)
      self.answered.append(answered)
    }
    // Rows of a request in order, requests and strangers in any.
    queue.shuffle(using: &generator)
    var next = batches.map { _ in 0 }
    queue = queue.map { item in
      guard let item else { return nil }
      var row = next[item.batch]
      while batches[item.batch].refused.contains(row) { row += 1 }
      next[item.batch] = row + 1
      return (item.batch, row)
    }
    for _ in 0..<(random(0...2) == 0 ? 0 : random(0...3)) {
      queue.insert(nil, at: random(0...queue.count))
    }
    var pid = 100
    var pids: [Int] = [pid]
    for item in queue {
      pid += random(1...3)
      pids.append(pid)
      guard let item else {
        contacts.append(Contact(pid: pid, content: content(ofRow: false), isStranger: true))
        continue
      }
      var row = batches[item.batch].rows[item.row]
      row.owner = row.owner ?? caller
      contacts.append(Contact(pid: pid, content: row, isStranger: false))
      batches[item.batch].landed[item.row] = pid
    }
    for index in batches.indices {
      // Sent at some time before its first row landed, when somebody last looked.
      let first = batches[index].landed.compactMap(\.self).first ?? pid + 1
      batches[index].floor = pids.filter { $0 < first }.randomElement(using: &generator) ?? 0
      for row in 0..<answered[index] where random(0...5) > 0 {
        batches[index].known[row] = batches[index].landed[row]
      }
    }
    showsKnown = random(0...1) == 0
  }

  private var answered: [Int] = []
  private var showsKnown = false

  /// The requests as settlement takes them.
  var open: [OpenBatch] {
    batches.map { batch in
      var marks = RowMarks()
      for row in batch.rows {
        marks.append(stored: Self.mark(row), traces: Self.traces(of: row.value))
      }
      return OpenBatch(
        marks: marks, floor: batch.floor, known: batch.known, refused: batch.refused)
    }
  }

  /// The contacts as settlement takes them, in no order.
  func seen(_ generator: inout SeededGenerator) -> [SeenContact] {
    let lowest = batches.map(\.floor).min() ?? 0
    return (showsKnown ? contacts : openContacts).filter { $0.pid > lowest }.map { contact in
      SeenContact(
        pid: contact.pid,
        stored: Self.mark(Content(value: contact.content.value, owner: nil)),
        storedWithOwner: Self.mark(contact.content), traces: Self.traces(of: contact.content.value))
    }.shuffled(using: &generator)
  }
}
