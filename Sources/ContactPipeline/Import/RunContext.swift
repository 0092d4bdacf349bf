import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// What all parts of a run work with: whom to ask, where to write it down, and by which clock.
struct RunContext: Sendable {
  let client: CRMClient
  let journal: any ImportJournal
  let options: ImportOptions
  /// Which contacts of the CRM some journal here already owns.
  let ownership: ContactOwnership
  /// Recognises contacts that are read back; whatever file they came from.
  let marker: RowMarker
  /// Whether the contacts of every owner are in a list: the server knows its users.
  let ownersAreListed: Bool
  /// Is asked between requests; once it says yes nothing more is sent.
  let isInterrupted: @Sendable () -> Bool

  var clock: RunClock { options.clock }

  /// Waits, but not beyond an interruption.
  func wait(until moment: Duration) async {
    while !isInterrupted() {
      let rest = moment - clock.now()
      guard rest > .zero else { return }
      do {
        try await clock.sleep(min(rest, Self.longestNap))
      } catch {
        return
      }
    }
  }

  /// How long an interruption may go unnoticed.
  private static let longestNap = Duration.milliseconds(250)
}

/// Which contacts of the CRM belong to rows that a journal here has an outcome for.
struct ContactOwnership: Sendable {
  private let journal: any ImportJournal
  /// Contacts of other runs above this run's first watermark.
  private let others: PIDSet

  init(journal: any ImportJournal, others: PIDSet) {
    self.journal = journal
    self.others = others
  }

  /// The rows of this run whose contacts lie in a range.
  func ownRows(in pids: ClosedRange<Int>) async throws(JournalError) -> [OwnedRow] {
    try await journal.plannedRows(pids: pids)
  }

  /// Whether another run has the contact.
  func isOthers(_ pid: Int) -> Bool { others.contains(pid) }
}
