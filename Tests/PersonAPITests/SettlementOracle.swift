import PersonAPI

/// Goes through every history that fits what is seen of a ``SettlementWorld``: each contact is the next
/// row of one of the requests, or somebody else's.
///
/// Slow and plain: it tries to leave every contact, and keeps every front it can reach.
struct SettlementOracle {
  private typealias Content = SettlementWorld.Content

  private enum Event {
    case contact(SettlementWorld.Contact)
    case known(batch: Int, row: Int)
  }

  private let world: SettlementWorld
  private let events: [Event]

  init(_ world: SettlementWorld) {
    self.world = world
    var events = world.openContacts.map { (pid: $0.pid, event: Event.contact($0)) }
    for (index, batch) in world.batches.enumerated() {
      for (row, pid) in batch.known.enumerated() {
        if let pid { events.append((pid, .known(batch: index, row: row))) }
      }
    }
    self.events = events.sorted { $0.pid < $1.pid }.map(\.event)
  }

  /// The most that any history reaches.
  ///
  /// - Parameters:
  ///   - mayBeStranger: Which contacts somebody else may have made.
  ///   - worth: What a row that landed counts.
  /// - Returns: `nil` where no history fits.
  func most(
    mayBeStranger: (SettlementWorld.Contact) -> Bool,
    worth: (_ batch: Int, _ row: Int) -> Int
  ) -> Int? {
    // A front in one number: three bits a request.
    var best = [Int](repeating: -1, count: 1 << (3 * world.batches.count))
    var fronts = [0]
    best[0] = 0
    func position(_ front: Int, _ batch: Int) -> Int { front >> (3 * batch) & 7 }
    for event in events {
      var reached: [(front: Int, total: Int)] = []
      for front in fronts {
        let total = best[front]
        switch event {
        case .known(let batch, let row):
          guard position(front, batch) <= row else { break }
          let next = front + (row + 1 - position(front, batch)) << (3 * batch)
          reached.append((next, total))
        case .contact(let contact):
          if mayBeStranger(contact) { reached.append((front, total)) }
          for (index, batch) in world.batches.enumerated() where contact.pid > batch.floor {
            var row = position(front, index)
            while batch.refused.contains(row) { row += 1 }
            guard row < batch.rows.count, SettlementWorld.fits(contact.content, batch.rows[row])
            else { continue }
            // A row that the answer spoke for is another contact.
            if !batch.known.isEmpty, batch.known[row] != nil { continue }
            let next = front + (row + 1 - position(front, index)) << (3 * index)
            reached.append((next, total + worth(index, row)))
          }
        }
      }
      for front in fronts { best[front] = -1 }
      fronts.removeAll(keepingCapacity: true)
      for (front, total) in reached {
        if best[front] < 0 { fronts.append(front) }
        best[front] = max(best[front], total)
      }
    }
    return fronts.map { best[$0] }.max()
  }
}
