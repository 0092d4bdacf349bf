import GRDB

/// A row that the server holds twice.
package struct DoubledRow: Sendable, Equatable {
  /// The index of the source file in the run's list.
  package var file: Int
  /// The record's number.
  package var record: Int
  /// The contact that counts.
  package var pid: Int
  /// The contact that came after it and is one too many.
  package var laterPID: Int
  /// Whether the later contact was deleted since.
  package var isRemoved: Bool

  /// A row that was found twice.
  package init(file: Int, record: Int, pid: Int, laterPID: Int, isRemoved: Bool = false) {
    self.file = file
    self.record = record
    self.pid = pid
    self.laterPID = laterPID
    self.isRemoved = isRemoved
  }
}

/// What became of a contact when the run was taken back.
package struct UndoneContact: Sendable, Equatable {
  /// What became of it.
  package enum Fate: UInt8, Sendable, CaseIterable {
    // On disk; never renumber these.
    /// It was deleted, and the server says that it is gone.
    case removed = 0
    /// It was gone already.
    case absent = 1
    /// Somebody changed it since; it stays.
    case edited = 2
    /// Deals hang on it; it stays.
    case hasDeals = 3
    /// The server did not delete it.
    case refused = 4
    /// Whether it is gone could not be found out.
    case unclear = 5
    /// Nothing but its values says that the run made it; it stays.
    case unproven = 6
    /// It was to go as the later of two, and the other is gone; it stays.
    case lastCopy = 7

    /// Whether the contact is no longer there.
    package var isGone: Bool { self == .removed || self == .absent }

    /// The numbers of the fates that mean the contact is gone, for a query.
    static let goneList = allCases.filter(\.isGone).map { String($0.rawValue) }
      .joined(separator: ", ")
  }

  /// The contact's identifier.
  package var pid: Int
  /// What became of it.
  package var fate: Fate

  /// A contact and its fate.
  package init(pid: Int, fate: Fate) {
    self.pid = pid
    self.fate = fate
  }
}

extension Journal {
  /// Writes down rows that were found twice.
  ///
  /// A later contact stands once, however often it is found; whether it was removed is known from
  /// ``recordUndone(_:)``.
  package func recordDoubled(_ rows: [DoubledRow]) async throws(JournalError) {
    try await write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO doubled (later_pid, pid, file, record) VALUES (?, ?, ?, ?)
          """)
      try database.inSavepoint {
        for row in rows {
          try statement.execute(arguments: [row.laterPID, row.pid, row.file, row.record])
        }
        return .commit
      }
    }
  }

  /// Rows that were found twice, by the identifier of the later contact, a page at a time.
  ///
  /// - Parameters:
  ///   - previous: The later identifier of the row before the first one wanted.
  ///   - limit: How many at most; without it all, about forty bytes each.
  /// - Returns: The rows, the smallest later identifier first.
  /// - Throws: ``JournalError``.
  package func doubledRows(
    after previous: Int? = nil, limit: Int = .max
  ) async throws(JournalError) -> [DoubledRow] {
    try await read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT later_pid, doubled.pid AS pid, file, record, fate
          FROM doubled LEFT JOIN undone ON undone.pid = later_pid
          WHERE later_pid > ? ORDER BY later_pid LIMIT ?
          """, arguments: [previous ?? Int.min, limit])
      var doubled: [DoubledRow] = []
      while let row = try rows.next() {
        let fate = try row.decode(UInt8?.self, forColumn: "fate").map(Self.fate)
        doubled.append(
          DoubledRow(
            file: try row.decode(forColumn: "file"), record: try row.decode(forColumn: "record"),
            pid: try row.decode(forColumn: "pid"), laterPID: try row.decode(forColumn: "later_pid"),
            isRemoved: fate?.isGone ?? false))
      }
      return doubled
    }
  }

  /// Writes down what became of contacts when the run, or a doubled row of it, was taken back.
  ///
  /// A contact's later fate replaces its earlier one.
  package func recordUndone(_ contacts: [UndoneContact]) async throws(JournalError) {
    try await write { database in
      let statement = try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO undone (pid, fate) VALUES (?, ?)")
      try database.inSavepoint {
        for contact in contacts {
          try statement.execute(arguments: [contact.pid, contact.fate.rawValue])
        }
        return .commit
      }
    }
  }

  /// What became of a contact when the run was taken back; `nil` if nobody tried.
  package func undone(_ pid: Int) async throws(JournalError) -> UndoneContact.Fate? {
    try await undone([pid])[0]
  }

  /// What became of some contacts when the run was taken back, in their order.
  package func undone(_ pids: [Int]) async throws(JournalError) -> [UndoneContact.Fate?] {
    try await read { database in
      let statement = try database.cachedStatement(sql: "SELECT fate FROM undone WHERE pid = ?")
      return try pids.map { pid in
        try UInt8.fetchOne(statement, arguments: [pid]).map(Self.fate)
      }
    }
  }

  /// The contacts that somebody tried to take back, by identifier, a page at a time.
  package func undoneContacts(
    after previous: Int? = nil, limit: Int = 1000
  ) async throws(JournalError) -> [UndoneContact] {
    try await read { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT pid, fate FROM undone WHERE pid > ? ORDER BY pid LIMIT ?",
        arguments: [previous ?? Int.min, limit])
      var contacts: [UndoneContact] = []
      while let row = try rows.next() {
        contacts.append(
          UndoneContact(
            pid: try row.decode(forColumn: "pid"),
            fate: try Self.fate(row.decode(forColumn: "fate"))))
      }
      return contacts
    }
  }

  /// How many contacts met each fate; later contacts of doubled rows are counted with the others.
  package func undoneCounts() async throws(JournalError) -> [UndoneContact.Fate: Int] {
    try await read { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT fate, COUNT(*) AS count FROM undone GROUP BY fate")
      var counts: [UndoneContact.Fate: Int] = [:]
      while let row = try rows.next() {
        counts[try Self.fate(row.decode(forColumn: "fate"))] = try row.decode(forColumn: "count")
      }
      return counts
    }
  }

  private static func fate(_ number: UInt8) throws -> UndoneContact.Fate {
    guard let fate = UndoneContact.Fate(rawValue: number) else { throw JournalBlobError() }
    return fate
  }
}
