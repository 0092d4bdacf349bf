import ContactModel
package import PersonAPI

/// Requests that change what is stored. None is ever repeated here.
extension CRMClient {
  /// Posts a finished addlist body; see ``PersonAPI/AddListBatchBuilder``.
  ///
  /// - Returns: How the request ended, to be judged by ``PersonAPI/AddListReconciler``, and the
  ///   transport's error where no reply came.
  package func addList(body: [UInt8], rows: Int) async -> (
    ending: RequestEnding, error: TransportError?
  ) {
    do {
      let reply = try await transport.post(
        path: variant.path, form: body, timeout: Self.timeout(rows: rows))
      return (.reply(status: reply.status, body: reply.body), nil)
    } catch {
      return (.lost, error)
    }
  }

  /// Creates, changes or deletes one contact.
  ///
  /// - Throws: ``CRMError`` if the server refuses, or if what it did cannot be told.
  package func mutate(_ request: some PersonRequest) async throws(CRMError) -> MutationReply {
    let (body, status) = try await ask(request)
    let reply = MutationReply(body, to: request.action)
    switch reply {
    case .done, .refused: return reply
    case .error(let error): throw failure(error, of: request.action)
    case .unreadable: throw misunderstanding(of: request.action, status: status)
    }
  }

  /// Finds out which of the two names of addlist the server takes, with a request without rows.
  ///
  /// Such a request stores nothing. 402 means that `addlist` is not known, so it is `add.list`; any
  /// other answer of the CRM means that it is (DESIGN, server variants).
  ///
  /// - Throws: ``CRMError`` if the server cannot be reached, refuses the credentials, or is no CRM.
  package func detectVariant() async throws(CRMError) -> Variant {
    var builder = AddListBatchBuilder(
      schema: ContactSchema(columns: []), credentials: credentials, variant: .documented)
    let reply: HTTPReply
    do {
      reply = try await transport.post(
        path: Variant.documented.path, form: builder.finish(), timeout: Self.leastTimeout)
    } catch {
      throw CRMError(.addList, server: server, cause: .transport(error))
    }
    switch AddListReply(ReplyBody(reply.body)) {
    case .rows: return .documented
    case .error(let error) where error.code == APIError.unknownMethod: return .dotted
    case .error(let error) where error.code == APIError.missingParameters: return .documented
    case .error(let error): throw failure(error, of: .addList)
    case .unreadable: throw misunderstanding(of: .addList, status: reply.status)
    }
  }
}
