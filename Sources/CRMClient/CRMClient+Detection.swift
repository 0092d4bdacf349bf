import ContactModel
package import PersonAPI

/// Finding out what kind of server answers, without storing anything (DESIGN, server variants).
extension CRMClient {
  /// Finds out the server's variant.
  ///
  /// v3 is spoken where it is wanted and the question for its fields is answered with them. Otherwise
  /// an addlist request without rows tells by its answer which of the two names v2 takes.
  ///
  /// - Parameter choice: Which versions of the API will do.
  /// - Returns: The variant.
  /// - Throws: ``CRMError`` if the server cannot be reached, refuses the credentials, is no CRM, or has
  ///   no v3 and nothing else will do.
  package func detectVariant(_ choice: APIChoice = .auto) async throws(CRMError) -> Variant {
    if choice.allowsV3, credentials.fitHeaders, try await speaksV3() { return .v3 }
    guard choice.allowsV2 else { throw CRMError(.fields, server: server, cause: .missingV3) }
    return try await detectAddListName()
  }

  /// Whether v3 answers `fields` with fields; anything but JSON of its kind means that it is not there.
  private func speaksV3() async throws(CRMError) -> Bool {
    let request = FieldsRequest().request(credentials: credentials, variant: .v3)
    let (body, status) = try await ask(request, action: .fields)
    switch ReplyKind(status: status, body: body) {
    // A server that is out of order says nothing about its versions.
    case .gateway, .databaseDown:
      throw misunderstanding(of: .fields, body, status: status)
    default: break
    }
    switch FieldsReply(body) {
    case .fields: return true
    case .error(let error) where error.refusesCredentials: throw failure(error, of: .fields)
    case .error, .unreadable: return false
    }
  }

  /// 402 means that `addlist` is not known, so it is `add.list`; any other answer of the CRM means
  /// that it is.
  private func detectAddListName() async throws(CRMError) -> Variant {
    var builder = AddListBatchBuilder(
      schema: ContactSchema(columns: []), credentials: credentials, variant: .documented)
    let request = Variant.documented.request(
      .addList, body: builder.finish(), credentials: credentials)
    let (body, status) = try await ask(request, action: .addList)
    switch AddListReply(body) {
    case .rows: return .documented
    case .error(let error) where error.code == APIError.unknownMethod: return .dotted
    case .error(let error) where error.code == APIError.missingParameters: return .documented
    case .error(let error): throw failure(error, of: .addList)
    case .unreadable: throw misunderstanding(of: .addList, body, status: status)
    }
  }
}
