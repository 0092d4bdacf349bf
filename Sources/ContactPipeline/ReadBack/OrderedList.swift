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

  /// Asks for one page, and has it as soon as it has come.
  typealias Fetch = @Sendable (ListRequest, [PersonField]) async throws(CRMError) -> FetchedPage

  /// How many contacts a page has, but for the last.
  let pageSize: Int
  private let server: String
  private let columns: [PersonField]
  private let request: ListRequest
  private let ask: Ask
  private let fetch: Fetch?

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
    pageSize: Int = ListRequest.pageSize, fetch: Fetch? = nil, ask: @escaping Ask
  ) {
    self.server = server
    self.columns = columns
    self.pageSize = pageSize
    self.ask = ask
    self.fetch = fetch
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
    try ordered(try await ask(request(number), columns))
  }

  /// A page as soon as it has come; see ``page(_:of:)``.
  ///
  /// - Throws: `CRMError` if it does not come.
  func fetched(_ number: Int) async throws(CRMError) -> FetchedPage {
    guard let fetch else { return .read(try await ask(request(number), columns)) }
    return try await fetch(request(number), columns)
  }

  /// A page that has come.
  ///
  /// - Parameters:
  ///   - number: Its number.
  ///   - fetched: What has come.
  /// - Returns: The page, and whether it had to be asked for again: then it is younger than what was asked for
  ///   since it came.
  /// - Throws: `CRMError` if it cannot be read, or its contacts are not in order.
  func page(
    _ number: Int, of fetched: FetchedPage
  ) async throws(CRMError) -> (page: ListPage, isAskedAgain: Bool) {
    switch fetched {
    case .read(let page): return (try ordered(page), false)
    case .unread(let unread):
      if let page = unread.page() { return (try ordered(page), false) }
      return (try await page(number), true)
    case .unreadable: return (try await page(number), true)
    }
  }

  private func request(_ number: Int) -> ListRequest {
    var request = request
    request.page = number
    return request
  }

  private func ordered(_ page: ListPage) throws(CRMError) -> ListPage {
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
