import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// Reads back the contacts above a pid and says whose they are.
struct ContactReading: Sendable {
  /// The contacts of a page.
  struct Contacts: Sendable {
    /// Contacts of this run's rows, with the row and where the values stand.
    var own: [(contact: SeenContact, row: OwnedRow, values: Values)] = []
    /// Contacts that no journal here owns.
    var unowned: [SeenContact] = []
  }

  /// Where the values of a contact stand.
  enum Values: Sendable {
    case page(ListPage, record: Int)
    case details(ContactDetails)

    /// The values that are not empty.
    func texts(_ marker: RowMarker) -> [PersonField: String] {
      switch self {
      case .page(let page, let record): marker.values(of: page, record: record)
      case .details(let details): details.values
      }
    }
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
    try await readLists(above: floor, body)
    try await scan(above: floor, body)
  }

  /// Reads what lists show, page by page.
  func readLists(above floor: Int, _ body: (Contacts) async throws -> Void) async throws {
    let journal = context.journal
    let token = ImportKey.token(journal.run.id.text)
    let key = context.options.keyField.map {
      ListRequest.Condition(field: $0.wireKey, value: ImportKey.filter(run: token))
    }
    let owners = try await journal.owners().sorted()
    let reader = RangeReader(
      client: context.client, columns: context.marker.comparedFields, owners: owners, key: key,
      patience: patience, isInterrupted: context.isInterrupted)
    try await reader.read(above: floor) { page, records in
      let seen = context.marker.seen(page)
      try await body(try await sort(records.map { (seen[$0], .page(page, record: $0)) }))
    }
  }

  /// Asks for one contact after the other where rows may belong to owners whom the server does not know:
  /// such contacts are in no list.
  func scan(above floor: Int, _ body: (Contacts) async throws -> Void) async throws {
    guard !context.ownersAreListed, try await !context.journal.owners().isEmpty else { return }
    let reader = RangeReader(
      client: context.client, columns: context.marker.comparedFields, patience: patience,
      isInterrupted: context.isInterrupted)
    try await reader.scan(from: floor, atLeastTo: try await reader.highestPID()) { details in
      guard let contact = context.marker.seen(details) else { return }
      try await body(try await sort([(contact, .details(details))]))
    }
  }

  private func sort(
    _ contacts: [(contact: SeenContact, values: Values)]
  ) async throws(JournalError) -> Contacts {
    var sorted = Contacts()
    let pids = contacts.map(\.contact.pid)
    guard let least = pids.min(), let most = pids.max() else { return sorted }
    let rows = Dictionary(
      try await context.ownership.ownRows(in: least...most).map { ($0.pid, $0) },
      uniquingKeysWith: { first, _ in first })
    for (contact, values) in contacts {
      if let row = rows[contact.pid] {
        sorted.own.append((contact, row, values))
      } else if !context.ownership.isOthers(contact.pid) {
        sorted.unowned.append(contact)
      }
    }
    return sorted
  }
}
