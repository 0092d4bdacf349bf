/// What the observed CRM makes of a text before it stores it (BEHAVIOUR, section 9).
///
/// Written from the description alone: this is what ferry's own foretelling is judged by.
enum StoredText {
  /// The text as stored; `nil` where nothing is.
  static func of(_ sent: String, longest: Int = 250) -> String? {
    guard !sent.isEmpty, sent != "0" else { return nil }
    // Most texts stay as they are; thousands of scenes run without the optimizer.
    var isPlain = sent.utf8.count <= longest && sent.utf8.first != 0x20 && sent.utf8.last != 0x20
    for byte in sent.utf8 where byte < 0x20 || byte >= 0xF0 || Self.special.contains(byte) {
      isPlain = false
    }
    if isPlain { return sent }
    var text = trimmed(withoutTags(sent))
    for (old, new) in [("<", "["), (">", "]"), ("\"", "”"), ("«", "”"), ("»", "”")] {
      text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
    var stored = ""
    for scalar in text.unicodeScalars.prefix(longest) {
      if scalar.value > 0xFFFF {
        stored += "????"
      } else {
        stored.unicodeScalars.append(scalar)
      }
    }
    return stored
  }

  /// What is never in a text that stays as it is: quotes, angle brackets, and the beginning of `«` and `»`.
  private static let special: Set<UInt8> = [0x22, 0x3C, 0x3E, 0xC2]

  /// A `<` before anything but white space opens a tag, which ends at the next `>` or with the text.
  private static func withoutTags(_ text: String) -> String {
    var kept = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "<", let next = rest.first, !next.properties.isWhitespace {
        while let inner = rest.popFirst(), inner != ">" {}
      } else if scalar != "\0" {
        kept.unicodeScalars.append(scalar)
      }
    }
    return kept
  }

  private static func trimmed(_ text: String) -> String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      " \t\n\r\0\u{B}".unicodeScalars.contains(scalar)
    }
    let scalars = text.unicodeScalars.drop(while: isBlank).reversed().drop(while: isBlank)
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars.reversed())
    return String(result)
  }
}
