import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// Reads everything above a run's first watermark once more, at the end of the run and of every time it
/// was resumed.
///
/// Two things come to light: rows that are stored twice, since a request began only after its time for
/// settling had passed; and contacts that do not hold what was foretold.
struct ClosingSweep: Sendable {
  /// A contact of ours that holds something else than was foretold.
  struct Changed: Sendable {
    var row: OwnedRow
    /// What the server shows of it.
    var values: [PersonField: String]
  }

  /// What came to light.
  struct Findings: Sendable {
    var doubled: [DoubledRow] = []
    /// In the order of pids, as many as are kept.
    var changed: [Changed] = []
    /// How many contacts hold something else.
    var changedCount = 0
    /// How many contacts of the run were compared.
    var comparedCount = 0
    /// How many contacts of the run are not there any more, or nobody shows.
    var unreadCount = 0

    /// Compares a contact with what was foretold of its row.
    fileprivate mutating func note(
      _ contact: SeenContact, of row: OwnedRow, values: () -> [PersonField: String]
    ) {
      comparedCount += 1
      guard !contact.matches(row.stored) else { return }
      changedCount += 1
      if changed.count < ClosingSweep.mostChanged {
        changed.append(Changed(row: row, values: values()))
      }
    }
  }

  let context: RunContext
  let patience: Patience

  /// More than this many changed contacts are only counted; so many show what is wrong.
  static let mostChanged = 10_000

  /// Reads and compares.
  ///
  /// - Parameter floor: The run's first watermark.
  /// - Returns: What came to light; doubled rows are in the journal too.
  /// - Throws: `CRMError` where the server cannot be asked, `JournalError`.
  func findings(above floor: Int) async throws -> Findings {
    var findings = Findings()
    var strangers: [Int: SeenContact] = [:]
    var compared = PIDSet()
    func take(_ contacts: ContactReading.Contacts) {
      for (contact, row, values) in contacts.own where compared.insert(contact.pid) {
        findings.note(contact, of: row) { values.texts(context.marker) }
      }
      for contact in contacts.unowned { strangers[contact.pid] = contact }
    }
    let reading = ContactReading(context: context, patience: patience)
    try await reading.readLists(above: floor) { take($0) }
    // Where lists show all of the run's contacts, they show a second copy of one as well.
    if try await compared.count < created() {
      try await reading.scan(above: floor) { take($0) }
    }
    try await compareRest(&findings, compared: compared)
    findings.doubled = try await doubled(among: strangers)
    if !findings.doubled.isEmpty { try await context.journal.recordDoubled(findings.doubled) }
    return findings
  }

  /// Goes through the run's contacts, as the journal has them.
  private func eachCreated(_ body: (OwnedRow) async throws -> Void) async throws {
    var previous: Int64?
    while true {
      let batches = try await context.journal.batches(.settled, after: previous, limit: 64)
      guard let last = batches.last else { return }
      previous = last.plan.id
      for batch in batches {
        for (index, row) in (batch.rows ?? []).enumerated() {
          guard case .created(let pid) = row.outcome else { continue }
          try await body(
            OwnedRow(
              pid: pid, file: batch.plan.file, record: batch.plan.recordNumbers[index],
              stored: batch.plan.marks.stored[index], evidence: row.evidence))
        }
      }
    }
  }

  /// How many contacts the run has.
  private func created() async throws -> Int {
    var count = 0
    try await eachCreated { _ in count += 1 }
    return count
  }

  /// Counts the contacts that no list showed; where the user wants all compared, asks for each.
  private func compareRest(_ findings: inout Findings, compared: PIDSet) async throws {
    try await eachCreated { row in
      guard !compared.contains(row.pid) else { return }
      guard context.options.verifies == true, let details = try await info(row.pid),
        let contact = context.marker.seen(details)
      else {
        findings.unreadCount += 1
        return
      }
      findings.note(contact, of: row) { details.values }
    }
  }

  private func info(_ pid: Int) async throws(CRMError) -> ContactDetails? {
    try await patience.untilAnswered { () throws(CRMError) in
      try await context.client.info(InfoRequest(pid: pid))
    }
  }

  /// Rows of which a contact nobody owns is a second copy.
  private func doubled(among strangers: [Int: SeenContact]) async throws -> [DoubledRow] {
    guard !strangers.isEmpty else { return [] }
    var strays = StrayContacts(
      strangers.values, run: context.journal.run.id, isKeyed: context.options.keyField != nil)
    var doubled: [DoubledRow] = []
    try await eachCreated { row in
      let copies = strays.takeCopies(mark: row.stored, file: row.file, record: row.record)
      let pids = (copies + [row.pid]).sorted()
      for later in pids.dropFirst() {
        doubled.append(
          DoubledRow(file: row.file, record: row.record, pid: pids[0], laterPID: later))
      }
    }
    return doubled.sorted { $0.laterPID < $1.laterPID }
  }
}
