package import CRMClient
package import ContactModel
package import PersonAPI

/// Reads what a server has above a `pid`, so that changes meanwhile repeat a contact but hide none.
///
/// Used to find out what became of requests without an answer: a row that is not read is sent again,
/// so a contact that is there and not seen would be stored twice.
///
/// ```swift
/// let reader = RangeReader(client: client, columns: columns, owners: ["petrov@example.com"])
/// try await reader.read(above: floor) { page, records in … }
/// ```
///
/// **What is promised.** Every contact that is above the floor and in one of the lists from the first
/// request to the last is handed over at least once, whatever is added or deleted meanwhile, wherever,
/// and whatever leaves a list through an edit. It may come several times, within a list and in several
/// lists. The same holds where contacts *enter* a list in its middle, as one does that is given to its
/// owner, as long as between two requests a list only gains or only loses: what does both at once cannot
/// be told from rest. Where a list does not come to rest, the reading fails.
///
/// Memory is a page, whatever the range's length.
package struct RangeReader: Sendable {
  private let client: CRMClient
  private let columns: [PersonField]
  private let owners: [String]
  private let key: ListRequest.Condition?
  private let patience: Patience?
  private let isInterrupted: @Sendable () -> Bool

  /// - Parameters:
  ///   - client: The server.
  ///   - columns: The columns of the pages handed over.
  ///   - owners: The logins whose lists are read, too: an owner's contacts may be missing in the
  ///     caller's own list.
  ///   - key: A condition that every contact has to meet.
  ///   - patience: Waits where the server is down; without it the first failure ends the reading.
  ///   - isInterrupted: Asked before each request; then the reading ends with an error that says
  ///     `cancelled`.
  package init(
    client: CRMClient, columns: [PersonField], owners: [String] = [],
    key: ListRequest.Condition? = nil, patience: Patience? = nil,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.client = client
    self.columns = columns
    self.owners = owners
    self.key = key
    self.patience = patience
    self.isInterrupted = isInterrupted
  }

  /// Reads every contact above a `pid`, one page at a time.
  ///
  /// What is added while it reads is read, too, as long as it comes slower than it is read; after
  /// a few rounds it is left to the next reading.
  ///
  /// - Parameters:
  ///   - floor: Contacts up to this `pid` are left out.
  ///   - page: Takes a page and the indexes of its records that are wanted. Pages come in no order.
  /// - Throws: `CRMError` if a page cannot be read, which proves nothing about its contacts; what
  ///   `page` throws.
  package func read(
    above floor: Int, page: (ListPage, [Int]) async throws -> Void
  ) async throws {
    for list in lists {
      var walk = RangeWalk(list: list, floor: floor)
      try await walk.run(page)
    }
  }

  /// The highest `pid` there is, 0 without a contact; what is stored later has a higher one.
  ///
  /// - Returns: The highest of all lists that are read; contacts in none of them do not count.
  /// - Throws: `CRMError` if a list cannot be read.
  package func highestPID() async throws -> Int {
    var highest = 0
    for selection in selections {
      var request = selection
      request.order = "pid"
      request.first = .newestFirst
      request.fields = [.pid]
      let newest = request
      let page = try await patiently(.list) { () async throws(CRMError) in
        try await client.list(newest, columns: [.pid])
      }
      for pid in page.pids {
        guard let pid else {
          throw CRMError(.list, server: client.server, cause: .listOutOfOrder)
        }
        highest = max(highest, pid)
      }
    }
    return highest
  }

  /// How many identifiers in a row have to be without a contact for a scan to end.
  package static let absentInARow = 200

  /// Asks for every single contact above a `pid`, for owners whose contacts no list shows.
  ///
  /// Ends behind 200 identifiers in a row without a contact, all of them above `known`. A contact
  /// without any value cannot be told from none.
  ///
  /// - Parameters:
  ///   - floor: The first contact asked for is the one behind it.
  ///   - known: The highest identifier that is known to have been given to a contact.
  ///   - each: Takes a contact; its `pid` is set.
  /// - Throws: `CRMError`, with `isForbidden` set where the server does not show one
  ///   to this user, which proves nothing about it; what `each` throws.
  package func scan(
    from floor: Int, atLeastTo known: Int, each: (ContactDetails) async throws -> Void
  ) async throws {
    var absent = 0
    var pid = floor
    while absent < Self.absentInARow {
      pid += 1
      let request = InfoRequest(
        pid: pid, fields: columns, wantsSocials: columns.contains { $0.socialKey != nil })
      let details = try await patiently(.info) { () async throws(CRMError) in
        try await client.info(request)
      }
      guard var details else {
        absent = pid > known ? absent + 1 : 0
        continue
      }
      guard details.pid == nil || details.pid == pid else {
        throw CRMError(.info, server: client.server, cause: .notUnderstood(status: 200))
      }
      details.pid = pid
      absent = 0
      try await each(details)
    }
  }

  /// The caller's own list, then one for each owner.
  private var selections: [ListRequest] {
    let filter = key.map { [$0] } ?? []
    return [ListRequest(filter: filter)] + owners.map { ListRequest(user: $0, filter: filter) }
  }

  private var lists: [OrderedList] {
    selections.map { selection in
      OrderedList(server: client.server, selection: selection, columns: columns) {
        request, columns async throws(CRMError) in
        try await patiently(.list) { () async throws(CRMError) in
          try await client.list(request, columns: columns)
        }
      }
    }
  }

  private func patiently<Answer: Sendable>(
    _ action: Action, _ ask: () async throws(CRMError) -> Answer
  ) async throws(CRMError) -> Answer {
    guard !isInterrupted() else {
      throw CRMError(
        action, server: client.server, cause: .transport(TransportError(.cancelled)))
    }
    guard let patience else { return try await ask() }
    return try await patience.untilAnswered(ask)
  }
}
