package import CRMClient
import ContactModel
package import PersonAPI

/// Looks at contacts that were typed by hand and go out as they are, for what would do harm on the
/// server: values that break the request, owners nobody knows, texts for guides that take numbers.
package struct TypedValues: Sendable {
  private let rows: [[FieldValue]]

  /// - Parameter rows: The values of each contact.
  package init(_ rows: [[FieldValue]]) { self.rows = rows }

  /// Refuses what would do harm on a server; on the documented one nothing does.
  ///
  /// - Parameter client: The server; its variant has been found out.
  /// - Throws: ``ContactUpdate/Problem``; `CRMError` if the server cannot be asked.
  package func check(for client: CRMClient) async throws {
    let variant = client.variant
    guard variant.storedValues.isBrokenByValues else { return }
    let route = variant.format == .json ? ValueRoute.listJSON : .listForm
    let predictor = StoredValuePredictor(
      schema: ContactSchema(columns: []), variant: variant, route: route)
    for value in rows.joined() {
      let bytes = Array(value.value.utf8)
      if value.field == .person, !bytes.isEmpty,
        predictor.storedValue(of: bytes, in: .person) == .nothing
      {
        throw ContactUpdate.Problem.nameless
      }
      guard BreakingValue(bytes, in: value.field, by: route) == nil else {
        throw ContactUpdate.Problem.breaking(value.field)
      }
      let isGuide = value.field == .clientpath || value.field == .loyalty
      guard !isGuide || value.value.isEmpty || Int(value.value) != nil || variant.takesGuideTexts
      else { throw ContactUpdate.Problem.guideText(value.field) }
    }
    let logins = rows.joined().filter { $0.field == .user && !$0.value.isEmpty }.map(\.value)
    guard !logins.isEmpty else { return }
    let known = Set((try await client.users() ?? []).map { NameKey($0.login) })
    for login in logins where !known.contains(NameKey(login)) {
      throw ContactUpdate.Problem.ownerUnknown(login)
    }
  }
}
