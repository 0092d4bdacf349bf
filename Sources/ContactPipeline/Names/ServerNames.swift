import CRMClient
import ContactMapping
import ContactModel
import PersonAPI

/// Asks a server for the names a mapping needs, so that unknown ones are found before anything is
/// sent.
struct ServerNames {
  private let client: CRMClient

  init(_ client: CRMClient) { self.client = client }

  /// How far numbers of the guide `loyalty` are tried; it has no list to ask for.
  static let mostLoyaltyEntries = 40

  /// What the account knows of the names that a mapping needs, and what cannot be known.
  ///
  /// - Throws: `CRMError`; ``PlanningError`` where owners cannot be known and a wrong one would hide
  ///   its contact.
  func names(for mapping: Mapping) async throws -> (
    names: AccountNames, notices: [ServerNotice]
  ) {
    var names = AccountNames()
    var notices: [ServerNotice] = []
    if mapping.namesOwners {
      if let users = try await client.users() {
        names.know(owners: users.map { .init(login: $0.login, isActive: $0.isActive) })
      } else {
        guard client.variant.takesGuideTexts else { throw PlanningError.ownersUnlisted }
        notices.append(.ownersUnseen)
      }
    }
    if needsEntries(of: .clientpath, mapping) {
      if let entries = try await client.clientpathGuide() {
        names.know(entries.map { ($0.id, $0.title) }, of: .clientpath)
      } else if mapping.namesEntries(of: .clientpath) {
        notices.append(.guideUnseen(.clientpath))
      }
    }
    if needsEntries(of: .loyalty, mapping) {
      if client.variant.takesGuideTexts {
        if mapping.namesEntries(of: .loyalty) { notices.append(.guideUnseen(.loyalty)) }
      } else {
        names.know(try await loyaltyEntries(), of: .loyalty)
      }
    }
    return (names, notices)
  }

  /// Whether a text can become an entry unchanged: a filter loses some characters, and others end the
  /// request.
  static func canBeEntry(_ title: String) -> Bool {
    // A number would be taken for an entry's.
    !title.isEmpty && title.count <= 250 && Double(title) == nil
      && !title.contains { "'\"`\\<>«»?%_&;".contains($0) || $0.isNewline }
      && title.unicodeScalars.allSatisfy { $0.value < 0x10000 }
  }

  /// What `loyalty` has been given to contacts: it has no list, but contacts can be asked for by the
  /// number of their entry and show its title.
  func loyaltyEntries() async throws(CRMError) -> [(id: Int, title: String)] {
    var entries: [(id: Int, title: String)] = []
    var misses = 0
    for number in 1...Self.mostLoyaltyEntries where misses < 10 {
      let page = try await client.list(
        ListRequest(
          fields: [.pid, .loyalty], filter: [.init(field: "loyalty", value: String(number))]),
        columns: [.loyalty])
      guard page.records.count > 0 else {
        misses += 1
        continue
      }
      misses = 0
      let range = page.records.fieldRange(record: 0, field: 0)
      let title = String(decoding: page.records.bytes[range], as: UTF8.self)
      if !title.isEmpty { entries.append((number, title)) }
    }
    return entries
  }

  private func needsEntries(of guide: PersonField, _ mapping: Mapping) -> Bool {
    if client.variant.takesGuideTexts { return mapping.fields.contains { $0.field == guide } }
    return mapping.namesEntries(of: guide)
  }
}
