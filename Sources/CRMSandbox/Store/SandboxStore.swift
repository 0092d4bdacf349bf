import Foundation
import GRDB

/// The CRM's tables in SQLite.
///
/// A file may be served by several processes at once: it is in WAL mode, writers wait for each
/// other, and whoever comes first makes and seeds the tables.
struct SandboxStore: Sendable {
  let database: any DatabaseWriter
  /// What tells this CRM from every other, also from one made later under the same path.
  let identity: String

  init(_ configuration: SandboxConfiguration) throws {
    var settings = Configuration()
    settings.label = "sandbox"
    settings.busyMode = .timeout(30)
    settings.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      database.add(function: Self.contains)
      database.add(function: Self.holdsWord)
      database.add(function: Self.isLike)
      database.add(function: Self.hasWordLike)
      database.add(collation: Self.collation)
    }
    if let path = configuration.database {
      try Self.createFile(at: path, configuration)
      database = try DatabasePool(path: path, configuration: settings)
    } else {
      database = try DatabaseQueue(configuration: settings)
    }
    identity = try database.write { database in
      try Self.prepare(database, configuration)
      return try Self.identity(in: database)
    }
  }

  /// Makes a finished file that is its owner's alone, where there is none: it will hold people's
  /// data.
  ///
  /// The file is made under another name, in WAL mode and with its tables, and then linked. So it is
  /// there whole or not at all, and one that is there is never touched: another sandbox may have
  /// begun to write it. It also never has to change its mode under the eyes of others, for which
  /// SQLite does not wait (it answers "locked" at once). Where no file can be made, opening it says
  /// why.
  private static func createFile(at path: String, _ configuration: SandboxConfiguration) throws {
    let temporary = "\(path).\(UUID().uuidString)"
    guard access(path, F_OK) != 0 else { return }
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY, 0o600)
    guard descriptor >= 0 else { return }
    close(descriptor)
    defer { unlink(temporary) }
    let database = try DatabaseQueue(path: temporary)
    try database.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    try database.write {
      try prepare($0, configuration)
      _ = try identity(in: $0)
    }
    // Closing moves the log into the file and removes it.
    try database.close()
    link(temporary, path)
  }

  /// `crm_like(text, literal)`: MySQL's `LIKE` with a literal as it stands in a query.
  private static let isLike = DatabaseFunction("crm_like", argumentCount: 2, pure: true) {
    values in
    guard let pattern = String.fromDatabaseValue(values[1]) else { return false }
    return text(values[0]).map { MySQLPattern(literal: pattern).matches($0) } ?? false
  }

  /// `crm_word_like(literal, tel, person, ptitle, mail)`: the observed search for a word.
  private static let hasWordLike = DatabaseFunction(
    "crm_word_like", argumentCount: 5, pure: true
  ) { values in
    guard let literal = String.fromDatabaseValue(values[0]) else { return false }
    let pattern = MySQLPattern(literal: literal)
    let phone = text(values[1]).map(TextMatch.phoneDigits)
    return ([phone] + values[2...].map(text)).contains { $0.map(pattern.matches) ?? false }
  }

  /// The order of the CRM's database: without letter case, `е` like `ё`.
  private static let collation = DatabaseCollation("crm_general_ci") { left, right in
    let (left, right) = (TextMatch.folded(left), TextMatch.folded(right))
    if left == right { return .orderedSame }
    return left.lexicographicallyPrecedes(right) ? .orderedAscending : .orderedDescending
  }

  /// A value as the text that MySQL compares; `nil` for NULL.
  private static func text(_ value: DatabaseValue) -> String? {
    switch value.storage {
    case .string(let text): text
    case .int64(let number): String(number)
    default: nil
    }
  }

  /// `crm_contains(text, pattern)`: a filter's comparison.
  private static let contains = DatabaseFunction("crm_contains", argumentCount: 2, pure: true) {
    values in
    guard let text = String.fromDatabaseValue(values[0]),
      let pattern = String.fromDatabaseValue(values[1])
    else { return false }
    return TextMatch.contains(text, TextMatch.folded(pattern))
  }

  /// `crm_word(pattern, tel, person, ptitle, mail)`: the search for a word.
  private static let holdsWord = DatabaseFunction("crm_word", argumentCount: 5, pure: true) {
    values in
    guard let word = String.fromDatabaseValue(values[0]) else { return false }
    let pattern = TextMatch.folded(word)
    if let phone = String.fromDatabaseValue(values[1]),
      TextMatch.contains(TextMatch.phoneDigits(phone), pattern)
    {
      return true
    }
    return values[2...].contains { value in
      String.fromDatabaseValue(value).map { TextMatch.contains($0, pattern) } ?? false
    }
  }
}
