import CRMClient
import ContactModel
import PersonAPI

/// Looks for contacts that no list shows: those of owners whom the CRM does not know.
///
/// What `info` shows does not depend on the account, so contacts of owners whom the CRM does know are passed over
/// and counted. The source (`clientpath`) stays empty: `info` shows another one. They can only be asked for by their numbers. All numbers up to the highest listed one that no list has, and
/// those behind it to 200 in a row without a contact, are asked for, one request each.
struct InvisibleContacts {
  /// How many numbers in a row have to be without a contact for the scan to end.
  static let absentInARow = 200
  /// How many contacts are handed over at once.
  private static let pageSize = 200

  private let client: PacedClient
  private let columns: [PersonField]
  /// Contacts that are there and are somebody's whom this account does not see.
  private(set) var forbidden = 0

  init(client: PacedClient, columns: [PersonField]) {
    self.client = client
    self.columns = columns
  }

  /// Scans.
  ///
  /// - Parameters:
  ///   - gaps: The numbers no list has, up to the highest one that is listed, rising.
  ///   - highest: The highest listed number.
  ///   - page: Takes contacts in the order of their numbers, and how many numbers have been asked for.
  /// - Throws: `CRMError`; what `page` throws.
  mutating func scan(
    gaps: [Range<Int>], above highest: Int, page: (PageWalk.Page, Int) async throws -> Void
  ) async throws {
    var found = RecordSpool.Page()
    var asked = 0
    func take(_ details: ContactDetails, _ pid: Int) {
      for column in columns {
        let text =
          switch column {
          case .pid: String(pid)
          case .clientpath: ""
          default: details.values[column] ?? ""
          }
        found.bytes += Array(text.utf8)
        found.valueEnds.append(UInt32(found.bytes.count))
      }
    }
    for gap in gaps {
      for pid in gap {
        asked += 1
        if let details = try await contact(pid) { take(details, pid) }
        if found.valueEnds.count >= Self.pageSize * columns.count || asked % Self.pageSize == 0 {
          try await page(records(found), asked)
          found = RecordSpool.Page()
        }
      }
    }
    var (pid, absent) = (highest, 0)
    while absent < Self.absentInARow {
      pid += 1
      asked += 1
      let others = forbidden
      let details = try await contact(pid)
      absent = details == nil && forbidden == others ? absent + 1 : 0
      // What stands behind all that was listed may have come since, and is anybody's.
      forbidden = others
      if let details { take(details, pid) }
      if found.valueEnds.count >= Self.pageSize * columns.count {
        try await page(records(found), asked)
        found = RecordSpool.Page()
      }
    }
    try await page(records(found), asked)
  }

  private func records(_ page: RecordSpool.Page) -> PageWalk.Page {
    let count = page.valueEnds.count / columns.count
    return PageWalk.Page(
      batch: RecordBatch(
        bytes: page.bytes, fieldEnds: page.valueEnds,
        recordEnds: (0..<count).map { UInt32(($0 + 1) * columns.count) },
        lines: Array(repeating: 1, count: count), firstRecord: 1), records: Array(0..<count))
  }

  private mutating func contact(_ pid: Int) async throws -> ContactDetails? {
    do {
      let details = try await client.contact(
        InfoRequest(
          pid: pid, fields: columns + (columns.contains(.iduser) ? [] : [.iduser]),
          wantsSocials: columns.contains { $0.socialKey != nil }))
      guard details?.pid == nil || details?.pid == pid else {
        throw CRMError(.info, server: client.server, cause: .notUnderstood(status: 200))
      }
      // A login, where the CRM has a name for the owner's number.
      guard let details, details.values[.user] == nil else {
        forbidden += details == nil ? 0 : 1
        return nil
      }
      return details
    } catch let error as CRMError {
      guard error.isForbidden else { throw error }
      forbidden += 1
      return nil
    }
  }
}
