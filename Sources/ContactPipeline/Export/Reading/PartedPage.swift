import CRMClient
import ContactModel
import PersonAPI

/// Reads a page that cannot be read as a whole, since a value in it breaks the CRM's answer.
///
/// The page is asked for with fewer and fewer fields, until what breaks it stands alone; that field is then
/// asked for contact by contact. Where a single contact's value still cannot be read it stays empty and is
/// counted. The first answer says which contacts the page has, whatever moves meanwhile.
struct PartedPage {
  /// Asks for one contact's fields; `nil` if there is none.
  typealias AskOne = @Sendable (InfoRequest) async throws(CRMError) -> ContactDetails?

  private let request: ListRequest
  private let columns: [PersonField]
  private let ask: OrderedList.Ask
  private let askOne: AskOne
  /// The values that have been read, by contact.
  private var values: [Int: [PersonField: String]] = [:]
  /// Contacts that went away meanwhile.
  private var gone: Set<Int> = []
  /// Fields of which `info` shows something else than `list`, if anything.
  private static let onlyListed: Set<PersonField> = [.clientpath, .user, .iduser]

  /// How many values could not be read.
  private(set) var unreadable = 0

  init(
    _ request: ListRequest, columns: [PersonField], ask: @escaping OrderedList.Ask,
    askOne: @escaping AskOne
  ) {
    (self.request, self.columns, self.ask, self.askOne) = (request, columns, ask, askOne)
  }

  /// Whether a page that failed like this may be read in parts.
  static func isBroken(_ error: CRMError) -> Bool {
    if case .notUnderstood(status: 200) = error.cause { true } else { false }
  }

  /// Reads the page.
  ///
  /// - Throws: `CRMError` if its contacts cannot be told even by number alone.
  mutating func read() async throws(CRMError) -> ListPage {
    let frame = try await page([.pid])
    let pids = frame.pids.compactMap { $0 }
    for pid in pids { values[pid] = [.pid: String(pid)] }
    try await read(columns.filter { $0 != .pid }[...], of: pids)
    let present = pids.filter { !gone.contains($0) }
    var (bytes, fieldEnds): ([UInt8], [UInt32]) = ([], [])
    for pid in present {
      for column in columns {
        bytes += Array((values[pid]?[column] ?? "").utf8)
        fieldEnds.append(UInt32(bytes.count))
      }
    }
    let records = RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds,
      recordEnds: present.indices.map { UInt32(($0 + 1) * columns.count) },
      lines: Array(frame.records.lines.prefix(present.count)),
      firstRecord: frame.records.firstRecord)
    return ListPage(total: frame.total, records: records, pids: present)
  }

  private mutating func read(_ fields: ArraySlice<PersonField>, of pids: [Int])
    async throws(CRMError)
  {
    guard !fields.isEmpty else { return }
    do {
      let page = try await page([.pid] + fields)
      var seen: Set<Int> = []
      for (record, pid) in page.pids.enumerated() {
        guard let pid else { continue }
        seen.insert(pid)
        for (column, field) in fields.enumerated() {
          values[pid]?[field] = page.records.text(record: record, field: column + 1)
        }
      }
      // What has moved to another page meanwhile is asked for by its number.
      for pid in pids where !seen.contains(pid) && !gone.contains(pid) {
        try await readOne(pid, Array(fields))
      }
    } catch {
      guard Self.isBroken(error) else { throw error }
      if fields.count == 1 {
        for pid in pids where !gone.contains(pid) { try await readOne(pid, Array(fields)) }
      } else {
        let middle = fields.startIndex + fields.count / 2
        try await read(fields[..<middle], of: pids)
        try await read(fields[middle...], of: pids)
      }
    }
  }

  private mutating func readOne(_ pid: Int, _ all: [PersonField]) async throws(CRMError) {
    let fields = all.filter { !Self.onlyListed.contains($0) }
    unreadable += all.count - fields.count
    guard !fields.isEmpty else { return }
    do {
      let details = try await askOne(
        InfoRequest(
          pid: pid, fields: fields, wantsSocials: fields.contains { $0.socialKey != nil }))
      guard let details else {
        gone.insert(pid)
        return
      }
      for field in fields { values[pid]?[field] = details.values[field] ?? "" }
    } catch {
      guard Self.isBroken(error) || error.isForbidden else { throw error }
      guard fields.count > 1 else {
        unreadable += 1
        return
      }
      for field in fields { try await readOne(pid, [field]) }
    }
  }

  private func page(_ fields: [PersonField]) async throws(CRMError) -> ListPage {
    var part = request
    part.fields = fields
    part.wantsSocials = fields.contains { $0.socialKey != nil }
    return try await ask(part, fields)
  }
}
