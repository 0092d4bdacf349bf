import GRDB

/// Others who work in the CRM while it is read: some contacts go, as many come.
struct Churn: Sendable {
  let count: Int
  /// Decides which contacts go.
  let seed: UInt64
  /// The clock, as seconds since 1970.
  let now: Int

  /// Deletes and adds; the contacts that come belong to the administrator.
  func run(in store: SandboxStore) async throws {
    try await store.database.write { database in
      var generator = FaultGenerator(seed)
      for _ in 0..<count { try delete(with: &generator, in: database) }
      let owner =
        try Int.fetchOne(
          database, sql: "SELECT iduser FROM user WHERE isChief ORDER BY iduser LIMIT 1") ?? 0
      for _ in 0..<count { try add(ownedBy: owner, in: database) }
    }
  }

  private func delete(with generator: inout FaultGenerator, in database: Database) throws {
    let contacts = try Int.fetchOne(database, sql: "SELECT count(*) FROM person") ?? 0
    guard contacts > 0 else { return }
    try database.execute(
      sql: """
        DELETE FROM person
        WHERE pid = (SELECT pid FROM person ORDER BY pid LIMIT 1 OFFSET ?)
        """,
      arguments: [Int.random(in: 0..<contacts, using: &generator)])
  }

  private func add(ownedBy owner: Int, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO person (clid, person, iduser, date_create, creator) VALUES (0, ?, ?, ?, ?)",
      arguments: [
        "Пришлый", String(owner), CRMDate.text(secondsSince1970: now, offset: 0), owner,
      ])
  }
}
