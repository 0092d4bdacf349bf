import JSONSyntax

/// A reply's body and the JSON value in it, which may stand between PHP's warnings.
///
/// The value is looked for where PHP can have put it: at the start, or, where the body begins with
/// other text, at the start of a line or behind a tag. Once PHP has reported a fatal error it writes
/// no JSON, and what looks like JSON in the report (an empty query `[]`, a row's own text) is none.
///
/// A stored text that holds `\u0410` comes out of the CRM as a backslash and a Russian letter, which
/// no JSON parser takes. Where the value is broken in this way only, ``bytes`` hold the repaired text.
package struct ReplyBody: Sendable {
  /// The body, repaired where that was needed.
  package let bytes: [UInt8]
  /// Where the complete JSON value stands; `nil` if there is none, or it is cut.
  package let json: Range<Int>?
  package init(_ body: [UInt8]) {
    if let range = Self.locate(in: body) {
      bytes = body
      json = range
    } else if let repaired = PHPText.repairingEscapedLetters(in: body) {
      bytes = repaired
      json = Self.locate(in: repaired)
    } else {
      bytes = body
      json = nil
    }
  }

  /// Whether PHP reports that it ended with a fatal error.
  package var reportsFatalError: Bool { PHPText.fatalError(in: bytes) != nil }

  /// Whether the body begins with a JSON value that does not come to its end.
  package var isCut: Bool {
    let start = PHPText.startOfText(in: bytes.span)
    return json == nil && start < bytes.count && Self.isBracket(bytes[start])
  }

  /// Whether a reply with this body is the CRM's or somebody else's last word, whatever it says: one with a
  /// JSON value in it, which no gateway has written and not the CRM in want of its database.
  package func isAnswer(status: Int) -> Bool {
    json != nil && (200...299).contains(status) && !PHPText.reportsMissingDatabase(bytes)
  }

  /// Whether nothing follows the JSON value but PHP's report of a fatal error.
  var endsWithValue: Bool {
    guard let json else { return false }
    return reportsFatalError
      || bytes[json.upperBound...].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  /// The value as a tree; for small replies.
  var value: JSONValue? {
    guard let json else { return nil }
    return try? JSONValue(parsing: bytes.span.extracting(json))
  }

  private static func locate(in body: [UInt8]) -> Range<Int>? {
    let bytes = body.span
    var position = PHPText.startOfText(in: bytes)
    if position < bytes.count, isBracket(bytes[position]) {
      guard case .complete(let range) = JSONText.value(in: bytes, at: position) else { return nil }
      return range
    }
    let end = PHPText.fatalError(in: body) ?? body.count
    var isAtStart = false
    while position < end {
      let byte = bytes[position]
      if isAtStart, isBracket(byte) {
        switch JSONText.value(in: bytes, at: position) {
        case .complete(let range): return range
        case .cut: return nil
        case .none: break
        }
      }
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: ">"): isAtStart = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: isAtStart = false
      }
      position += 1
    }
    return nil
  }

  private static func isBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
  }
}
