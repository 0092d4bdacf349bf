package import CRMClient
import ContactModel
package import PersonAPI

extension ListRequest {
  /// Refuses an owner whom the account does not have: nobody's contacts would pass for all there are.
  ///
  /// - Parameter client: The server; its variant has been found out.
  /// - Throws: ``PlanningError/userUnknown(_:)``; `CRMError` if the server cannot be asked.
  package func checkUser(for client: CRMClient) async throws {
    guard let user, let users = try await client.users() else { return }
    let key = NameKey(user)
    guard users.contains(where: { NameKey($0.login) == key }) else {
      throw PlanningError.userUnknown(user)
    }
  }

  /// Refuses a filter by a source that the CRM does not have, of which the observed server would make
  /// one.
  ///
  /// - Parameter client: The server; its variant has been found out.
  /// - Throws: ``PlanningError/filterUnknown(_:)``; `CRMError` if the server cannot be asked.
  package func checkFilter(for client: CRMClient) async throws {
    guard !client.variant.takesGuideTexts else { return }
    let texts = filter.filter { $0.field == PersonField.clientpath.name && Int($0.value) == nil }
      .map(\.value).filter { !$0.isEmpty }
    guard !texts.isEmpty else { return }
    let known = Set((try await client.clientpathGuide() ?? []).map { NameKey($0.title) })
    for text in texts where !known.contains(NameKey(text)) {
      throw PlanningError.filterUnknown(text)
    }
  }
}
