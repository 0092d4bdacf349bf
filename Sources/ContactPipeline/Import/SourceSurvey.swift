package import ContactModel
import RunReports

/// What an import would do to others than the CRM's contacts, for the user to agree to.
package struct SideEffects: Sendable, Equatable {
  /// How many rows go to other owners than the caller; the CRM may send each of them a mail for each.
  package var mailedRows = 0
  /// How many owners these are.
  package var mailedOwners = 0
  /// Whether entries may be made in the CRM's guides.
  package var makesEntries = false

  package init(mailedRows: Int = 0, mailedOwners: Int = 0, makesEntries: Bool = false) {
    self.mailedRows = mailedRows
    self.mailedOwners = mailedOwners
    self.makesEntries = makesEntries
  }

  /// Whether there are any.
  package var areAny: Bool { mailedRows > 0 || makesEntries }

  /// The sentence for a person: what will happen besides.
  package func message(in language: Language) -> String {
    var sentences: [String] = []
    if mailedRows > 0 {
      sentences.append(
        language.pick(
          "\(Plural.english(mailedRows, "contact", "contacts")) for "
            + "\(Plural.english(mailedOwners, "other owner", "other owners")), whom the CRM may "
            + "send a mail for each",
          "\(Plural.russian(mailedRows, "контакт", "контакта", "контактов")) для других "
            + "ответственных (\(mailedOwners)); CRM может послать им по письму на каждый"))
    }
    if makesEntries {
      sentences.append(
        language.pick(
          "new entries may be made in the CRM's guide of sources",
          "в справочнике источников CRM могут появиться новые записи"))
    }
    return sentences.joined(separator: "; ")
  }
}

/// A look through a whole source before anything of it is sent, without asking the server.
struct SourceSurvey: Sendable {
  /// How many records there are to be sent.
  private(set) var records = 0
  /// How many of these are not valid.
  private(set) var rejected = 0
  /// How many valid rows each owner gets who is named, by the login as it is written.
  private var rowsOfOwner: [String: Int] = [:]

  /// Looks through a source.
  ///
  /// - Parameters:
  ///   - source: The source, nothing of it read.
  ///   - options: Which records count.
  /// - Throws: ``InputError``, `MappingError`.
  mutating func add(_ source: OpenSource, options: ImportOptions) async throws {
    let column = source.schema.column(of: .user)
    var survey = self
    try await source.batches.deliver { batch in
      for record in 0..<batch.source.count
      where options.sends(record: batch.source.recordNumber(record)) {
        survey.records += 1
        guard !batch.isRejected[record] else {
          survey.rejected += 1
          continue
        }
        guard let column else { continue }
        let owner = batch.contacts.text(contact: record, column: column)
        let named = owner.isEmpty ? source.schema.owner ?? "" : owner
        if !named.isEmpty { survey.rowsOfOwner[named, default: 0] += 1 }
      }
      return true
    }
    self = survey
  }

  /// What sending it would do to others.
  ///
  /// - Parameters:
  ///   - login: The caller, who gets no mail.
  ///   - makesEntries: Whether the user lets entries be made in guides.
  /// - Returns: What the user has to agree to, if it is anything.
  func sideEffects(login: String, makesEntries: Bool) -> SideEffects {
    let others = owners(besides: login)
    return SideEffects(
      mailedRows: others.reduce(0) { $0 + (rowsOfOwner[$1] ?? 0) },
      mailedOwners: Set(others.map { $0.lowercased() }).count, makesEntries: makesEntries)
  }

  /// The logins of all owners but the caller, as they are written.
  func owners(besides login: String) -> Set<String> {
    Set(rowsOfOwner.keys.filter { $0.lowercased() != login.lowercased() })
  }
}
