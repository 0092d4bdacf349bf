import GRDB

/// What a run learned about the server, and has to remember over resumes.
extension Journal {
  /// Writes down logins whose contacts have to be read back; those known already stay.
  package func recordOwners(_ logins: Set<String>) async throws(JournalError) {
    try await write { database in
      try database.inSavepoint {
        try Self.insert(logins, in: database)
        return .commit
      }
    }
  }

  static func insert(_ owners: Set<String>, in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO owner (login) VALUES (?)")
    for login in owners { try statement.execute(arguments: [login]) }
  }

  /// The logins whose contacts have to be read back; as many as the CRM has users at most.
  package func owners() async throws(JournalError) -> Set<String> {
    try await read { try String.fetchSet($0, sql: "SELECT login FROM owner") }
  }
}
