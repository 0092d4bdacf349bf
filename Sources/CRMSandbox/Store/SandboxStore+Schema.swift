import GRDB

extension SandboxStore {
  /// Marks a file as a sandbox: "fery".
  private static let applicationID = 0x6665_7279

  /// Makes and seeds the tables where the file is new.
  static func prepare(_ database: Database, _ configuration: SandboxConfiguration) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    if found == applicationID { return }
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard found == 0, tables == 0 else {
      throw SandboxError.foreignDatabase(path: configuration.database ?? ":memory:")
    }
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try createTables(database)
    try seed(database)
    if configuration.seedsContacts {
      try seedContact(ContactStore(database: database, configuration: configuration))
    }
  }

  private static func createTables(_ database: Database) throws {
    let columns = PersonColumn.allCases.map { column in
      switch column {
      case .pid: "pid INTEGER PRIMARY KEY AUTOINCREMENT"
      case .clid, .iduser, .loyalty, .clientpath: "\(column.rawValue) INTEGER NOT NULL DEFAULT 0"
      case .dateCreate: "date_create TEXT NOT NULL"
      default: "\(column.rawValue) TEXT"
      }
    }
    let socials = SocialContact.allCases.map { "\($0.rawValue) TEXT" }
    try database.execute(
      sql: """
        CREATE TABLE account (apikey TEXT NOT NULL);
        CREATE TABLE user (
          iduser INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
          isChief INTEGER NOT NULL, isActive INTEGER NOT NULL);
        CREATE TABLE client (
          clid INTEGER PRIMARY KEY, title TEXT NOT NULL, mainContact INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE loyalty (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE);
        CREATE TABLE clientpath (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE);
        CREATE TABLE deal (
          id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, title TEXT NOT NULL,
          isClosed INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX dealByContact ON deal (pid);
        CREATE TABLE person (\((columns + socials).joined(separator: ", ")));
        CREATE INDEX personByOwner ON person (iduser);
        CREATE INDEX personByPid ON person (pid, iduser);
        CREATE INDEX personByNewest ON person (date_create DESC);
        CREATE INDEX personByOldest ON person (date_create);
        CREATE INDEX personByMail ON person (mail COLLATE NOCASE);
        """)
  }

  /// Puts in the made-up account.
  ///
  /// There are no contacts: pids begin at 1001.
  private static func seed(_ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO account (apikey) VALUES (?)", arguments: [SandboxCredentials.apikey])
    let users = [
      (SandboxCredentials.chief, "Начальников Аркадий", true, true),
      (SandboxCredentials.sellerA, "Продажина Алла", false, true),
      (SandboxCredentials.sellerB, "Продажин Борис", false, true),
      (SandboxCredentials.disabled, "Уволенов Геннадий", false, false),
    ]
    for (login, title, isChief, isActive) in users {
      try database.execute(
        sql: "INSERT INTO user (login, title, isChief, isActive) VALUES (?, ?, ?, ?)",
        arguments: [login, title, isChief, isActive])
    }
    for title in ["Завод Примерный", "Лавка Учебная"] {
      try database.execute(sql: "INSERT INTO client (title) VALUES (?)", arguments: [title])
    }
    for title in ["0 - Не лояльный", "1 - Пока не понятно", "2 - Нейтральный", "3 - Лояльный"] {
      try database.execute(sql: "INSERT INTO loyalty (title) VALUES (?)", arguments: [title])
    }
    for title in ["Выставка", "Рекомендация", "Сайт"] {
      try database.execute(sql: "INSERT INTO clientpath (title) VALUES (?)", arguments: [title])
    }
    try database.execute(sql: "INSERT INTO sqlite_sequence (name, seq) VALUES ('person', 1000)")
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
