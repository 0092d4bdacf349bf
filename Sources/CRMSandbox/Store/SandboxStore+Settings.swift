import GRDB

/// What a file keeps of the way its sandbox was made, beside the CRM's own tables.
extension SandboxStore {
  private enum Setting: String {
    case profile, activeFields, timeZoneOffset, identity
  }

  /// Notes the account's settings in a new file.
  static func remember(_ fixture: SandboxFixture, in database: Database) throws {
    try set(.activeFields, fixture.activeFields.sorted().joined(separator: ","), in: database)
    try set(.timeZoneOffset, String(fixture.timeZoneOffset), in: database)
  }

  /// Notes the kind of server that the file was last served as.
  static func remember(_ profile: SandboxProfile, in database: Database) throws {
    guard try self.profile(in: database) != profile else { return }
    try set(.profile, profile.rawValue, in: database)
  }

  /// The kind of server that a file was last served as; `nil` where it does not say.
  static func profile(in database: Database) throws -> SandboxProfile? {
    try value(.profile, in: database).flatMap(SandboxProfile.init(rawValue:))
  }

  /// Gives a file that has none a name of its own, and says which it has.
  ///
  /// Made by chance and with the file, so that one made anew under the same path is another.
  static func identity(in database: Database) throws -> String {
    if let known = try value(.identity, in: database) { return known }
    let letters = "abcdefghijkmnpqrstuvwxyz23456789"
    let made = String((0..<8).compactMap { _ in letters.randomElement() })
    try set(.identity, made, in: database)
    return made
  }

  /// The account's settings, its key and its users, as a fixture without anything else.
  static func account(in database: Database) throws -> SandboxFixture {
    let account = try Row.fetchOne(database, sql: "SELECT apikey, clientpath FROM account")
    let users = try Row.fetchAll(
      database, sql: "SELECT iduser, login, title, isChief, isActive FROM user ORDER BY iduser"
    ).map {
      SandboxFixture.User($0[0], $0[1], $0[2], isChief: $0[3], isActive: $0[4])
    }
    let fields = try value(.activeFields, in: database)?.split(separator: ",").map(String.init)
    return SandboxFixture(
      apikey: account?[0] ?? "", users: users, defaultClientpath: account?[1] ?? 0,
      activeFields: fields.map { Set($0) } ?? SandboxFixture.standard.activeFields,
      timeZoneOffset: try value(.timeZoneOffset, in: database).flatMap(Int.init)
        ?? SandboxFixture.standard.timeZoneOffset)
  }

  private static func value(_ setting: Setting, in database: Database) throws -> String? {
    // Files of earlier versions have no such table.
    guard try database.tableExists("setting") else { return nil }
    return try String.fetchOne(
      database, sql: "SELECT value FROM setting WHERE name = ?", arguments: [setting.rawValue])
  }

  private static func set(_ setting: Setting, _ value: String, in database: Database) throws {
    try database.execute(
      sql: "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    try database.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
      arguments: [setting.rawValue, value])
  }
}
