/// Writes text so that XML reads it back as it was.
enum XMLText {
  /// Appends text as the content of an element.
  ///
  /// `&`, `<` and `>` are escaped, and so is CR, which a parser would make an LF of (XML 1.0 §2.11).
  /// Characters that XML cannot hold in any way are left out: control characters, U+FFFE, U+FFFF
  /// (§2.2).
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - bytes: What it is appended to.
  /// - Returns: How many characters were left out.
  static func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Int {
    text.withUnsafeBufferPointer { text in
      var omitted = 0
      // Where the text begins that has not been copied.
      var start = 0
      for index in text.indices {
        let byte = text[index]
        guard isSpecial[Int(byte)] else { continue }
        // Of the characters that begin with 0xEF only two are meant.
        if byte == 0xEF, !isNonCharacter(text, at: index) { continue }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
        start = index + (byte == 0xEF ? 3 : 1)
        switch byte {
        case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
        case Byte.carriageReturn: bytes.append(contentsOf: "&#13;".utf8)
        default: omitted += 1
        }
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
      return omitted
    }
  }

  /// For each byte whether it cannot simply be copied.
  private static let isSpecial: [Bool] = (0..<256).map { number in
    let byte = UInt8(number)
    if byte < Byte.space { return byte != Byte.tab && byte != Byte.lineFeed }
    return byte == 0xEF || "&<>".utf8.contains(byte)
  }

  /// Whether U+FFFE or U+FFFF stands at a place.
  private static func isNonCharacter(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    index + 2 < text.count && text[index + 1] == 0xBF && text[index + 2] >= 0xBE
  }
}
