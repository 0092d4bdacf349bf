import GRDB

extension ContactEditor {
  /// Whom a contact belongs to, where an update does not say it.
  ///
  /// - Throws: ``PHPFatal`` where PHP dies of the pid, which is pasted into a query as it is.
  func client(of pid: PHPValue, _ place: ScriptPlace, in database: Database) throws -> Int {
    let text = pid.string
    try site.sql.check(
      SQLQuery("SELECT clid FROM app_personcat WHERE pid = '", text, "' AND identity = '1'"),
      through: .getOne, at: (Self.helpers, 5229),
      calledBy: place.lookingUp(through: "getPersonData()"))
    let number = PHPNumber(text)?.double ?? 0
    guard let pid = Int(exactly: number) else { return 0 }
    let statement = try database.cachedStatement(sql: "SELECT clid FROM person WHERE pid = ?")
    return try Int.fetchOne(statement, arguments: [pid]) ?? 0
  }

  /// Writes every active field of a contact, whether it was sent or not.
  func update(
    _ fields: ContactFields, clid: PHPValue, _ place: ScriptPlace, by caller: Caller,
    in database: Database
  ) throws -> EditAnswer {
    let pid = fields.value(.pid)?.integer ?? 0
    let old = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT * FROM person WHERE pid = ?"), arguments: [pid])
    let assignments = self.assignments(fields, clid: clid, old: old, by: caller)
    var answer = EditAnswer(result: "", data: pid, error: "")
    if isChange(assignments, of: old) {
      try update(assignments, &answer, in: database)
      if fields.isMain { try setMainContact(pid, of: assignments["clid"], place, in: database) }
      try findLetters(assignments["mail"], place)
    }
    try findDuplicates(of: pid, place, in: database)
    return answer
  }

  private func assignments(
    _ fields: ContactFields, clid: PHPValue, old: Row?, by caller: Caller
  ) -> SQLAssignments {
    var assignments = SQLAssignments()
    for (column, text) in fields.changed { assignments[column.rawValue] = .text(text) }
    if case .text(let text) = fields.socials(in: nil) { assignments["social"] = .text(text) }
    assignments["clid"] = Self.sql(clid)
    let clientpath = fields.clientpath(otherwise: site.defaultClientpath)
    assignments["clientpath"] = .number(clientpath == 0 ? old?["clientpath"] ?? 0 : clientpath)
    assignments["loyalty"] = .number(fields.loyalty)
    assignments["iduser"] = fields.value(.iduser).map(Self.sql) ?? .null
    assignments["date_edit"] = .text(Array(site.shownNow.utf8))
    assignments["editor"] = .number(caller.id)
    return assignments
  }

  /// A value that goes into the query untreated.
  private static func sql(_ value: PHPValue) -> SQLValue {
    switch value {
    case .null: .null
    case .number(let number): .number(number)
    case .array: .text([])
    case .bytes, .bool, .decimal: .text(value.string)
    }
  }

  /// Whether anything differs from what is stored; NULL is the same as an empty text and as 0.
  private func isChange(_ assignments: SQLAssignments, of old: Row?) -> Bool {
    guard let old else { return true }
    return assignments.columns.contains { name, value in
      let present: DatabaseValue = old[name] ?? .null
      if present.isNull, value == .number(0) { return false }
      // A number does not let itself be read as a text.
      let stored =
        String.fromDatabaseValue(present) ?? Int.fromDatabaseValue(present).map(String.init) ?? ""
      guard name != "date_edit" else { return stored != site.storedNow }
      let text = value.text ?? []
      if let number = PHPNumber(text), number.rest.isEmpty, PHPNumber.isNumeric(Array(stored.utf8))
      {
        return number.double != PHPNumber(Array(stored.utf8))?.double
      }
      return !stored.utf8.elementsEqual(text)
    }
  }

  private func update(
    _ assignments: SQLAssignments, _ answer: inout EditAnswer, in database: Database
  ) throws {
    let columns: [(name: String, value: DatabaseValue)]
    do throws(SQLRefusal) {
      columns = try PersonTable(isStrict: site.isStrictSQL)
        .columns(assignments, now: site.storedNow)
    } catch {
      let query =
        Array("UPDATE app_personcat SET ".utf8) + assignments.sql
        + Array(" where pid = '\(answer.data)' and identity = '1'".utf8)
      answer.error = error.caught(under: site.version, query: query)
      return
    }
    try write(columns, to: answer.data, in: database)
    answer.result = "Данные контакта обновлены"
    answer.error = historyError ?? ""
  }

  private func write(
    _ columns: [(name: String, value: DatabaseValue)], to pid: Int, in database: Database
  ) throws {
    let changes = columns.map { "\($0.name) = ?" }.joined(separator: ", ")
    try database.cachedStatement(sql: "UPDATE person SET \(changes) WHERE pid = ?")
      .execute(arguments: StatementArguments(columns.map(\.value) + [pid.databaseValue]))
  }

  /// What goes wrong when the change is entered in the contact's history, west of Greenwich; the
  /// change itself is done by then.
  private var historyError: String? {
    guard site.timeZoneOffset < 0 else { return nil }
    let zone = TimeZoneSetting(site).careless
    return SQLRefusal(code: 1298, message: "Unknown or incorrect time zone: '\(zone)'")
      .caught(under: site.version, query: Array("SET time_zone = '\(zone)'".utf8))
  }
}
