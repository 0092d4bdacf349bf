import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// Reads back the contacts above a pid and says whose they are.
struct ContactReading: Sendable {
  /// The contacts of a page.
  struct Contacts: Sendable {
    /// Contacts of this run's rows, with the row.
    var own: [(contact: SeenContact, row: OwnedRow, record: Int)]
    /// Contacts that no journal here owns.
    var unowned: [SeenContact]
    /// The page they come from; ``own`` names its records.
    var page: ListPage
  }

  let context: RunContext
  let patience: Patience

  /// Reads every contact above a pid that the server shows, page by page.
  ///
  /// A contact may come more than once.
  ///
  /// - Parameters:
  ///   - floor: The pid above which all is read.
  ///   - body: Is handed the contacts.
  /// - Throws: `CRMError` where the server cannot be asked or understood, `JournalError`.
  func read(above floor: Int, _ body: (Contacts) async throws -> Void) async throws {
    let journal = context.journal
    let token = ImportKey.token(journal.run.id.text)
    let filter = context.options.keyField.map { ($0, ImportKey.filter(run: token)) }
    let owners = try await journal.owners().sorted()
    let reader = RangeReader(
      client: context.client, columns: context.marker.comparedFields, owners: owners,
      filter: filter, patience: patience)
    try await reader.read(above: floor) { page, records in
      let seen = context.marker.seen(page)
      try await body(try await sort(records.map { ($0, seen[$0]) }, page))
    }
    // Contacts of owners whom the server does not know are in no list.
    guard !context.ownersAreListed, !owners.isEmpty else { return }
    let columns = context.marker.comparedFields
    try await reader.scan(from: floor) { details in
      let contact = context.marker.seen(details)
      try await body(try await sort([(0, contact)], ListPage(details, columns: columns)))
    }
  }

  private func sort(
    _ contacts: [(record: Int, contact: SeenContact)], _ page: ListPage
  ) async throws(JournalError) -> Contacts {
    var sorted = Contacts(own: [], unowned: [], page: page)
    let pids = contacts.map(\.contact.pid)
    guard let least = pids.min(), let most = pids.max() else { return sorted }
    let rows = Dictionary(
      try await context.ownership.ownRows(in: least...most).map { ($0.pid, $0) },
      uniquingKeysWith: { first, _ in first })
    for (record, contact) in contacts {
      if let row = rows[contact.pid] {
        sorted.own.append((contact, row, record))
      } else if !context.ownership.isOthers(contact.pid) {
        sorted.unowned.append(contact)
      }
    }
    return sorted
  }
}
