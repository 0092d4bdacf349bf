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
      try Self.createFile(at: path, configuration)
      database = try DatabasePool(path: path, configuration: settings)
    } else {
      database = try DatabaseQueue(configuration: settings)
    }
    try database.write { try Self.prepare($0, configuration) }
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
    try database.write { try prepare($0, configuration) }
    // Closing moves the log into the file and removes it.
    try database.close()
    link(temporary, path)
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
