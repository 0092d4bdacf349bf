import GRDB

extension SandboxStore {
  /// Marks a file as a sandbox with tables as they are below: "fer2".
  private static let applicationID = 0x6665_7232

  /// Makes and seeds the tables where the file is new.
  static func prepare(_ database: Database, _ configuration: SandboxConfiguration) throws {
    if try isSandbox(database) {
      try remember(configuration.profile, in: database)
      return
    }
    let found = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard found == 0, tables == 0 else {
      throw SandboxError.foreignDatabase(path: configuration.database ?? ":memory:")
    }
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try createTables(database)
    try configuration.fixture.store(in: database)
    try remember(configuration.fixture, in: database)
    try remember(configuration.profile, in: database)
    if configuration.seedsContacts {
      try seedContact(ContactStore(database: database, configuration: configuration))
    }
  }

  /// Whether a file is a sandbox's.
  static func isSandbox(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "PRAGMA application_id") == applicationID
  }

  private static func createTables(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE account (apikey TEXT NOT NULL, clientpath INTEGER NOT NULL);
        CREATE TABLE user (
          iduser INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
          email TEXT NOT NULL, isChief INTEGER NOT NULL, isActive INTEGER NOT NULL);
        CREATE TABLE client (
          clid INTEGER PRIMARY KEY, title TEXT NOT NULL, mainContact INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE loyalty (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL);
        CREATE TABLE clientpath (
          id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL,
          utm TEXT);
        CREATE TABLE deal (
          id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, title TEXT NOT NULL,
          others TEXT NOT NULL DEFAULT '', isClosed INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE history (id INTEGER PRIMARY KEY, pid INTEGER NOT NULL);
        CREATE INDEX historyByContact ON history (pid);
        CREATE INDEX dealByContact ON deal (pid);
        CREATE TABLE person (
          pid INTEGER PRIMARY KEY AUTOINCREMENT, clid INTEGER, ptitle TEXT, person TEXT, tel TEXT,
          fax TEXT, mob TEXT, mail TEXT, rol TEXT, social TEXT, iduser TEXT,
          clientpath INTEGER NOT NULL DEFAULT 0, loyalty INTEGER NOT NULL DEFAULT 0, input1 TEXT,
          input2 TEXT, input3 TEXT, input4 TEXT, input5 TEXT, input6 TEXT, input7 TEXT, input8 TEXT,
          input9 TEXT, input10 TEXT, date_create TEXT NOT NULL, date_edit TEXT,
          creator INTEGER NOT NULL DEFAULT 0, editor INTEGER NOT NULL DEFAULT 0,
          uid INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX personByOwner ON person (iduser);
        CREATE INDEX personByPid ON person (pid, iduser);
        CREATE INDEX personByNewest ON person (date_create DESC);
        CREATE INDEX personByOldest ON person (date_create);
        CREATE INDEX personByMail ON person (mail COLLATE NOCASE);
        """)
  }

  /// Puts in a contact that cannot be deleted, since it has a deal.
  private static func seedContact(_ contacts: ContactStore) throws {
    var input = ContactInput(RequestParameters(array: PHPArray()), active: [])
    input.texts = [
      (.person, "Сделкин Семён Семёнович"), (.ptitle, "Директор"), (.mail, "deal@ferry.example"),
    ]
    input.clid = 1
    let pid = try contacts.insert(input, owner: 1)
    try contacts.addDeal(with: pid, title: "Поставка учебных пособий")
  }

  /// Lets the next contact have this pid, where no later one has been given.
  func setNextPid(_ pid: Int) async throws {
    try await database.write { database in
      try database.execute(
        sql: "UPDATE sqlite_sequence SET seq = ? WHERE name = 'person'", arguments: [pid - 1])
    }
  }
}
