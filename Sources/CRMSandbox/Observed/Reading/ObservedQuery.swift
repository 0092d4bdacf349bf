import GRDB

/// A question to `list`: the SQL that the real CRM builds of it, and the same for SQLite.
///
/// Most of what is sent goes into the CRM's SQL as it is. The CRM's text is what its fatal errors
/// quote; whether the database would take it is decided by looking at it, not by running it.
struct ObservedQuery {
  /// How many contacts a page has; no request changes it.
  static let pageSize = 200

  /// The conditions as the CRM writes them, each with its `and`.
  private(set) var conditions: [String] = []
  /// The same conditions for SQLite.
  private var clauses = ["1"]
  private var arguments: [any DatabaseValueConvertible] = []
  private let order: ObservedOrder
  private let offset: ObservedOffset
  /// The first column that a filter asks for and the table has not.
  private var unknownColumn: String?

  private let site: ObservedSite
  private let api: Entrance.API

  /// Reads the parameters of `list`; an unknown source makes an entry in the guide.
  ///
  /// - Throws: ``PHPFatal`` where PHP dies of them, or an error of SQLite.
  init(
    _ parameters: PHPArray, api: Entrance.API, site: ObservedSite, caller: Caller,
    in database: Database
  ) throws {
    self.site = site
    self.api = api
    offset = try ObservedOffset(parameters["offset"] ?? .null, api: api, version: site.version)
    order = ObservedOrder(parameters)
    let text = { (value: PHPValue?) in String(decoding: value?.string ?? [], as: UTF8.self) }
    addWord(text(parameters["word"]))
    try addOwners(text(parameters["user"]), caller, database)
    if let filters = parameters["filter"]?.array { try addFilters(filters, database) }
    addDates(text(parameters["dateStart"]), text(parameters["dateEnd"]))
  }

