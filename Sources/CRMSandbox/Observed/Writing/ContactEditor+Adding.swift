import GRDB

extension ContactEditor {
  /// The array that a row of `add.list` is or becomes, with its owner.
  ///
  /// The script sets the owner in the row before it hands the row over, which does strange things
  /// to a row that is not an array.
  ///
  /// - Throws: ``PHPFatal`` where PHP dies of the row or of its login.
  func resolve(
    row: PHPValue, _ place: ScriptPlace, by caller: Caller, in database: Database
  ) throws -> (fields: PHPArray, owner: Int) {
    switch row {
    case .array(let array):
      let login = array["user"] ?? .null
      guard !isBlank(login) else { return (array, caller.id) }
      let callers = place.lookingUp(through: "current_userbylogin()")
      return (array, try user(login, calledBy: callers, in: database))
    case .null, .bool(false): return (PHPArray(), caller.id)
    case .bytes(let bytes):
      guard site.version == .php74 else {
        throw fatal("Cannot access offset of type string on string", place)
      }
      // PHP 7 takes the first byte for the login, and goes on with a text.
      let login = PHPValue.bytes(Array(bytes.prefix(1)))
      let callers = place.lookingUp(through: "current_userbylogin()")
      if !isBlank(login) { _ = try user(login, calledBy: callers, in: database) }
      throw wrongType("string", place)
    case .bool: throw scalar("bool", place)
    case .number: throw scalar("int", place)
    case .decimal: throw scalar("float", place)
    }
  }

  /// Whether PHP finds a value equal to the empty text.
  private func isBlank(_ value: PHPValue) -> Bool {
    switch value {
    case .null, .bool(false): true
    case .bytes(let bytes): bytes.isEmpty
    case .number(0), .decimal(0): site.version == .php74
    case .array, .bool, .number, .decimal: false
    }
  }

  private func fatal(_ message: String, _ place: ScriptPlace, _ name: String = "TypeError")
    -> PHPFatal
  {
    PHPFatal(
      name, message, file: place.lookup.file, line: place.lookup.line, trace: place.innermost)
  }

  private func scalar(_ type: String, _ place: ScriptPlace) -> PHPFatal {
    site.version == .php74
      ? wrongType(type, place)
      : fatal("Cannot use a scalar value as an array", place, "Error")
  }

  private func wrongType(_ type: String, _ place: ScriptPlace) -> PHPFatal {
    PHPFatal(
      "TypeError",
      "Argument 2 passed to Salesman\\Person::edit() must be of the type array, \(type) given, "
        + "called in \(PHPFatal.root)\(place.handover.file) on line \(place.handover.line) "
        + "and defined",
      file: Self.file, line: 415, trace: place.inMethod)
  }

  /// The owner that the class finds for a contact that came with or without one.
  func owner(
    _ fields: ContactFields, _ place: ScriptPlace, by caller: Caller, in database: Database
  ) throws -> Int {
    let number = fields.value(.iduser)?.integer ?? 0
    guard number == 0 else { return number }
    guard let login = fields.value("user") else { return caller.id }
    let callers = [PHPCall(Self.file, 427, "current_userbylogin()")] + place.inMethod
    return try user(login, calledBy: callers, in: database)
  }

  /// Stores a contact; its guides, its client and its letters are seen to in any case.
  func insert(
    _ fields: ContactFields, owner: Int, _ place: ScriptPlace, by caller: Caller,
    in database: Database
  ) throws -> EditAnswer {
    var assignments = SQLAssignments()
    for (column, text) in fields.added {
      if column == .loyalty || column == .clientpath {
        try makeEntry(column, text, place, in: database)
      }
      assignments[column.rawValue] = .text(text)
    }
    let clid = fields.value(.clid)?.integer ?? 0
    if clid > 0 { assignments["clid"] = .number(clid) }
    assignments["clientpath"] = .number(fields.clientpath(otherwise: site.defaultClientpath))
    assignments["loyalty"] = .number(fields.loyalty)
    assignments["iduser"] = .number(owner)
    var answer = EditAnswer.nothing
    if fields.hasPerson {
      try addSocials(fields, to: &assignments, place)
      assignments["date_create"] = .text(Array(site.shownNow.utf8))
      assignments["creator"] = .number(caller.id)
      assignments["identity"] = .number(1)
      answer = try insert(assignments, in: database)
    }
    if fields.isMain {
      try setMainContact(answer.data, of: assignments["clid"], place, in: database)
    }
    try findLetters(assignments["mail"], place)
    try findDuplicates(of: answer.data, place, in: database)
    return answer
  }

  private func addSocials(
    _ fields: ContactFields, to assignments: inout SQLAssignments, _ place: ScriptPlace
  ) throws {
    switch fields.socials(in: "socials") {
    case .none: break
    case .text(let text): assignments["social"] = .text(text)
    case .fatal:
      throw PHPFatal(
        "TypeError", "Cannot access offset of type string on string", file: Self.file, line: 520,
        trace: place.inMethod)
    }
  }

  private func insert(_ assignments: SQLAssignments, in database: Database) throws -> EditAnswer {
    var assignments = assignments
    assignments.removeEmpty()
    let columns: [(name: String, value: DatabaseValue)]
    do throws(SQLRefusal) {
      columns = try PersonTable(isStrict: site.isStrictSQL)
        .columns(assignments, now: site.storedNow)
    } catch {
      let query = Array("INSERT INTO app_personcat SET ".utf8) + assignments.sql
      return EditAnswer(
        result: "", data: 0, error: error.caught(under: site.version, query: query))
    }
    // A row that says nothing of its client belongs to none.
    let names = columns.map(\.name) + (assignments["clid"] == nil ? ["clid"] : [])
    let values = columns.map(\.value) + (assignments["clid"] == nil ? [0.databaseValue] : [])
    let places = names.map { _ in "?" }.joined(separator: ", ")
    let statement = try database.cachedStatement(
      sql: "INSERT INTO person (\(names.joined(separator: ", "))) VALUES (\(places))")
    try statement.execute(arguments: StatementArguments(values))
    return EditAnswer(
      result: "Контакт добавлен", data: Int(database.lastInsertedRowID), error: "")
  }
}
