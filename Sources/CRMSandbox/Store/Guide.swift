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

  /// The number of the first entry whose title the CRM's database takes for equal.
  func like(_ title: String, in database: Database) throws -> Int? {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT id, title FROM \(rawValue) ORDER BY id")
    let wanted = RequestParameters.trimmed(title)
    while let row = try rows.next() {
      if TextMatch.isEqual(RequestParameters.trimmed(row[1]), wanted) { return row[0] }
    }
    return nil
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
