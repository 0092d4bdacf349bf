package import PersonAPI

/// Creating many contacts at once. Such a request is not repeated once something of it
/// was sent.
extension CRMClient {
  /// Posts a finished addlist body; see ``PersonAPI/AddListBatchBuilder``.
  ///
  /// - Returns: How the request ended, to be judged by ``PersonAPI/AddListReconciler``, and the
  ///   transport's error where no reply came.
  package func addList(body: [UInt8], rows: Int) async -> (
    ending: RequestEnding, error: TransportError?
  ) {
    do {
      let reply = try await exchange(
        variant.request(.addList, body: body, credentials: credentials), effect: .write,
        timeout: Self.timeout(rows: rows))
      return (.reply(status: reply.status, body: reply.body), nil)
    } catch {
      return (.lost, error)
    }
  }
}
