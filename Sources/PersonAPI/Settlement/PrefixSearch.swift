import ContactModel

/// Finds out which contacts are which rows, where several requests have stored a prefix of their rows
/// each, in any order between them.
///
/// The contacts are gone through in rising order, with a *front*: how many rows of every request have
/// landed so far. A contact that is the next row of one request moves the front on. To take it is never
/// worse than to leave it, since whatever can follow the front that left it can follow the other as well.
/// Only a contact that is the next row of several requests splits the front, and it takes what comes
/// later to tell; most contacts are like no other, so there are few fronts. Rows that are all alike
/// could make many: those that explain least are given up then. That can make more rows uncertain, never
/// one absent that is there.
struct PrefixSearch {
  /// A row that a contact may be.
  struct Slot {
    var row: Int
    var mark: UInt64
    /// The contact's identifier is greater.
    var above: Int
    /// The contact's identifier is smaller.
    var below: Int
  }

  /// A contact and the row it is.
  struct Match {
    var contact: Int
    var lane: Int
    var row: Int
  }

  /// A way to read the contacts so far.
  private struct Front {
    /// The next slot of every lane.
    var next: [Int]
    /// How many contacts it explains, and how many of them by their owners as well.
    var explained = 0
    var exact = 0
    /// The last step that led here.
    var step = -1
  }

  /// A contact taken for a slot, and the step before.
  private struct Step {
    var contact: Int
    var lane: Int
    var slot: Int
    var previous: Int
  }

  /// The rows of every request that have no fate yet, in order.
  let lanes: [[Slot]]
  /// The contacts in rising order.
  let contacts: [SeenContact]

  /// The rows of a request that a contact may be, between those that the answer spoke for.
  static func slots(of batch: OpenBatch) -> [Slot] {
    var slots: [Slot] = []
    var above = batch.floor
    var unbounded = 0
    for row in 0..<batch.count {
      if let pid = batch.knownPID(row) {
        for index in unbounded..<slots.count { slots[index].below = pid }
        unbounded = slots.count
        above = max(above, pid)
      } else if !batch.refused.contains(row) {
        slots.append(Slot(row: row, mark: batch.marks.stored[row], above: above, below: .max))
      }
    }
    return slots
  }

  /// One of the ways to read the contacts that explain the most of them.
  func bestMatches() -> [Match] {
    // All alike, a million rows would make a million fronts; few contacts may have many.
    let limit = min(4096, max(32, 400_000 / max(1, contacts.count * lanes.count)))
    var fronts = [Front(next: lanes.map { _ in 0 })]
    var steps: [Step] = []
    var heads: [Int] = []
    for (index, contact) in contacts.enumerated() {
      var hasSplit = false
      for position in fronts.indices {
        heads.removeAll(keepingCapacity: true)
        for lane in lanes.indices {
          // A row before one that the answer spoke for, and not found below that, is not there.
          while let slot = head(lane, fronts[position]), slot.below <= contact.pid {
            fronts[position].next[lane] += 1
          }
          if let slot = head(lane, fronts[position]), slot.above < contact.pid,
            contact.matches(slot.mark)
          {
            heads.append(lane)
          }
        }
        guard let first = heads.first else { continue }
        let before = fronts[position]
        for lane in heads.dropFirst() {
          hasSplit = true
          fronts.append(taking(contact, index, lane, before, &steps))
        }
        fronts[position] = taking(contact, index, first, before, &steps)
      }
      if hasSplit { fronts = Self.distinct(fronts, limit: limit) }
    }
    guard let best = fronts.max(by: Self.isWorse) else { return [] }
    var matches: [Match] = []
    var step = best.step
    while step >= 0 {
      let taken = steps[step]
      matches.append(
        Match(contact: taken.contact, lane: taken.lane, row: lanes[taken.lane][taken.slot].row))
      step = taken.previous
    }
    return matches
  }

  private func head(_ lane: Int, _ front: Front) -> Slot? {
    let slot = front.next[lane]
    return slot < lanes[lane].count ? lanes[lane][slot] : nil
  }

  private func taking(
    _ contact: SeenContact, _ index: Int, _ lane: Int, _ front: Front, _ steps: inout [Step]
  ) -> Front {
    var front = front
    let slot = front.next[lane]
    steps.append(Step(contact: index, lane: lane, slot: slot, previous: front.step))
    front.step = steps.count - 1
    front.next[lane] += 1
    front.explained += 1
    if lanes[lane][slot].mark == contact.storedWithOwner { front.exact += 1 }
    return front
  }

  private static func isWorse(_ left: Front, _ right: Front) -> Bool {
    (left.explained, left.exact) < (right.explained, right.exact)
  }

  /// The best front of those that are equally far, and no more than the best of all.
  private static func distinct(_ fronts: [Front], limit: Int) -> [Front] {
    var places: [[Int]: Int] = [:]
    var kept: [Front] = []
    for front in fronts {
      if let place = places[front.next] {
        if isWorse(kept[place], front) { kept[place] = front }
      } else {
        places[front.next] = kept.count
        kept.append(front)
      }
    }
    guard kept.count > limit else { return kept }
    return Array(kept.sorted { isWorse($1, $0) }.prefix(limit))
  }
}
