import GRDB

/// What the CRM does once a contact is stored or changed, and also where it was not.
extension ContactEditor {
  /// Makes the contact its client's main one where that was asked for.
  ///
  /// - Parameters:
  ///   - pid: The contact; 0 where none was stored.
  ///   - clid: The client as it stands in the query that wrote the contact.
  ///   - place: The script that asks.
  ///   - database: Where the clients are.
  /// - Throws: ``PHPFatal`` where the database refuses the query.
  func setMainContact(
    _ pid: Int, of clid: SQLValue?, _ place: ScriptPlace, in database: Database
  ) throws {
    guard let clid, isPositive(clid), let text = clid.text else { return }
    try site.sql.check(
      SQLQuery(
        "update app_clientcat set pid = '\(pid)' where clid = '", text, "' and identity = '1'"),
      through: .query, at: (Self.file, place.action == .update ? 341 : 695),
      calledBy: place.inMethod)
    let statement = try database.cachedStatement(
      sql: "UPDATE client SET mainContact = ? WHERE clid = ?")
    try statement.execute(arguments: [pid, StoredInteger(text).value])
  }

  /// Whether PHP finds a client's number to be greater than 0.
  private func isPositive(_ clid: SQLValue) -> Bool {
    switch clid {
    case .null: return false
    case .number(let number): return number > 0
    case .text(let text):
      // PHP 8 compares texts that are no numbers as texts.
      if site.version == .php82, !PHPNumber.isNumeric(text) {
        return "0".utf8.lexicographicallyPrecedes(text)
      }
      return (PHPNumber(text)?.double ?? 0) > 0
    }
  }

  /// Looks for letters to and from the contact's addresses, each pasted into a query as it is.
  func findLetters(_ mail: SQLValue?, _ place: ScriptPlace) throws {
    guard case .text(let text)? = mail else { return }
    let line = place.action == .update ? 357 : 711
    let callers = [PHPCall(Self.file, line, "Salesman\\Person->checkMailerEmail()")]
    for address in ContactText.addresses(text) {
      try site.sql.check(
        SQLQuery(
          "SELECT id, mid FROM app_ymail_messagesrec WHERE email = '", address,
          "' and identity = '1'"),
        through: .query, at: (Self.file, 938), calledBy: callers + place.inMethod)
    }
  }

  /// What PHP dies of where the database's connections are cut while a contact's letters are looked
  /// for: the contact itself is stored by then.
  ///
  /// - Parameters:
  ///   - pid: The contact.
  ///   - entrance: How it came in.
  ///   - isRow: Whether it was a row of `add.list`.
  /// - Returns: What surfaces.
  func connectionLost(after pid: Int, as entrance: Entrance, isRow: Bool) -> PHPFatal {
    let place = ScriptPlace(
      script: .person(entrance.api), action: isRow ? .row : .add, version: site.version)
    return site.sql.refusal(
      of: "SELECT clid FROM app_personcat WHERE pid = '\(pid)' AND identity = '1'",
      "MySQL server has gone away", through: .getOne, at: (Self.helpers, 5229),
      calledBy: [
        PHPCall(Self.file, 927, "getPersonData()"),
        PHPCall(Self.file, 711, "Salesman\\Person->checkMailerEmail()"),
      ] + place.inMethod)
  }

  /// Looks for contacts with the same name or address, where the module for it is switched on.
  ///
  /// What is pasted into the queries is what the table holds, question marks for emoji included.
  func findDuplicates(of pid: Int, _ place: ScriptPlace, in database: Database) throws {
    guard site.findsDuplicates else { return }
    let statement = try database.cachedStatement(
      sql: "SELECT person, mail FROM person WHERE pid = ?")
    guard let row = try Row.fetchOne(statement, arguments: [pid]) else { return }
    let name = Array((row[0] as String? ?? "").utf8)
    if ContactText.parts(of: name, at: UInt8(ascii: " ")).count > 1 {
      try checkDuplicates(
        of: pid, "person = '", name, "' AND \n", line: site.version == .php74 ? 1038 : 1031, place)
    }
    for mail in ContactText.addresses(Array((row[1] as String? ?? "").utf8)) where mail.count > 5 {
      try checkDuplicates(
        of: pid, "FIND_IN_SET('", mail, Self.mailSearch,
        line: site.version == .php74 ? 1106 : 1089, place)
    }
  }

  private func checkDuplicates(
    of pid: Int, _ before: String, _ value: [UInt8], _ after: String, line: Int,
    _ place: ScriptPlace
  ) throws {
    let indent = "\n\t\t\t\t"
    let call = PHPCall(
      Self.file, place.action == .update ? 372 : 733, "Salesman\\Person->checkDouble()")
    try site.sql.check(
      SQLQuery(
        "\(indent)SELECT pid \(indent)FROM app_personcat \(indent)WHERE "
          + "\(indent)\tpid != '\(pid)' AND \(indent)\t\(indent)\t\(before)",
        value, "\(after)\t\t\t\t\tidentity = '1'\(indent)ORDER BY pid\n\t\t\t"),
      through: .getCol, at: (Self.file, line), calledBy: [call] + place.inMethod)
  }

  /// The rest of the query for an address, which takes six signs out of the table's addresses.
  private static let mailSearch: String = {
    let indent = { (depth: Int) in "\n\t\t\t\t\t" + String(repeating: "\t", count: depth) }
    return "', REPLACE(\(indent(1))replace(\(indent(2))replace(\(indent(3))replace("
      + "\(indent(4))replace(\(indent(5))replace(mail, '+', ''), '(', ''), ')', ''"
      + "\(indent(4))), ' ', ''\(indent(3))), '-', ''\(indent(2))), ';',','\(indent(1)))"
      + "\(indent(0))) > 0 AND \n"
  }()
}
