package import ContactModel
package import PersonAPI

/// Requests that change no contact, so that they may be repeated.
///
/// One is none of these on the observed server: a filter by `clientpath` with a text that is not in the
/// guide makes an entry of it; see ``createSource(_:)``.
extension CRMClient {
  /// The fields that are switched on, in the server's order.
  package func fields() async throws(CRMError) -> [FieldsReply.Entry] {
    let (body, status) = try await ask(FieldsRequest())
    switch FieldsReply(body) {
    case .fields(let entries): return entries
    case .error(let error): throw failure(error, of: .fields)
    case .unreadable: throw misunderstanding(of: .fields, body, status: status)
    }
  }

  /// A page of contacts.
  ///
  /// - Parameters:
  ///   - request: Which page of what.
  ///   - columns: The columns the page's records are to have.
  /// - Returns: The page, and how many contacts match in all.
  /// - Throws: ``CRMError`` if the server refuses, or its answer cannot be understood.
  package func list(_ request: ListRequest, columns: [PersonField]) async throws(CRMError)
    -> ListPage
  {
    let first = request.page * ListRequest.pageSize + 1
    var page: ListPage?
    // The usual answer is read once: whether it is whole shows while it is being read.
    let (reply, status) = try await ask(request) { reply in
      guard reply.status == 200 else { return false }
      page = ListReply.wholePage(reply.body, columns: columns, firstRecord: first)
      return page != nil
    }
    if let page { return page }
    return try carefully(reply, status: status, columns: columns, firstRecord: first)
  }

  /// A page of contacts as soon as it has come, so that the next one is on its way while it is read.
  ///
  /// - Parameters:
  ///   - request: Which page of what.
  ///   - columns: The columns the page's records are to have.
  /// - Returns: The page, most often still to be read.
  /// - Throws: ``CRMError`` if the server refuses, or its answer cannot be understood.
  package func fetch(_ request: ListRequest, columns: [PersonField]) async throws(CRMError)
    -> FetchedPage
  {
    let first = request.page * ListRequest.pageSize + 1
    var seemsWhole = false
    let (reply, status) = try await ask(request) { reply in
      seemsWhole = reply.status == 200 && ListReply.seemsWhole(reply.body)
      return seemsWhole
    }
    guard !seemsWhole else {
      return .unread(UnreadPage(bytes: reply, columns: columns, firstRecord: first))
    }
    return .read(try carefully(reply, status: status, columns: columns, firstRecord: first))
  }

  /// Reads an answer that is not just a page.
  private func carefully(
    _ reply: [UInt8], status: Int, columns: [PersonField], firstRecord first: Int
  ) throws(CRMError) -> ListPage {
    let body = ReplyBody(reply)
    switch ListReply(body, columns: columns, firstRecord: first) {
    case .page(let page): return page
    case .error(let error): throw failure(error, of: .list)
    case .unreadable: throw misunderstanding(of: .list, body, status: status)
    }
  }

  /// One contact, or `nil` if there is none with this identifier.
  package func info(_ request: InfoRequest) async throws(CRMError) -> ContactDetails? {
    let (body, status) = try await ask(request)
    switch InfoReply(body) {
    case .contact(let details): return details
    case .absent: return nil
    case .error(let error): throw failure(error, of: .info)
    case .unreadable: throw misunderstanding(of: .info, body, status: status)
    }
  }
}
