import GRDB

/// A question to `list`: which contacts, in which order, and which page of them.
struct ContactQuery {
  /// How many contacts a page has; no request changes it.
  static let pageSize = 200

  private var conditions: [String] = []
  private var arguments: [any DatabaseValueConvertible] = []
  private let order: String
  private let offset: Int
  /// Seconds east of Greenwich, in which dates are asked for.
  private let timeZoneOffset: Int

  /// Reads the parameters of `list`.
  ///
  /// - Throws: ``PersonFailure/unknownColumn(_:clause:)`` where a name is no column.
  init(
    _ parameters: RequestParameters, caller: Caller, timeZoneOffset: Int, in database: Database
  ) throws {
    self.timeZoneOffset = timeZoneOffset
    order = try Self.order(parameters)
    offset = Self.offset(parameters.word("offset"))
    try addOwners(parameters, caller, database)
    addDates(parameters)
    addWord(parameters.word("word"))
    if let filter = parameters.array("filter") { try addFilters(filter, database) }
  }

  /// How many contacts there are on all pages.
  func count(in database: Database) throws -> Int {
    let statement = try database.cachedStatement(sql: "SELECT count(*) FROM person WHERE \(filter)")
    return try Int.fetchOne(statement, arguments: StatementArguments(arguments)) ?? 0
  }

  /// The contacts of the page.
  func page(in database: Database) throws -> [ContactRecord] {
    // The page is cut before the joins, which a far page would otherwise make for nothing.
    let statement = try database.cachedStatement(
      sql: """
        \(ContactRecord.selection) WHERE person.pid IN (
          SELECT pid FROM person WHERE \(pageFilter) ORDER BY \(order) LIMIT ? OFFSET ?)
        ORDER BY \(order)
        """)
    let all = arguments + [Self.pageSize, offset] as [any DatabaseValueConvertible]
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(all))
    var records: [ContactRecord] = []
    while let row = try rows.next() { records.append(ContactRecord(row, offset: timeZoneOffset)) }
    return records
  }

  private var filter: String { conditions.joined(separator: " AND ") }

  /// The conditions as a page in the order of `pid` wants them.
  ///
  /// The plus keeps SQLite from finding contacts by owner: nearly all belong to visible owners, and
  /// every page would be sorted anew. Any other order is sorted in any case.
  private var pageFilter: String { order.hasPrefix("person.pid") ? "+" + filter : filter }

  private mutating func add(_ condition: String, _ values: any DatabaseValueConvertible...) {
    conditions.append(condition)
    arguments += values
  }

  /// Reads `order` and `first`; equal contacts stand by pid, oldest first.
  private static func order(_ parameters: RequestParameters) throws -> String {
    let names = parameters.word("order")
    var columns: [String] = []
    for name in names.isEmpty ? ["date_create"] : names.split(separator: ",") {
      let name = RequestParameters.trimmed(String(name))
      guard let column = PersonColumn(rawValue: name) else {
        throw PersonFailure.unknownColumn(name, clause: "ORDER BY")
      }
      columns.append("person.\(column.rawValue)")
    }
    // The direction belongs to the last column, as it would in SQL.
    let direction = parameters.word("first") == "old" ? "ASC" : "DESC"
    let order = columns.joined(separator: ", ") + " " + direction
    return columns.contains("person.pid") ? order : order + ", person.pid ASC"
  }

  /// Reads `offset`, which counts pages: `1.5` is row 300, and what is no number is the first page.
  private static func offset(_ text: String) -> Int {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let pages = Double(number), pages > 0 else { return 0 }
    return Int(min(pages * Double(pageSize), 1e15))
  }

  private mutating func addOwners(
    _ parameters: RequestParameters, _ caller: Caller, _ database: Database
  ) throws {
    var owners = caller.visibleOwners
    let login = parameters.word("user")
    if !login.isEmpty {
      let user = try Caller.user(login: login, in: database)
      owners = owners.filter { $0 == user }
    }
    add("person.iduser IN (\(owners.map { "'\($0)'" }.joined(separator: ", ")))")
  }

  /// Reads the dates: one alone is exclusive, two together are inclusive; what is no date is
  /// not there.
  private mutating func addDates(_ parameters: RequestParameters) {
    let offset = timeZoneOffset
    let moment = { (name: StaticString) in
      CRMDate.normalized(parameters.word(name)).map { CRMDate.shifted($0, by: -offset) }
    }
    let start = moment("dateStart")
    let end = moment("dateEnd")
    switch (start, end) {
    case (let start?, let end?): add("person.date_create BETWEEN ? AND ?", start, end)
    case (let start?, nil): add("person.date_create > ?", start)
    case (nil, let end?): add("person.date_create < ?", end)
    case (nil, nil): break
    }
  }

  private mutating func addWord(_ word: String) {
    guard !word.isEmpty else { return }
    add("crm_word(?, person.tel, person.person, person.ptitle, person.mail)", word)
  }

  private mutating func addFilters(_ filters: PHPArray, _ database: Database) throws {
    for (key, value) in zip(filters.keys, filters.values) {
      let text = RequestParameters.trimmed(RequestParameters.text(value) ?? "")
      let name = Self.name(of: key)
      guard let column = PersonColumn(rawValue: name) else {
        throw PersonFailure.unknownColumn(name, clause: "WHERE")
      }
      // The documentation's own example sends filters with nothing in them.
      guard !text.isEmpty else { continue }
      switch column {
      case .clid:
        let clid = RequestParameters.number(text)
        if clid != 0 { add("person.clid = ?", clid) }
      case .loyalty, .clientpath:
        let guide = column == .loyalty ? Guide.loyalty : .clientpath
        // An unknown text is in no contact.
        add("person.\(name) = ?", try guide.entry(text, in: database) ?? -1)
      case .dateCreate, .dateEdit:
        let shown = "datetime(person.\(name), '\(timeZoneOffset) seconds')"
        add("crm_contains(\(shown), ?)", text)
      default: add("crm_contains(CAST(person.\(name) AS TEXT), ?)", text)
      }
    }
  }

  private static func name(of key: PHPKey) -> String {
    switch key {
    case .number(let number): String(number)
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }
}
