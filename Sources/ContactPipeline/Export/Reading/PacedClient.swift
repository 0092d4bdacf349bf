import CRMClient
import ContactModel
import PersonAPI
import Synchronization

/// Asks the CRM for an export: within its limits, around answers that are broken, and counted.
///
/// Requests of any number of tasks may run at once.
final class PacedClient: Sendable {
  private let client: CRMClient
  private let pace: RequestPace?
  private let isInterrupted: @Sendable () -> Bool
  private let counts = Mutex((requests: 0, unreadable: 0))

  /// - Parameters:
  ///   - client: The CRM.
  ///   - limits: How hard it may be worked.
  ///   - isInterrupted: Asked before each request; then it fails as cancelled.
  init(
    client: CRMClient, limits: LoadLimits, isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.client = client
    self.isInterrupted = isInterrupted
    pace = limits == .none ? nil : RequestPace(limits, isInterrupted: isInterrupted)
  }

  /// The server's address.
  var server: String { client.server }
  /// How many requests were made.
  var requests: Int { counts.withLock { $0.requests } }
  /// How many values could not be read, whatever was tried.
  var unreadable: Int { counts.withLock { $0.unreadable } }

  /// The fields that are switched on, in the server's order.
  func fields() async throws(CRMError) -> [FieldsReply.Entry] {
    try await paced(.fields) { () async throws(CRMError) in (try await client.fields(), 0) }
  }

  /// A page of a list, in parts where its answer is broken.
  func page(_ request: ListRequest, columns: [PersonField]) async throws(CRMError) -> ListPage {
    do {
      return try await wholePage(request, columns: columns)
    } catch {
      guard PartedPage.isBroken(error), columns.count > 1 else { throw error }
      // What answers may not be the CRM at all, or a single time have been garbled.
      var page = PartedPage(
        request, columns: columns,
        ask: { request, columns async throws(CRMError) in
          try await self.wholePage(request, columns: columns)
        },
        askOne: { request async throws(CRMError) in try await self.contact(request) })
      let found = try await page.read()
      let unreadable = page.unreadable
      counts.withLock { $0.unreadable += unreadable }
      return found
    }
  }

  /// A page of a list as soon as it has come.
  ///
  /// A broken one is not read in parts before it is wanted. Within limits a page is read at once, since they
  /// count contacts.
  func fetch(
    _ request: ListRequest, columns: [PersonField]
  ) async throws(CRMError) -> FetchedPage {
    guard pace == nil else { return .read(try await page(request, columns: columns)) }
    do {
      return try await paced(.list) { () async throws(CRMError) in
        (try await client.fetch(request, columns: columns), 0)
      }
    } catch {
      guard PartedPage.isBroken(error) else { throw error }
      return .unreadable
    }
  }

  /// One contact; `nil` if there is none.
  func contact(_ request: InfoRequest) async throws(CRMError) -> ContactDetails? {
    try await paced(.info) { () async throws(CRMError) in
      let details = try await client.info(request)
      return (details, 1)
    }
  }

  private func wholePage(
    _ request: ListRequest, columns: [PersonField]
  ) async throws(CRMError) -> ListPage {
    try await paced(.list) { () async throws(CRMError) in
      let page = try await client.list(request, columns: columns)
      return (page, page.pids.count)
    }
  }

  private func paced<Answer: Sendable>(
    _ action: Action, _ ask: () async throws(CRMError) -> (Answer, contacts: Int)
  ) async throws(CRMError) -> Answer {
    let isGivenUp = CRMError(
      action, server: server, cause: .transport(TransportError(.cancelled)))
    guard !isInterrupted() else { throw isGivenUp }
    counts.withLock { $0.requests += 1 }
    guard let pace else { return try await ask().0 }
    do { try await pace.enter() } catch { throw isGivenUp }
    let start = ContinuousClock.now
    do {
      let (answer, contacts) = try await ask()
      await pace.leave(contacts: contacts, start: start)
      return answer
    } catch {
      await pace.leave(contacts: 0, start: start)
      throw error
    }
  }
}
