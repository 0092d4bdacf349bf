/// What the CRM's file proves about a run that says it has ended.
struct GroundTruth {
  let source: KillSource
  let table: StoredContacts
  let hasKey: Bool

  /// Where the run and the CRM do not agree with the file that was imported.
  func faults(of run: RunOutput) async throws -> [String] {
    let entries = try await table.added()
    var faults = run.imbalances(for: source)
    let stored = KillSource.tally(entries.map(\.contact))
    let expected = source.expected
    var extra = 0
    for (contact, count) in expected.sorted(by: { $0.key.person < $1.key.person }) {
      let found = stored[contact] ?? 0
      if found < count { faults.append("lost: \(found) of \(count) times there: \(contact)") }
      extra += max(0, found - count)
    }
    if extra != run.doubled {
      faults.append("\(extra) contacts too many are stored, \(run.doubled) are reported as doubled")
    }
    for (contact, count) in stored where expected[contact] == nil {
      faults.append("\(count) times there, but in no row: \(contact)")
    }
    // Nobody else adds contacts and the server answers, so everything can be known.
    if let count = run.outcomes["uncertain"] { faults.append("\(count) rows are uncertain") }
    faults += pidFaults(of: run, entries)
    faults += try await olderFaults()
    return faults
  }

  /// What is wrong once a run is taken back: nothing of it may be left, and nothing else gone.
  func faultsWithoutRun() async throws -> [String] {
    let left = try await table.count()
    return (left == 0 ? [] : ["\(left) contacts are left"]) + (try await olderFaults())
  }

  private func olderFaults() async throws -> [String] {
    let contacts = try await table.older().map(\.contact)
    return contacts == source.older ? [] : ["the contacts that were there before are changed"]
  }

  /// Where the numbers in `created.csv` are not those of the rows' contacts.
  private func pidFaults(of run: RunOutput, _ entries: [StoredContacts.Entry]) -> [String] {
    var faults: [String] = []
    let byPID = Dictionary(entries.map { ($0.pid, $0) }, uniquingKeysWith: { first, _ in first })
    if Set(run.created.values).count != run.created.count {
      faults.append("created.csv gives a contact to two rows")
    }
    var keys: Set<String> = []
    for (record, pid) in run.created.sorted(by: { $0.key < $1.key }) {
      guard let entry = byPID[pid], entry.contact == source.contacts[record] else {
        faults.append("row \(record) is not contact \(pid)")
        continue
      }
      guard hasKey else { continue }
      guard let key = entry.key, keys.insert(key).inserted else {
        faults.append("row \(record) has no import key of its own")
        continue
      }
    }
    return faults
  }
}
