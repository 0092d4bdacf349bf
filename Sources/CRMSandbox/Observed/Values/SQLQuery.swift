/// The text of a query that the CRM put together by pasting values between its own quotes.
struct SQLQuery: Equatable, Sendable {
  /// The text as the CRM wrote it.
  let text: [UInt8]
  /// The query with nothing pasted into it.
  private let frame: [UInt8]
  /// Whether the value has nothing in it that could end its quotes.
  private let isPlain: Bool

  /// Pastes a value into a query.
  ///
  /// - Parameters:
  ///   - before: The query up to and with the quote before the value.
  ///   - value: The value, of which nothing is escaped.
  ///   - after: The rest of the query, from the closing quote on.
  init(_ before: String, _ value: [UInt8], _ after: String) {
    text = Array(before.utf8) + value + Array(after.utf8)
    frame = Array((before + after).utf8)
    isPlain = !value.contains { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") }
  }

  /// What the database says if it does not run the query; `nil` where it does.
  var refusal: String? {
    guard !isPlain else { return nil }
    let query = Self.trimmed(text)
    let (stop, columns) = SQLParser.read(query)
    if let stop { return Self.syntaxError(in: query, at: stop) }
    let known = Set(SQLParser.read(frame).columns)
    return columns.first { !known.contains($0) && !Self.usual.contains($0) }
      .map { "Unknown column '\($0)' in 'WHERE'" }
  }

  /// What the database says of a query that it cannot read to its end; `nil` where it can.
  static func syntaxError(in text: [UInt8]) -> String? {
    let query = trimmed(text)
    return SQLParser.read(query).stop.map { syntaxError(in: query, at: $0) }
  }

  /// The query as the database reads it: without white space around it, nor semicolons behind.
  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    var query = text.drop(while: isSpace)
    while let last = query.last, isSpace(last) || last == UInt8(ascii: ";") { query.removeLast() }
    return Array(query)
  }

  /// What the database says of a query that it cannot read beyond a place.
  static func syntaxError(in query: [UInt8], at place: Int) -> String {
    var place = place
    // A semicolon ends one query; it is the next that is one too many.
    if place < query.count, query[place] == UInt8(ascii: ";") {
      place += 1
      while place < query.count, query[place] <= 0x20 { place += 1 }
    }
    var near = query[min(place, query.count)...]
    var dots = ""
    if near.count > 80 {
      near = near.prefix(77)
      // No character is cut in two.
      while !near.isEmpty, query[near.endIndex] & 0xC0 == 0x80 { near.removeLast() }
      dots = "..."
    }
    let line = 1 + query[..<min(place, query.count)].count { $0 == 0x0A }
    return
      "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB "
      + "server version for the right syntax to use near "
      + "'\(String(decoding: near, as: UTF8.self))\(dots)' at line \(line)"
  }

  /// Columns that nearly every table of the CRM has.
  private static let usual: Set<String> = ["id", "identity", "title", "iduser", "datum", "uid"]
}
