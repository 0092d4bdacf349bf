import GRDB

/// The contacts of the account, for the length of one transaction.
struct ContactStore {
  let database: Database
  let configuration: SandboxConfiguration

  /// Stores a new contact.
  ///
  /// - Parameters:
  ///   - input: What the request brought.
  ///   - owner: Whose contact it is, unless the input names a known user; 0 is nobody.
  /// - Returns: The contact's pid.
  /// - Throws: An error of SQLite.
  func insert(_ input: ContactInput, owner: Int) throws -> Int {
    var values: [PersonColumn: any DatabaseValueConvertible] = [:]
    for (column, text) in input.texts where !text.isEmpty { values[column] = text }
    let clid = input.clid ?? 0
    values[.dateCreate] = input.dateCreate.map(stored) ?? now
    values[.clid] = clid
    values[.iduser] = String(try self.owner(of: input) ?? owner)
    values[.loyalty] = try entry(input.loyalty, of: .loyalty) ?? 0
    values[.clientpath] = try entry(input.clientpath, of: .clientpath) ?? 0
    let hasSocials = input.socials.contains { $0?.isEmpty == false }
    values[.social] = hasSocials ? SocialContact.joined(input.socials.map { $0 ?? "" }) : nil
    let arguments = Self.insertColumns.map { values[$0] }
    let statement = try database.cachedStatement(sql: Self.insertion)
    try statement.execute(arguments: StatementArguments(arguments))
    let pid = Int(database.lastInsertedRowID)
    if input.isMain { _ = try setMainContact(pid, of: clid) }
    return pid
  }

  /// Changes what was sent and differs, and nothing else.
  func update(_ pid: Int, with input: ContactInput) throws -> ContactChange {
    let statement = try database.cachedStatement(sql: "SELECT * FROM person WHERE pid = ?")
    guard let row = try Row.fetchOne(statement, arguments: [pid]) else { return .nothing }
    var changes: [(name: String, value: DatabaseValue)] = []
    let change = { (name: String, value: any DatabaseValueConvertible) in
      let new = value.databaseValue
      // An absent text and an empty one are the same to whoever compares.
      let isEqual = row[name] == new || (new == "".databaseValue && row[name] == DatabaseValue.null)
      if !isEqual { changes.append((name, new)) }
    }
    for (column, text) in input.texts { change(column.rawValue, text) }
    if let clid = input.clid { change("clid", clid) }
    if let owner = try owner(of: input) { change("iduser", String(owner)) }
    if let loyalty = try entry(input.loyalty, of: .loyalty) { change("loyalty", loyalty) }
    if let path = try entry(input.clientpath, of: .clientpath) { change("clientpath", path) }
    if let date = input.dateCreate { change("date_create", stored(date)) }
    let fieldCount = changes.count
    if input.socials.contains(where: { $0 != nil }) {
      let present = SocialContact.split(row["social"])
      let merged = zip(input.socials, present).map { $0 ?? $1 ?? "" }
      if merged != present.map({ $0 ?? "" }) { change("social", SocialContact.joined(merged)) }
    }
    let hasNewSocials = changes.count > fieldCount
    let present: Int? = row["clid"]
    let clid = input.clid ?? present ?? 0
    let isNewlyMain = input.isMain ? try setMainContact(pid, of: clid) : false
    guard !changes.isEmpty || isNewlyMain else { return .nothing }
    changes.append(("date_edit", now.databaseValue))
    let assignments = changes.map { "\($0.name) = ?" }.joined(separator: ", ")
    try database.execute(
      sql: "UPDATE person SET \(assignments) WHERE pid = ?",
      arguments: StatementArguments(changes.map(\.value) + [pid.databaseValue]))
    return .fields(socials: hasNewSocials)
  }

  func delete(_ pid: Int) throws {
    let statement = try database.cachedStatement(sql: "DELETE FROM person WHERE pid = ?")
    try statement.execute(arguments: [pid])
  }

  func record(_ pid: Int) throws -> ContactRecord? {
    let statement = try database.cachedStatement(
      sql: ContactRecord.selection + " WHERE person.pid = ?")
    return try Row.fetchOne(statement, arguments: [pid]).map {
      ContactRecord($0, offset: configuration.timeZoneOffset)
    }
  }

  func hasContact(withMail mail: String) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: "SELECT 1 FROM person WHERE mail = ? COLLATE NOCASE LIMIT 1")
    return try Int.fetchOne(statement, arguments: [mail]) != nil
  }

  func hasDeals(_ pid: Int) throws -> Bool {
    let statement = try database.cachedStatement(sql: "SELECT 1 FROM deal WHERE pid = ? LIMIT 1")
    return try Int.fetchOne(statement, arguments: [pid]) != nil
  }

  /// Opens a deal with a contact, which protects it from deletion.
  func addDeal(with pid: Int, title: String) throws {
    try database.execute(
      sql: "INSERT INTO deal (pid, title) VALUES (?, ?)", arguments: [pid, title])
  }

  private var now: String { CRMDate.text(secondsSince1970: configuration.now(), offset: 0) }

  /// A date of the account's time zone as the table keeps it.
  private func stored(_ date: String) -> String {
    CRMDate.shifted(date, by: -configuration.timeZoneOffset)
  }

  /// The owner that the input names: nobody (0) for a login that is no user's.
  private func owner(of input: ContactInput) throws -> Int? {
    if let login = input.ownerLogin { return try Caller.user(login: login, in: database) ?? 0 }
    return input.ownerNumber
  }

  /// The number of a guide's entry, which is made where it is missing; 0 for the empty text.
  private func entry(_ title: String?, of guide: Guide) throws -> Int? {
    guard let title else { return nil }
    guard !title.isEmpty else { return 0 }
    if let id = try guide.entry(title, in: database) { return id }
    return try guide.add(title, in: database)
  }

  /// Makes the contact its client's main one; returns whether it was not.
  private func setMainContact(_ pid: Int, of clid: Int) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: "UPDATE client SET mainContact = :pid WHERE clid = :clid AND mainContact <> :pid")
    try statement.execute(arguments: ["pid": pid, "clid": clid])
    return database.changesCount > 0
  }

  private static let insertColumns = PersonColumn.allCases.filter {
    $0 != .pid && $0 != .dateEdit
  }

  private static let insertion: String = {
    let names = insertColumns.map(\.rawValue)
    let places = names.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO person (\(names.joined(separator: ", "))) VALUES (\(places))"
  }()
}
