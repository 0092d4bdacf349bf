import GRDB

/// The tables of a journal, and how the run's description is kept in them.
enum JournalSchema {
  /// Marks the file as a journal of ferry: `fery` in ASCII.
  private static let applicationID = 0x6665_7279
  /// Raised with every change of the tables.
  private static let version = 3

  // Outcomes have a table of their own: SQLite would rewrite the whole row, plan and all, if they
  // were added to it. For `span` see ``SpanClass``.
  private static let tables = """
    CREATE TABLE run (
      id TEXT NOT NULL PRIMARY KEY, started_at TEXT NOT NULL, mapping TEXT NOT NULL,
      server TEXT NOT NULL, login TEXT NOT NULL, account TEXT NOT NULL, variant TEXT NOT NULL,
      ferry_version TEXT NOT NULL, digest TEXT NOT NULL, status TEXT NOT NULL, ended_at TEXT,
      watermark INTEGER NOT NULL);
    CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE owner (login TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE source_file (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL,
      sha256 TEXT NOT NULL);
    CREATE TABLE batch (
      id INTEGER PRIMARY KEY, file INTEGER NOT NULL, span INTEGER NOT NULL,
      first_record INTEGER NOT NULL, last_record INTEGER NOT NULL, plan BLOB NOT NULL);
    CREATE INDEX batch_records ON batch (file, span, first_record, last_record);
    CREATE TABLE outcome (
      batch INTEGER PRIMARY KEY REFERENCES batch (id), span INTEGER, min_pid INTEGER,
      max_pid INTEGER, outcomes BLOB NOT NULL);
    CREATE INDEX outcome_pids ON outcome (span, min_pid, max_pid) WHERE span IS NOT NULL;
    CREATE TABLE doubled (
      later_pid INTEGER PRIMARY KEY, pid INTEGER NOT NULL, file INTEGER NOT NULL,
      record INTEGER NOT NULL);
    CREATE TABLE undone (pid INTEGER PRIMARY KEY, fate INTEGER NOT NULL);
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(version);
    """

  static func create(
    in database: DatabaseQueue, run: RunDescription, owners: Set<String>
  ) throws {
    try database.inDatabase { database in
      try database.inTransaction(.immediate) {
        try database.execute(sql: tables)
        try database.execute(
          sql: """
            INSERT INTO run
              (id, started_at, mapping, server, login, account, variant, ferry_version, digest,
              status, watermark)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            run.id.text, run.startedAt, run.mappingText, run.server, run.login, run.account.text,
            run.variant, run.ferryVersion, digest(of: run), RunStatus.open.rawValue,
            run.watermark,
          ])
        for (number, file) in run.sourceFiles.enumerated() {
          try database.execute(
            sql: "INSERT INTO source_file (number, name, size, sha256) VALUES (?, ?, ?, ?)",
            arguments: [number, file.name, file.size, file.sha256])
        }
        for (name, value) in run.settings {
          try database.execute(
            sql: "INSERT INTO setting (name, value) VALUES (?, ?)", arguments: [name, value])
        }
        try Journal.insert(owners, in: database)
        return .commit
      }
    }
  }

  static func readRun(from database: DatabaseQueue, path: String) throws -> RunDescription {
    try database.inDatabase { database in
      try checkVersion(of: database, path: path)
      guard let row = try Row.fetchOne(database, sql: "SELECT * FROM run"),
        let id = RunID(try row.decode(String.self, forColumn: "id")),
        let account = AccountID(try row.decode(String.self, forColumn: "account"))
      else { throw JournalError(.damaged, path: path, reason: "it does not name its run") }
      let files = try Row.fetchAll(
        database, sql: "SELECT name, size, sha256 FROM source_file ORDER BY number")
      let settings = try Row.fetchAll(database, sql: "SELECT name, value FROM setting")
      let run = RunDescription(
        id: id, startedAt: try row.decode(forColumn: "started_at"),
        sourceFiles: try files.map {
          RunDescription.SourceFile(
            name: try $0.decode(forColumn: "name"), size: try $0.decode(forColumn: "size"),
            sha256: try $0.decode(forColumn: "sha256"))
        },
        mappingText: try row.decode(forColumn: "mapping"),
        server: try row.decode(forColumn: "server"), login: try row.decode(forColumn: "login"),
        account: account, variant: try row.decode(forColumn: "variant"),
        watermark: try row.decode(forColumn: "watermark"),
        ferryVersion: try row.decode(forColumn: "ferry_version"),
        settings: try settings.reduce(into: [:]) { settings, row in
          settings[try row.decode(String.self, forColumn: "name")] =
            try row.decode(String.self, forColumn: "value")
        })
      guard try row.decode(String.self, forColumn: "digest") == digest(of: run) else {
        throw JournalError(.damaged, path: path, reason: "the run's description was changed")
      }
      return run
    }
  }

  /// Looks at every page: that the tables are whole, and that each index says what its table says.
  ///
  /// A batch that an index does not show would be sent again. What the blobs hold is checked when
  /// they are read. A million rows take some tenths of a second.
  static func check(_ database: DatabaseQueue, path: String) throws {
    let answer = try database.inDatabase {
      try String.fetchOne($0, sql: "PRAGMA integrity_check(1)")
    }
    guard answer == "ok" else {
      throw JournalError(.damaged, path: path, reason: "its tables do not fit together")
    }
  }

  /// Stands for everything a description says.
  private static func digest(of run: RunDescription) -> String {
    let settings = run.settings.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    let files = run.sourceFiles.flatMap { [$0.name, String($0.size), $0.sha256] }
    let texts =
      [
        run.id.text, run.startedAt, run.mappingText, run.server, run.login, run.account.text,
        run.variant, String(run.watermark), run.ferryVersion, String(run.sourceFiles.count),
      ] + files + settings
    var bytes: [UInt8] = []
    for text in texts { bytes += Array("\(text.utf8.count):\(text)".utf8) }
    return Fingerprint(of: bytes.span).description
  }

  private static func checkVersion(of database: Database, path: String) throws {
    guard try Int.fetchOne(database, sql: "PRAGMA application_id") == applicationID else {
      throw JournalError(.notAJournal, path: path)
    }
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if found > version { throw JournalError(.newerVersion, path: path) }
    if found < version { throw JournalError(.olderVersion, path: path) }
  }
}
