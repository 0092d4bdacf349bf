import Foundation
import GRDB

/// Why the database refuses to write a row.
struct SQLRefusal: Error, Equatable, Sendable {
  /// The database's number of the error.
  let code: Int
  let message: String

  /// What the CRM puts into `error` when it has caught the exception.
  ///
  /// - Parameters:
  ///   - version: The PHP it runs on.
  ///   - query: The query that was refused.
  /// - Returns: The text.
  func caught(under version: PHPVersion, query: [UInt8]) -> String {
    switch version {
    case .php74:
      "ОшибкаSafeMySQL: \(message). Full query: [\(String(decoding: query, as: UTF8.self))] "
        + "в строке 0"
    case .php82: "Ошибка\(message) в строке \(code)"
    }
  }
}

/// The table of contacts, as far as its columns change what is put into them.
struct PersonTable: Sendable {
  let isStrict: Bool

  /// The names and values that are stored for a query's assignments.
  ///
  /// - Parameters:
  ///   - assignments: What the query sets.
  ///   - now: The moment that is stored for every date, which is never another one.
  /// - Returns: The columns in the order of the query.
  /// - Throws: What a strict database has against the first value it does not like.
  func columns(_ assignments: SQLAssignments, now: String) throws(SQLRefusal) -> [(
    name: String, value: DatabaseValue
  )] {
    var result: [(name: String, value: DatabaseValue)] = []
    for (name, value) in assignments.columns where name != "identity" {
      result.append((name, try stored(value, in: name, now: now)))
    }
    return result
  }

  private func stored(_ value: SQLValue, in name: String, now: String) throws(SQLRefusal)
    -> DatabaseValue
  {
    guard let text = value.text else { return .null }
    switch name {
    case "date_create", "date_edit": return now.databaseValue
    case "clid", "clientpath", "loyalty", "creator", "editor":
      return try integer(text, in: name).databaseValue
    default:
      let text = try self.text(text, in: name)
      // SQLite's texts end at a NUL, its blobs do not.
      return text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    }
  }

  private func integer(_ text: [UInt8], in name: String) throws(SQLRefusal) -> Int {
    let stored = StoredInteger(text)
    switch isStrict ? stored.problem : nil {
    case .incorrect?:
      throw Self.incorrect("integer", String(decoding: text, as: UTF8.self), in: name)
    case .truncated?:
      throw SQLRefusal(code: 1265, message: "Data truncated for column '\(name)' at row 1")
    case .outOfRange?:
      throw SQLRefusal(code: 1264, message: "Out of range value for column '\(name)' at row 1")
    case nil: return stored.value
    }
  }

  private func text(_ text: [UInt8], in name: String) throws(SQLRefusal) -> String {
    try Self.text(
      text, width: Self.width(of: name), isStrict: isStrict, in: name, of: "app_personcat")
  }

  /// The text that a column holds afterwards.
  ///
  /// - Throws: What a strict database has against it.
  static func text(
    _ text: [UInt8], width: StoredText.Width, isStrict: Bool, in name: String, of table: String
  ) throws(SQLRefusal) -> String {
    let stored = StoredText(text, width: width)
    switch isStrict ? stored.problem : nil {
    case .incorrect(let bytes)?: throw incorrect("string", printed(bytes), in: name, of: table)
    case .tooLong?:
      throw SQLRefusal(code: 1406, message: "Data too long for column '\(name)' at row 1")
    case nil: return String(decoding: stored.bytes, as: UTF8.self)
    }
  }

  private static func incorrect(
    _ kind: String, _ value: String, in name: String, of table: String = "app_personcat"
  ) -> SQLRefusal {
    SQLRefusal(
      code: 1366,
      message: "Incorrect \(kind) value: '\(value)' for column "
        + "`salesman`.`\(table)`.`\(name)` at row 1")
  }

  /// At most six bytes, those beyond ASCII as numbers.
  private static func printed(_ bytes: [UInt8]) -> String {
    let shown = bytes.prefix(6).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return (0x20...0x7E).contains(byte)
        ? String(decoding: [byte], as: UTF8.self)
        : "\\x" + (digits.count == 1 ? "0" : "") + digits
    }
    return shown.joined() + (bytes.count > 6 ? "..." : "")
  }

  /// How much a column of text holds.
  static func width(of name: String) -> StoredText.Width {
    switch name {
    case "rol", "social": .bytes(65_535)
    case "iduser": .characters(12)
    case "input10": .characters(512)
    case _ where name.hasPrefix("input"): .characters(255)
    default: .characters(250)
    }
  }
}
