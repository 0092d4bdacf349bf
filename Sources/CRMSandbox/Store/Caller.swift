import GRDB

/// The user in whose name a request is made.
struct Caller: Sendable {
  let id: Int
  let isChief: Bool
  /// The users whose contacts the caller sees in a list.
  let visibleOwners: [Int]

  /// Whether the caller may read and change a contact of this owner.
  ///
  /// A chief may even where the owner is nobody, and so the contact in no list.
  func mayAccess(contactOf owner: Int) -> Bool { isChief || visibleOwners.contains(owner) }

  /// Finds the caller of a request by its key and login, which compare without letter case.
  init(apikey: String, login: String, in database: Database) throws {
    let keys = try String.fetchAll(database, sql: "SELECT apikey FROM account")
    guard keys.contains(where: { TextMatch.isEqual($0, apikey) }) else {
      throw PersonFailure.wrongKey
    }
    guard let id = try Self.user(login: login, in: database) else {
      throw PersonFailure.unknownUser
    }
    self.id = id
    isChief =
      try Bool.fetchOne(
        database, sql: "SELECT isChief FROM user WHERE iduser = ?", arguments: [id]) ?? false
    visibleOwners =
      isChief ? try Int.fetchAll(database, sql: "SELECT iduser FROM user ORDER BY iduser") : [id]
  }

  /// The number of the user with a login.
  static func user(login: String, in database: Database) throws -> Int? {
    guard !login.isEmpty else { return nil }
    let statement = try database.cachedStatement(sql: "SELECT iduser, login FROM user")
    let rows = try Row.fetchCursor(statement)
    while let row = try rows.next() {
      if TextMatch.isEqual(row[1], login) { return row[0] }
    }
    return nil
  }
}
