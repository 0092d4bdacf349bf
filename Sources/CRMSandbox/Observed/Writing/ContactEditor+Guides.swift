import GRDB

extension ContactEditor {
  /// Looks for the entry of a guide, and makes it where it is missing; the contact gains nothing
  /// by it.
  ///
  /// - Parameters:
  ///   - column: `clientpath` or `loyalty`.
  ///   - text: What was sent for it.
  ///   - place: The script that asks.
  ///   - database: Where the guides are.
  /// - Throws: ``PHPFatal`` where the database refuses a query.
  func makeEntry(
    _ column: PersonColumn, _ text: [UInt8], _ place: ScriptPlace, in database: Database
  ) throws {
    guard !PHPNumber.isNumeric(text) else { return }
    let guide = column == .loyalty ? GuideTable.loyalty : .clientpath
    let title = column == .loyalty ? ContactText.untagged(text) : text
    guard !title.isEmpty else { return }
    let callers = [PHPCall(Self.file, guide.callLine, "\(guide.function)()")] + place.inMethod
    try site.sql.check(
      guide.query(title), through: .getOne, at: (Self.helpers, guide.searchLine),
      calledBy: callers)
    guard try !isKnown(title, in: guide, database) else { return }
    let stored: String
    do throws(SQLRefusal) {
      stored = try PersonTable.text(
        title, width: guide.width, isStrict: site.isStrictSQL, in: guide.column, of: guide.table)
    } catch {
      throw site.sql.refusal(
        of: String(decoding: guide.insertion(title), as: UTF8.self), error.message,
        through: .query, at: (Self.helpers, guide.insertLine(site.version)), calledBy: callers)
    }
    _ = try guide.guide.add(stored, in: database)
  }

  private func isKnown(_ title: [UInt8], in guide: GuideTable, _ database: Database) throws -> Bool
  {
    guard let literal = SQLText.pasted(title) else { return false }
    let text = Self.compared(
      String(decoding: StoredText(literal, width: .bytes(.max)).bytes, as: UTF8.self))
    let statement = try database.cachedStatement(sql: "SELECT title FROM \(guide.guide.rawValue)")
    let titles = try String.fetchCursor(statement)
    while let title = try titles.next() {
      if Self.compared(title) == text { return true }
    }
    return false
  }

  /// The database compares without letter case and without blanks at the end.
  private static func compared(_ text: String) -> [Unicode.Scalar] {
    var scalars = TextMatch.folded(text)
    while scalars.last == " " { scalars.removeLast() }
    return scalars
  }

  /// Finds the number of the user with a login, which is pasted into the query as it is.
  ///
  /// - Parameters:
  ///   - login: The login; an empty one is nobody's.
  ///   - callers: Who asks.
  ///   - database: Where the users are.
  /// - Returns: The number; 0 where nobody has the login.
  /// - Throws: ``PHPFatal`` where the database refuses the query.
  func user(_ login: PHPValue, calledBy callers: [PHPCall], in database: Database) throws -> Int {
    guard !login.isEmpty else { return 0 }
    let text = login.string
    try site.sql.check(
      SQLQuery("SELECT iduser FROM app_user WHERE login = '", text, "' AND identity = '1'"),
      through: .getOne, at: (Self.helpers, 1014), calledBy: callers)
    guard let literal = SQLText.pasted(text) else { return 0 }
    return try Caller.user(login: String(decoding: literal, as: UTF8.self), in: database) ?? 0
  }

  /// The file of the CRM's class of contacts.
  static let file = "inc/class/Person.php"
  /// The file of the functions it calls.
  static let helpers = "inc/func.helpers.php"
}

/// A guide's table in the CRM's database, and the lines of the CRM that work with it.
private struct GuideTable {
  let guide: Guide
  let table: String
  let key: String
  let column: String
  let width: StoredText.Width
  let function: String
  let callLine: Int
  let searchLine: Int

  static let clientpath = GuideTable(
    guide: .clientpath, table: "app_clientpath", key: "id", column: "name",
    width: .characters(255), function: "getClientpath", callLine: 475, searchLine: 5280)
  static let loyalty = GuideTable(
    guide: .loyalty, table: "app_loyal_cat", key: "idcategory", column: "title",
    width: .characters(250), function: "getPersonLoyalty", callLine: 470, searchLine: 5425)

  func query(_ title: [UInt8]) -> SQLQuery {
    SQLQuery("SELECT \(key) FROM \(table) WHERE \(column) = '", title, "' AND identity = '1'")
  }

  func insertion(_ title: [UInt8]) -> [UInt8] {
    var assignments = SQLAssignments()
    assignments[column] = .text(title)
    if guide == .clientpath { assignments["utm_source"] = .null }
    assignments["identity"] = .number(1)
    return Array("INSERT INTO \(table) SET ".utf8) + assignments.sql
  }

  /// PHP 7 names the last line of a call, PHP 8 the first.
  func insertLine(_ version: PHPVersion) -> Int {
    switch (guide, version) {
    case (.clientpath, .php74): 5288
    case (.clientpath, .php82): 5285
    case (.loyalty, .php74): 5430
    case (.loyalty, .php82): 5428
    }
  }
}
