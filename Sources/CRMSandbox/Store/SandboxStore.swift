import Foundation
import GRDB

/// The CRM's tables in SQLite.
///
/// A file may be served by several processes at once: it is in WAL mode, writers wait for each
/// other, and whoever comes first makes and seeds the tables.
struct SandboxStore: Sendable {
  let database: any DatabaseWriter

  init(_ configuration: SandboxConfiguration) throws {
    var settings = Configuration()
    settings.label = "sandbox"
    settings.busyMode = .timeout(30)
    settings.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      database.add(function: Self.contains)
      database.add(function: Self.holdsWord)
    }
    if let path = configuration.database {
      if !FileManager.default.fileExists(atPath: path) {
        // Contacts are people's data: the file is its owner's alone from the first moment.
        _ = FileManager.default.createFile(
          atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      }
      database = try DatabasePool(path: path, configuration: settings)
    } else {
      database = try DatabaseQueue(configuration: settings)
    }
    try database.write { try Self.prepare($0, configuration) }
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
