/// What may be said of a reply that says nothing about its rows: what kind it is, and its first words.
///
/// A server that fails quotes what it was working on: whole queries with people's values, paths, the
/// text of a row. Of its words only the first 120 printable characters stay, without tags, and with the
/// queries, the paths, everything between quotes, addresses and long numbers taken out, each marked by
/// `…`.
///
/// What is quoted may hold quotes, so a quote reaches to the last one of its kind, and to the end where
/// their number is odd. Rather a word too few than somebody's name.
package struct ServerRemark: Sendable, Equatable {
  /// What the reply is.
  package let kind: ReplyKind
  /// The HTTP status.
  package let status: Int
  /// The first words, on one line; empty where there are none to show.
  package let excerpt: String

  /// How many characters of the words are kept.
  package static let length = 120

  /// - Parameters:
  ///   - body: The reply's body.
  ///   - status: Its HTTP status.
  package init(body: [UInt8], status: Int) {
    let reply = ReplyBody(body)
    kind = ReplyKind(status: status, body: reply)
    self.status = status
    // The API's own JSON holds people's data, and is told by its number.
    guard kind != .answer else {
      excerpt = ""
      return
    }
    if case .error(let error) = kind {
      excerpt = Self.words(error.text)
    } else {
      excerpt = Self.words(String(decoding: reply.bytes.prefix(64_000), as: UTF8.self))
    }
  }

  private static func words(_ text: String) -> String {
    var words = ServerWords(text)
    return words.excerpt(length)
  }
}

/// The words of a server, with what they quote taken out.
private struct ServerWords {
  private let text: [Unicode.Scalar]
  private var position = 0
  private var result: [Unicode.Scalar] = []

  /// What queries begin with; what stands behind is left out to the end.
  private static let queries: Set<String> = [
    "select", "insert", "update", "delete", "replace", "create", "alter", "drop", "query", "sql",
  ]
  private static let closingQuotes: [Unicode.Scalar: Unicode.Scalar] = [
    "'": "'", "\"": "\"", "`": "`", "«": "»", "“": "”", "”": "”", "„": "“",
  ]

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  mutating func excerpt(_ length: Int) -> String {
    while position < text.count, result.count <= length {
      let scalar = text[position]
      if scalar == "<" {
        skipTag()
      } else if scalar == "&", let end = entityEnd() {
        takeEntity(to: end)
      } else if let closing = Self.closingQuotes[scalar] {
        skipQuoted(to: closing)
      } else if startsPath() {
        skipPath()
      } else if scalar.properties.isAlphabetic {
        if !takeWord() { position = text.count }
      } else {
        take(scalar)
        position += 1
      }
    }
    let words = result.split(separator: " ").map { Self.isPrivate($0) ? ["…"] : $0 }
    var shown = ""
    shown.unicodeScalars.append(contentsOf: words.joined(separator: [" "]).prefix(length))
    return shown.last == " " ? String(shown.dropLast()) : shown
  }

  /// Whether a word is an address, or has as many digits as a phone.
  private static func isPrivate(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
    word.contains("@") || word.filter { ("0"..."9").contains($0) }.count > 6
  }

  /// Takes in a character: blanks once, and nothing that does not print.
  private mutating func take(_ scalar: Unicode.Scalar) {
    if scalar.properties.isWhitespace {
      if let last = result.last, last != " " { result.append(" ") }
      return
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      break
    default: result.append(scalar)
    }
  }

  private mutating func leaveOut() {
    if result.last != "…" { result.append("…") }
  }

  /// Takes in a word; `false` if a query begins with it.
  private mutating func takeWord() -> Bool {
    let start = position
    while position < text.count, text[position].properties.isAlphabetic { position += 1 }
    var word = ""
    word.unicodeScalars.append(contentsOf: text[start..<position])
    guard !Self.queries.contains(word.lowercased()) else {
      leaveOut()
      return false
    }
    for scalar in text[start..<position] { take(scalar) }
    return true
  }

  private mutating func skipTag() {
    while position < text.count, text[position] != ">" { position += 1 }
    position += 1
    take(" ")
  }

  /// Leaves out what is quoted: all to the last quote of its kind, or to the end.
  private mutating func skipQuoted(to closing: Unicode.Scalar) {
    let opening = text[position]
    let rest = text[(position + 1)...]
    let isPaired =
      opening != closing || rest.filter { $0 == closing }.count.isMultiple(of: 2) == false
    if isPaired, let last = rest.lastIndex(of: closing) {
      position = last + 1
    } else {
      position = text.count
    }
    leaveOut()
  }

  /// Whether a path begins here: `/var/…`, `C:\…`, or an address with `://`.
  private func startsPath() -> Bool {
    func scalar(_ offset: Int) -> Unicode.Scalar? {
      position + offset < text.count ? text[position + offset] : nil
    }
    let scalars = (text[position], scalar(1), scalar(2))
    let isInWord = position > 0 && text[position - 1].properties.isAlphabetic
    if scalars.0 == "/" || scalars.0 == "\\" {
      return scalars.1.map { $0.properties.isAlphabetic || $0 == "/" || $0 == "\\" || $0 == "." }
        ?? false
    }
    return !isInWord && scalars.0.properties.isAlphabetic && scalars.1 == ":"
      && (scalars.2 == "\\" || scalars.2 == "/")
  }

  private mutating func skipPath() {
    // The words before a path without a blank between belong to it.
    while let last = result.last, last != " ", last != "…" { result.removeLast() }
    while position < text.count, !text[position].properties.isWhitespace, text[position] != "<" {
      position += 1
    }
    leaveOut()
  }

  /// The index of the `;` of an entity that begins here.
  private func entityEnd() -> Int? {
    let end = min(position + 10, text.count)
    return text[position..<end].firstIndex(of: ";")
  }

  private mutating func takeEntity(to end: Int) {
    var name = ""
    name.unicodeScalars.append(contentsOf: text[(position + 1)..<end])
    switch name {
    case "quot", "#039", "#34", "laquo", "raquo", "apos", "acute":
      // A quote in the text of a page: what it quotes is not worth the trouble.
      position = text.count
      leaveOut()
    default:
      take(" ")
      position = end + 1
    }
  }
}
