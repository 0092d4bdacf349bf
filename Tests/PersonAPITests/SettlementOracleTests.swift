import ContactModel
import PersonAPI
import TestSupport
import Testing

@Suite("Settlement against all histories")
struct SettlementOracleTests {
  /// How many rows of one content have each fate.
  private struct Tally {
    var created = 0
    var absent = 0
    var uncertain = 0
    var landed = 0
    var strangers = 0
  }

  @Test("20,000 worlds: nothing is doubled, lost or uncertain without need", arguments: 0..<20)
  func worlds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var counts = (created: 0, absent: 0, uncertain: 0, searched: 0)
    for number in 0..<1000 {
      let owners = number % 4 == 3 ? 2 : 0
      let world = SettlementWorld(&generator, owners: owners)
      let settlement = Settlement(open: world.open, seen: world.seen(&generator))
      let problems = check(settlement, world, &counts)
      #expect(problems.isEmpty, "seed \(seed), world \(number): \(problems) \(world)")
    }
    // The worlds are worth something.
    #expect(counts.created > 1000 && counts.absent > 1000 && counts.uncertain > 300, "\(counts)")
  }

  /// What is wrong with a settlement; nothing, if all is well.
  private func check(
    _ settlement: Settlement, _ world: SettlementWorld,
    _ counts: inout (created: Int, absent: Int, uncertain: Int, searched: Int)
  ) -> [String] {
    var problems = shape(settlement, world)
    let oracle = SettlementOracle(world)
    let leftovers = Set(settlement.leftovers.map(\.pid))
    // Some history explains as many contacts, and none more.
    let explained = world.openContacts.count { !leftovers.contains($0.pid) && isAbove($0, world) }
    let most = oracle.most(mayBeStranger: { _ in true }, worth: { _, _ in 1 })
    if most != explained { problems.append("explains \(explained), not \(most ?? -1)") }

    var tallies: [SettlementWorld.Content: Tally] = [:]
    for (batch, fates) in zip(world.batches, settlement.fates) {
      for (row, fate) in fates.enumerated() {
        let isKnown = !batch.known.isEmpty && batch.known[row] != nil
        var tally = tallies[batch.rows[row]] ?? Tally()
        if batch.landed[row] != nil, !isKnown { tally.landed += 1 }
        switch fate {
        case .created(_, .values): tally.created += 1
        case .created, .refused: break
        case .absent: tally.absent += 1
        case .uncertain: tally.uncertain += 1
        }
        tallies[batch.rows[row]] = tally
      }
    }
    for (content, tally) in tallies {
      counts.created += tally.created
      counts.absent += tally.absent
      counts.uncertain += tally.uncertain
      let lookAlikes = world.openContacts.filter {
        $0.isStranger && SettlementWorld.looksLike($0.content, content)
      }
      // Where rows with and without an owner hold the same, one may stand for the other.
      let isAlone = tallies.keys.filter { $0.value == content.value }.count == 1
      guard isAlone else { continue }
      // In truth: what is sent again is not there, and what is not sent again is, or is uncertain.
      if tally.absent > 0, tally.landed > tally.created + tally.uncertain {
        problems.append("\(content) is doubled: \(tally)")
      }
      if lookAlikes.isEmpty, tally.created > tally.landed {
        problems.append("\(content) is lost: \(tally)")
      }
      // In every history in which no stranger looks like it, too.
      guard tally.absent > 0 else { continue }
      let equal = world.openContacts.count { SettlementWorld.fits($0.content, content) }
      guard equal > tally.created + tally.uncertain else { continue }
      counts.searched += 1
      let landed = oracle.most(
        mayBeStranger: { !SettlementWorld.looksLike($0.content, content) },
        worth: { world.batches[$0].rows[$1] == content ? 1 : 0 })
      if let landed, landed > tally.created + tally.uncertain {
        problems.append("\(content) has landed \(landed) times in a history: \(tally)")
      }
    }
    return problems
  }

  /// Whether the settlement is one of the histories, and its fates say what it is.
  private func shape(_ settlement: Settlement, _ world: SettlementWorld) -> [String] {
    var problems: [String] = []
    var contents: [Int: SettlementWorld.Content] = [:]
    for contact in world.contacts { contents[contact.pid] = contact.content }
    var taken: Set<Int> = []
    for (index, (batch, fates)) in zip(world.batches, settlement.fates).enumerated() {
      if fates.count != batch.rows.count { problems.append("a fate for every row of \(index)") }
      let lastKnown = batch.known.lastIndex { $0 != nil } ?? -1
      var last = batch.floor
      var hasEnded = false
      for (row, fate) in fates.enumerated() {
        let spot = "row \(row) of \(index)"
        switch fate {
        case .created(let pid, let evidence):
          let known = batch.known.isEmpty ? nil : batch.known[row]
          if (evidence == .answer) != (known != nil) || (known ?? pid) != pid {
            problems.append("\(spot): evidence")
          }
          if !taken.insert(pid).inserted { problems.append("\(spot): \(pid) is two rows") }
          if pid <= last || hasEnded { problems.append("\(spot): no prefix, or not rising") }
          last = pid
          if let content = contents[pid], !SettlementWorld.fits(content, batch.rows[row]) {
            problems.append("\(spot): \(pid) is another")
          }
        case .refused: if !batch.refused.contains(row) { problems.append("\(spot): not refused") }
        case .absent, .uncertain:
          if batch.refused.contains(row) { problems.append("\(spot): refused") }
          if row > lastKnown { hasEnded = true }
          let candidates = settlement.leftovers.map(\.pid).filter { pid in
            guard let content = contents[pid], pid > batch.floor else { return false }
            return SettlementWorld.looksLike(content, batch.rows[row])
          }
          switch fate {
          case .absent: if !candidates.isEmpty { problems.append("\(spot): not absent") }
          case .uncertain(let named):
            // Those that a row without an owner took may come on top.
            if candidates.isEmpty, batch.rows[row].owner == nil || named.isEmpty {
              problems.append("\(spot): uncertain without need")
            }
            if !Set(candidates).isSubset(of: named) { problems.append("\(spot): candidates") }
            if named != named.sorted() { problems.append("\(spot): order of candidates") }
          default: break
          }
        }
      }
    }
    let leftovers = settlement.leftovers.map(\.pid)
    if leftovers != leftovers.sorted() { problems.append("leftovers rise") }
    if !taken.isDisjoint(with: leftovers) { problems.append("a row is left over") }
    return problems
  }

  private func isAbove(_ contact: SettlementWorld.Contact, _ world: SettlementWorld) -> Bool {
    contact.pid > world.batches.map(\.floor).min() ?? 0
  }
}
