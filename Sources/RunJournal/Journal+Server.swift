import GRDB

/// What a run learned about the server, and has to remember over resumes.
extension Journal {
  /// Writes down the greatest identifier of a contact that there was before anything was sent.
  ///
  /// Only the first one counts: what a resumed run sees above it may be the run's own.
  package func recordWatermark(_ pid: Int) async throws(JournalError) {
    try await write { database in
      try database.execute(
        sql: "UPDATE run SET watermark = ? WHERE watermark IS NULL", arguments: [pid])
    }
  }

  /// The greatest identifier of a contact before the run; `nil` if nothing was ever sent.
  package func watermark() async throws(JournalError) -> Int? {
    try await read { try Int.fetchOne($0, sql: "SELECT watermark FROM run") }
  }

  /// Writes down logins whose contacts have to be read back; those known already stay.
  package func recordOwners(_ logins: Set<String>) async throws(JournalError) {
    try await write { database in
      let statement = try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO owner (login) VALUES (?)")
      try database.inSavepoint {
        for login in logins { try statement.execute(arguments: [login]) }
        return .commit
      }
    }
  }

  /// The logins whose contacts have to be read back; as many as the CRM has users at most.
  package func owners() async throws(JournalError) -> Set<String> {
    try await read { try String.fetchSet($0, sql: "SELECT login FROM owner") }
  }
}
