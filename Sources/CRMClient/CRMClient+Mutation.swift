package import PersonAPI

/// Adding, changing and deleting one contact. None is repeated once
/// something of it was sent.
///
/// Where the answer does not say what became of it, the contact is looked up; what that shows is
/// decided in ``PersonAPI/MutationOutcome``. An outcome that cannot be told is a value, not an error:
/// errors mean that nothing was done.
extension CRMClient {
  /// Creates one contact, as an addlist of one where the variant's `add` cannot be relied on to answer.
  ///
  /// - Throws: ``CRMError`` if nothing was sent, or the server refuses the request.
  package func add(_ request: AddRequest) async throws(CRMError) -> MutationOutcome {
    guard !variant.answersSingleWrites else {
      return try await attempt(request) { kind in .unknown(kind) }
    }
    guard let wire = request.asAddList(credentials: credentials, variant: variant) else {
      throw CRMError(.add, server: server, cause: .tooLarge)
    }
    let ending: RequestEnding
    do {
      let reply = try await exchange(wire, effect: .write, timeout: Self.leastTimeout)
      ending = .reply(status: reply.status, body: reply.body)
    } catch {
      guard !error.isNothingSent else {
        throw CRMError(.add, server: server, cause: .transport(error))
      }
      ending = .lost
    }
    let reconciled = AddListReconciler(rowCount: 1, ending: ending)
    if let error = reconciled.error { throw failure(error, of: .add) }
    return MutationOutcome(reconciled)
  }

  /// Changes one contact.
  ///
  /// Where the variant's `update` cannot be relied on to answer, the contact is read before as well, so
  /// that there is something to compare with.
  ///
  /// - Parameters:
  ///   - request: The contact and its new values; all of them, unless the variant's updates are partial.
  ///   - stored: What the server makes of a value that it stores.
  /// - Returns: What became of it.
  /// - Throws: ``CRMError`` if nothing was sent, or the server refuses the request.
  package func update(
    _ request: UpdateRequest, stored: (FieldValue) -> String = { $0.value }
  ) async throws(CRMError) -> MutationOutcome {
    let look = InfoRequest(pid: request.pid)
    let before = variant.answersSingleWrites ? nil : try await info(look)
    return try await attempt(request) { kind throws(CRMError) in
      MutationOutcome(
        update: request, before: before, after: try await info(look), kind: kind, stored: stored)
    }
  }

  /// Deletes one contact.
  ///
  /// - Throws: ``CRMError`` if nothing was sent, or the server refuses the request.
  package func delete(_ request: DeleteRequest) async throws(CRMError) -> MutationOutcome {
    try await attempt(request) { kind throws(CRMError) in
      MutationOutcome(
        deletion: request, isThere: try await info(InfoRequest(pid: request.pid)) != nil, kind: kind
      )
    }
  }

  /// Sends a write, and asks what became of it where the reply does not say.
  private func attempt(
    _ request: some PersonRequest, lookUp: (ReplyKind?) async throws(CRMError) -> MutationOutcome
  ) async throws(CRMError) -> MutationOutcome {
    let reply: HTTPReply?
    do {
      reply = try await exchange(
        request.request(credentials: credentials, variant: variant), effect: .write,
        timeout: Self.leastTimeout)
    } catch {
      guard !error.isNothingSent else {
        throw CRMError(request.action, server: server, cause: .transport(error))
      }
      reply = nil
    }
    let body = ReplyBody(reply?.body ?? [])
    let kind = reply.map { ReplyKind(status: $0.status, body: body) }
    switch (kind, MutationReply(body, to: request.action)) {
    case (.answer, .done(let answer)): return .done(answer)
    case (.answer, .refused(let answer)): return .refused(answer)
    case (.error(let error), _): throw failure(error, of: request.action)
    default:
      do {
        return try await lookUp(kind)
      } catch {
        // What cannot be looked up stays unknown.
        return .unknown(kind)
      }
    }
  }
}
