import GRDB

extension SandboxFixture {
  /// Puts everything into empty tables.
  func store(in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO account (apikey, clientpath) VALUES (?, ?)",
      arguments: [apikey, defaultClientpath])
    for user in users {
      try database.execute(
        sql: """
          INSERT INTO user (iduser, login, title, email, isChief, isActive)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          user.iduser, user.login, user.title, user.login, user.isChief, user.isActive,
        ])
    }
    for client in clients {
      try database.execute(
        sql: "INSERT INTO client (clid, title) VALUES (?, ?)",
        arguments: [client.clid, client.title])
    }
    for entry in loyalty {
      try database.execute(
        sql: "INSERT INTO loyalty (id, title) VALUES (?, ?)", arguments: [entry.id, entry.title])
    }
    for entry in clientpath {
      try database.execute(
        sql: "INSERT INTO clientpath (id, title, utm) VALUES (?, ?, ?)",
        arguments: [entry.id, entry.title, entry.utm])
    }
    for contact in contacts { try store(contact, in: database) }
    for deal in deals {
      try database.execute(
        sql: "INSERT INTO deal (pid, title, others) VALUES (?, ?, ?)",
        arguments: [deal.pid, deal.title, deal.others.map(String.init).joined(separator: ";")])
    }
    for pid in history {
      try database.execute(sql: "INSERT INTO history (pid) VALUES (?)", arguments: [pid])
    }
    // The table of sequences has a row only once something was inserted.
    try database.execute(
      sql: """
        DELETE FROM sqlite_sequence WHERE name = 'person';
        INSERT INTO sqlite_sequence (name, seq)
        SELECT 'person', max(\(nextPid - 1), coalesce(max(pid), 0)) FROM person;
        """)
  }

  private func store(_ contact: Contact, in database: Database) throws {
    var contact = contact
    if contact["date_create"] == nil { contact["date_create"] = "2026-01-01 00:00:00" }
    let names = contact.keys.filter(Self.columns.contains).sorted()
    let places = names.map { _ in "?" }.joined(separator: ", ")
    try database.execute(
      sql: "INSERT INTO person (\(names.joined(separator: ", "))) VALUES (\(places))",
      arguments: StatementArguments(names.map { contact[$0] }))
  }

  /// The columns of the table, which are the fields of the API and three more.
  private static let columns = Set(
    PersonColumn.allCases.map(\.rawValue) + ["creator", "editor", "uid"])
}
