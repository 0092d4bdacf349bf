import ContactModel
package import PersonAPI

/// What is known beside contacts: users, guides, clients.
///
/// Each answer is `nil` where the server has no such method, as the documented one need not.
extension CRMClient {
  /// All users, also those without access.
  package func users() async throws(CRMError) -> [CRMUser]? {
    try await entries(.users)?.entries
  }

  /// The entries of the guide `clientpath`; there is no such question for `loyalty`.
  package func clientpathGuide() async throws(CRMError) -> [GuideEntry]? {
    try await entries(.clientpathGuide)?.entries
  }

  /// The clients whose titles contain a text, on however many pages.
  ///
  /// - Parameter word: The text; empty for all clients.
  /// - Returns: The clients, each once.
  /// - Throws: ``CRMError`` if the server refuses, or its answer cannot be understood.
  package func clients(word: String) async throws(CRMError) -> [CRMCompany]? {
    var companies: [CRMCompany] = []
    var seen: Set<Int> = []
    var page = 0
    while true {
      guard
        let found: (entries: [CRMCompany], total: Int?) = try await entries(
          .clients(word: word, page: page))
      else { return nil }
      let count = companies.count
      for company in found.entries where seen.insert(company.clid).inserted {
        companies.append(company)
      }
      page += 1
      // A page that brings nothing new ends the list, whatever the total says, if it says one.
      if companies.count == count || companies.count >= found.total ?? .max { return companies }
    }
  }

  /// The clients with a title, see ``PersonAPI/CompanyLookup``; none or several is for the caller to
  /// judge.
  package func clients(titled title: String) async throws(CRMError) -> [CRMCompany]? {
    let lookup = CompanyLookup(title: title)
    guard !lookup.title.isEmpty else { return [] }
    return try await clients(word: lookup.word).map(lookup.matches)
  }

  private func entries<Entry: DirectoryEntry>(
    _ request: DirectoryRequest
  ) async throws(CRMError) -> (entries: [Entry], total: Int?)? {
    let (body, status) = try await ask(request.request(credentials: credentials), action: .list)
    switch DirectoryReply<Entry>(status: status, body: body) {
    case .entries(let entries, let total): return (entries, total)
    case .missing: return nil
    case .error(let error): throw failure(error, of: .list)
    case .unreadable: throw misunderstanding(of: .list, body, status: status)
    }
  }
}

extension CRMClient {
  /// Makes an entry of the guide `clientpath` on a server that takes entries by number.
  ///
  /// There a filter with a text that is in no entry makes one of it; nothing else is stored. Though it
  /// looks like a question it is never repeated, and no two may be under way at once: each would make
  /// an entry of its own.
  ///
  /// - Parameter title: The entry.
  /// - Returns: The guide as it is afterwards, whatever became of the request.
  /// - Throws: ``CRMError`` if nothing was sent, or the guide cannot be read.
  package func createSource(_ title: String) async throws(CRMError) -> [GuideEntry] {
    let request = ListRequest(
      fields: [.pid], filter: [.init(field: "clientpath", value: title)])
    do {
      _ = try await exchange(
        request.request(credentials: credentials, variant: variant), effect: .write,
        timeout: Self.leastTimeout)
    } catch {
      guard !error.isNothingSent else {
        throw CRMError(.list, server: server, cause: .transport(error))
      }
    }
    guard let entries = try await clientpathGuide() else {
      throw CRMError(.list, server: server, cause: .notUnderstood(status: 404))
    }
    return entries
  }
}
