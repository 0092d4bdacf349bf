/// Reads `@` and dots that are written as words in brackets: `ivan (at) mail [dot] ru`.
///
/// Words without brackets are left alone: `at` and `собака` are words of their own.
enum MarkWords {
  private static let words: [(word: [Unicode.Scalar], sign: Unicode.Scalar)] = [
    ("at", "@"), ("dot", "."), ("собака", "@"), ("точка", "."), ("@", "@"), (".", "."),
  ].map { (Array($0.0.unicodeScalars), $0.1) }

  /// The text with signs for such words and the blanks around them; `nil` if it has none, or more
  /// than one `@` then.
  static func replaced(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
    guard text.contains(where: { $0 == "(" || $0 == "[" || $0 == "{" }) else { return nil }
    var result: [Unicode.Scalar] = []
    var hasWord = false
    var rest = text
    while let first = rest.first {
      guard let (sign, length) = word(at: rest) else {
        result.append(first)
        rest.removeFirst()
        continue
      }
      hasWord = true
      while result.last == " " { result.removeLast() }
      result.append(sign)
      rest = rest.dropFirst(length).drop { $0 == " " }
    }
    return hasWord && result.count(where: { $0 == "@" }) == 1 ? result : nil
  }

  private static func word(
    at text: ArraySlice<Unicode.Scalar>
  ) -> (sign: Unicode.Scalar, length: Int)? {
    let closing: Unicode.Scalar
    switch text.first {
    case "(": closing = ")"
    case "[": closing = "]"
    case "{": closing = "}"
    default: return nil
    }
    // No word is longer.
    guard let end = text.dropFirst().prefix(8).firstIndex(of: closing) else { return nil }
    let body = text[(text.startIndex + 1)..<end]
    for (word, sign) in words where body.count == word.count {
      let matches = zip(word, body).allSatisfy { letter, scalar in
        letter == scalar || (scalar.isASCII && scalar.value | 0x20 == letter.value)
      }
      if matches { return (sign, body.count + 2) }
    }
    return nil
  }
}
