import CRMClient
import ContactModel
import PersonAPI

/// A list of contacts in the order of `pid`, oldest first, asked for page by page.
///
/// The only order in which pages can be told apart while contacts are added and deleted; whoever
/// walks through them relies on it, so a page that does not keep to it is refused.
struct OrderedList: Sendable {
  /// Asks for one page.
  typealias Ask = @Sendable (ListRequest, [PersonField]) async throws(CRMError) -> ListPage

  /// How many contacts a page has, but for the last.
  let pageSize: Int
  private let server: String
  private let columns: [PersonField]
  private let request: ListRequest
  private let ask: Ask

  /// - Parameters:
  ///   - client: The server.
  ///   - selection: Which contacts; its order and its fields are set here.
  ///   - columns: The columns of every page.
  init(client: CRMClient, selection: ListRequest, columns: [PersonField]) {
    self.init(server: client.server, selection: selection, columns: columns) {
      request, columns async throws(CRMError) in
      try await client.list(request, columns: columns)
    }
  }

  init(
    server: String, selection: ListRequest, columns: [PersonField],
    pageSize: Int = ListRequest.pageSize, ask: @escaping Ask
  ) {
    self.server = server
    self.columns = columns
    self.pageSize = pageSize
    self.ask = ask
    var request = selection
    request.order = "pid"
    request.first = .oldestFirst
    request.fields = columns
    request.wantsSocials = columns.contains { $0.socialKey != nil }
    self.request = request
  }

  /// The last page of a list of so many contacts; page 0 of an empty one.
  func lastPage(of total: Int) -> Int { max(0, (total - 1) / pageSize) }

  /// A page.
  ///
  /// - Throws: `CRMError` if it cannot be read, or its contacts are not in order.
  func page(_ number: Int) async throws(CRMError) -> ListPage {
    var request = request
    request.page = number
    let page = try await ask(request, columns)
    var previous = 0
    for pid in page.pids {
      guard let pid, pid > previous else { throw failure(.listOutOfOrder) }
      previous = pid
    }
    return page
  }

  /// The error that ends a reading.
  func failure(_ cause: CRMError.Cause) -> CRMError {
    CRMError(.list, server: server, cause: cause)
  }
}
