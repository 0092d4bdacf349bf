/// Text compared as the CRM's database compares it: without letter case, `е` like `ё`.
enum TextMatch {
  /// The text in the form in which it is compared.
  static func folded(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x410...0x42F:
        result.append(Unicode.Scalar(scalar.value + 0x20) ?? scalar)
      case 0x401, 0x451: result.append("е")
      case ..<0x80, 0x430...0x44F: result.append(scalar)
      default: result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return result
  }

  static func isEqual(_ left: String, _ right: String) -> Bool { folded(left) == folded(right) }

  /// Whether a pattern, folded, is found anywhere in a text; `%` and `_` are wildcards.
  static func contains(_ text: String, _ pattern: [Unicode.Scalar]) -> Bool {
    MySQLPattern(containing: pattern).matches(folded: folded(text))
  }

  /// A phone without the signs that the CRM leaves out when it looks for a word.
  static func phoneDigits(_ phone: String) -> String {
    String(
      String.UnicodeScalarView(phone.unicodeScalars.filter { !"+()- ".unicodeScalars.contains($0) })
    )
  }
}
