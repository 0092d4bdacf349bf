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
      let reply = try await transport.send(
        variant.request(.addList, body: body, credentials: credentials),
        timeout: Self.timeout(rows: rows))
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
}
