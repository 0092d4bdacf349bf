import GRDB

/// What a sandbox has stored, read from its file and not by way of its API.
struct StoredContacts: Sendable {
  /// A contact and its number.
  struct Entry: Sendable {
    let pid: Int
    let contact: KillSource.Contact
    /// The import key, where it has one.
    let key: String?
  }

  private let database: DatabaseQueue
  /// The last contact that was there before.
  let base: Int

  /// Opens a sandbox's file and puts in contacts that no import made, but that look as if one had.
  init(path: String, older: [KillSource.Contact]) throws {
    var settings = Configuration()
    settings.busyMode = .timeout(30)
    database = try DatabaseQueue(path: path, configuration: settings)
    let numbers = Dictionary(
      KillSource.owners.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    base = try database.write { database in
      for contact in older {
        try database.execute(
          sql: """
            INSERT INTO person (person, tel, mail, input2, iduser, date_create)
            VALUES (?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, '2026-01-02 03:04:05')
            """,
          arguments: [
            contact.person, contact.tel, contact.mail, contact.note, numbers[contact.owner],
          ])
      }
      return try Int.fetchOne(database, sql: "SELECT coalesce(max(pid), 0) FROM person") ?? 0
    }
  }

  /// How many contacts were added.
  func count() async throws -> Int {
    try await database.read { database in
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM person WHERE pid > ?", arguments: [base]) ?? 0
    }
  }

  /// The contacts that were added, in the order of their numbers.
  func added() async throws -> [Entry] { try await entries(where: "pid > ?") }

  /// The contacts that were there before, in the order of their numbers.
  func older() async throws -> [Entry] { try await entries(where: "pid <= ?") }

  private func entries(where condition: String) async throws -> [Entry] {
    try await database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT pid, coalesce(person, ''), coalesce(tel, ''), coalesce(mail, ''),
            coalesce(input2, ''), iduser, input10 FROM person WHERE \(condition) ORDER BY pid
          """, arguments: [base]
      ).map { row in
        let owner: String? = row[5]
        return Entry(
          pid: row[0],
          contact: KillSource.Contact(
            person: row[1], tel: row[2], mail: row[3], note: row[4],
            owner: owner.flatMap { KillSource.owners[$0] } ?? "nobody"),
          key: row[6])
      }
    }
  }

  /// Removes what was added; the numbers go on from where they are.
  func clear() async throws {
    try await database.write { database in
      try database.execute(sql: "DELETE FROM person WHERE pid > ?", arguments: [base])
    }
  }

  /// Writes a copy, to be looked at later.
  func copy(to path: String) async throws {
    try await database.vacuum(into: path)
  }
}
