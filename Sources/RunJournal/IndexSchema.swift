import GRDB

/// The tables of the ``DuplicateIndex``.
///
/// Entries travel in blobs of thousands and are taken apart by SQLite: a statement for every entry
/// would take longer than all the rest.
enum IndexSchema {
  private static let tables = """
    CREATE TABLE run (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL);
    CREATE TABLE entry (bytes BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
    """

  /// Puts the entries of `:entries` (`:count` of them) into the temporary table `staged`.
  static let stage = """
    \(numbers) INSERT INTO staged
    SELECT substr(:entries, n * \(IndexEntries.width) + 1, \(IndexEntries.width)) FROM number
    """

  /// Finds the entries between each of `:first` and its counterpart in `:last`.
  static let lookUp = """
    \(numbers) SELECT n, bytes FROM number CROSS JOIN entry
    WHERE bytes >= substr(:first, n * \(IndexEntries.width) + 1, \(IndexEntries.width))
      AND bytes <= substr(:last, n * \(IndexEntries.width) + 1, \(IndexEntries.width))
    """

  private static let numbers = """
    WITH RECURSIVE number (n) AS
      (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :count)
    """

  static func create(in database: DatabaseQueue) throws {
    try database.inDatabase { database in
      try database.inTransaction(.immediate) {
        try database.execute(sql: tables)
        return .commit
      }
    }
  }

  /// The runs by their numbers.
  static func runs(in database: Database) throws -> [UInt32: RunID] {
    let rows = try Row.fetchCursor(
      database.cachedStatement(sql: "SELECT number, id FROM run"))
    var runs: [UInt32: RunID] = [:]
    while let row = try rows.next() {
      guard let id = RunID(try row.decode(String.self, forColumn: "id")) else {
        throw JournalBlobError()
      }
      runs[try row.decode(forColumn: "number")] = id
    }
    return runs
  }
}
