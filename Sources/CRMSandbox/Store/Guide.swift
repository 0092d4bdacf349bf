import GRDB

/// A list of texts to choose from, kept by number.
enum Guide: String, Sendable {
  case loyalty
  case clientpath

  /// The number of the entry with a title.
  func entry(_ title: String, in database: Database) throws -> Int? {
    let statement = try database.cachedStatement(sql: "SELECT id FROM \(rawValue) WHERE title = ?")
    return try Int.fetchOne(statement, arguments: [title])
  }

  /// Makes an entry.
  func add(_ title: String, in database: Database) throws -> Int {
    let statement = try database.cachedStatement(sql: "INSERT INTO \(rawValue) (title) VALUES (?)")
    try statement.execute(arguments: [title])
    return Int(database.lastInsertedRowID)
  }
}

extension SandboxStore {
  /// The entries of a guide, in the order in which they were made.
  func titles(of guide: Guide) async throws -> [String] {
    try await database.read { database in
      try String.fetchAll(database, sql: "SELECT title FROM \(guide.rawValue) ORDER BY id")
    }
  }
}