  /// The number of all contacts and those of the page.
  ///
  /// - Throws: ``PHPFatal`` where the CRM's database layer or the database refuses the query.
  func run(in database: Database) throws -> (count: Int, page: [Row]) {
    let sql =
      "SELECT * FROM app_personcat WHERE pid > 0 \(conditions.joined()) and identity = '1' "
      + "ORDER BY \(order.text) LIMIT \(offset.text),\(Self.pageSize)"
    let script = ObservedScript.person(api)
    let place = script.place(v2: 400)
    let callers = script.callers(site.version)
    if let fatal = site.sql.strayPlaceholders(
      in: sql, through: .query, at: place, calledBy: callers)
    {
      throw fatal
    }
    if let complaint = complaint(about: Array(sql.utf8)) {
      throw site.sql.refusal(of: sql, complaint, through: .query, at: place, calledBy: callers)
    }
    let filter = clauses.joined(separator: " AND ")
    let count =
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM person WHERE \(filter)",
        arguments: StatementArguments(arguments)) ?? 0
    let page = try Row.fetchAll(
      database,
      sql: """
        \(ObservedRecord.selection) WHERE person.pid IN (
          SELECT pid FROM person WHERE \(filter) ORDER BY \(order.clause) LIMIT ? OFFSET ?)
        ORDER BY \(order.clause)
        """,
      arguments: StatementArguments(arguments + [Self.pageSize, offset.rows]))
    return (count, page)
  }

  /// What the database says if it does not run the query: first it reads, then it looks for columns.
  private func complaint(about sql: [UInt8]) -> String? {
    if let error = SQLQuery.syntaxError(in: sql) { return error }
    if !offset.isWhole {
      let limit = "\(offset.text),\(Self.pageSize)".utf8.count
      return SQLQuery.syntaxError(in: sql, at: sql.count - limit)
    }
    if let name = unknownColumn { return "Unknown column '\(name)' in 'WHERE'" }
    return order.unknownColumn.map { "Unknown column '\($0)' in 'ORDER BY'" }
  }

  private mutating func add(
    _ condition: String, _ clause: String, _ values: any DatabaseValueConvertible...
  ) {
    conditions.append(" and " + condition)
    clauses.append(clause)
    arguments += values
  }

  private mutating func addWord(_ word: String) {
    guard !word.isEmpty else { return }
    let phone = ["+", "(", ")", " ", "-"].reduce("tel") { "replace(\($0), '\($1)', '')" }
    let columns = [phone, "person", "ptitle", "mail"]
    add(
      "(" + columns.map { "\($0) LIKE '%\(word)%'" }.joined(separator: " or ") + ")",
      "crm_word_like(?, person.tel, person.person, person.ptitle, person.mail)", "%\(word)%")
  }

  private mutating func addOwners(_ login: String, _ caller: Caller, _ database: Database) throws {
    guard !login.isEmpty else {
      let owners = caller.visibleOwners
      let quoted = owners.map { "'\($0)'" }.joined(separator: ", ")
      add(
        "iduser IN (\(owners.map(String.init).joined(separator: ",")))",
        "person.iduser IN (\(quoted))")
      return
    }
    try check(
      SQLQuery(
        "SELECT iduser FROM app_user WHERE login = '", Array(login.utf8), "' AND identity = '1'"),
      in: "current_userbylogin()", line: 1014, calledAt: 322)
    // Whoever is named may be named by anybody.
    let user = try Caller.user(login: login, in: database).map(String.init) ?? ""
    add("iduser = '\(user)'", "person.iduser = ?", user)
  }

  /// One date alone is exclusive, two together are inclusive; what is no date is not there.
  private mutating func addDates(_ start: String, _ end: String) {
    let offset = site.timeZoneOffset
    let start = CRMDate.normalized(start)
    let end = CRMDate.normalized(end)
    let stored = { (date: String) in CRMDate.shifted(date, by: -offset) }
    switch (start, end) {
    case (let start?, let end?):
      add(
        "(date_create BETWEEN '\(start)' and '\(end)')", "person.date_create BETWEEN ? AND ?",
        stored(start), stored(end))
    case (let start?, nil):
      add("date_create > '\(start)'", "person.date_create > ?", stored(start))
    case (nil, let end?):
      add("date_create < '\(end)'", "person.date_create < ?", stored(end))
    case (nil, nil): break
    }
  }

  private mutating func addFilters(_ filters: PHPArray, _ database: Database) throws {
    for (key, value) in zip(filters.keys, filters.values) {
      let name =
        switch key {
        case .number(let number): String(number)
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        }
      let text = String(decoding: ContactText.untagged(value.string), as: UTF8.self)
      switch name {
      case "clid":
        let clid = RequestParameters.number(text)
        if clid > 0 { add("clid = '\(clid)'", "person.clid = ?", clid) }
      case "loyalty", "clientpath":
        try addGuide(name == "loyalty" ? .loyalty : .clientpath, text, database)
      case "uid":
        add("uid = '\(text)'", "person.uid = ?", RequestParameters.number(text))
      default:
        guard let column = ObservedOrder.shown(name, offset: site.timeZoneOffset) else {
          unknownColumn = unknownColumn ?? name
          add("\(name) LIKE '%\(text)%'", "0")
          continue
        }
        add("\(name) LIKE '%\(text)%'", "crm_like(\(column), ?)", "%\(text)%")
      }
    }
  }

  /// Ends the script where a query breaks that one of the CRM's functions makes for a look-up.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - function: The function's name in a trace.
  ///   - line: Where it makes the query.
  ///   - callLine: Where the v2 script calls it.
  /// - Throws: What PHP dies of.
  private func check(
    _ query: SQLQuery, in function: String, line: Int, calledAt callLine: Int
  ) throws {
    let place = ObservedScript.person(api).place(v2: callLine)
    try site.sql.check(
      query, through: .getOne, at: ("inc/func.helpers.php", line),
      calledBy: [PHPCall(place.0, place.1, function)]
        + ObservedScript.person(api).callers(site.version))
  }

  /// A guide is asked by the number or by the title; an unknown source is put into the guide.
  private mutating func addGuide(_ guide: Guide, _ text: String, _ database: Database) throws {
    guard !text.isEmpty else { return }
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    var id = isNumber ? RequestParameters.number(text) : try guide.like(text, in: database)
    if id == nil, guide == .clientpath {
      try check(
        SQLQuery(
          "SELECT id FROM app_clientpath WHERE name = '", Array(text.utf8), "' AND identity = '1'"),
        in: "getClientpath()", line: 5280, calledAt: 371)
      id = try guide.add(text, in: database)
    }
    add("\(guide.rawValue) = '\(id ?? 0)'", "person.\(guide.rawValue) = ?", id ?? -1)
  }
}
