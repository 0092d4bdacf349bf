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
    let query = trimmed
    let (stop, columns) = SQLParser.read(query)
    if let stop { return Self.syntaxError(in: query, at: stop) }
    let known = Set(SQLParser.read(frame).columns)
    return columns.first { !known.contains($0) && !Self.usual.contains($0) }
      .map { "Unknown column '\($0)' in 'where clause'" }
  }

  /// The query as the database reads it: without white space around it, nor semicolons behind.
  private var trimmed: [UInt8] {
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    var query = text.drop(while: isSpace)
    while let last = query.last, isSpace(last) || last == UInt8(ascii: ";") { query.removeLast() }
    return Array(query)
  }

  private static func syntaxError(in query: [UInt8], at place: Int) -> String {
    let place = min(place, query.count)
    return SQLLiteral.complaint(
      near: String(decoding: query[place...], as: UTF8.self),
      line: 1 + query[..<place].count { $0 == 0x0A })
  }

  /// Columns that nearly every table of the CRM has.
  private static let usual: Set<String> = ["id", "identity", "title", "iduser", "datum", "uid"]
}
