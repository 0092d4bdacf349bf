extension EscapedText {
  /// The most characters, in UTF-16, that a cell holds.
  static let longestCell = 32_767

  /// Whether a text is too long for a cell.
  static func isTooLong(_ text: Span<UInt8>) -> Bool {
    guard text.count > longestCell else { return false }
    var units = 0
    for index in text.indices {
      // A character's first byte tells how long it is; those of four bytes are pairs in UTF-16.
      if text[index] & 0xC0 != 0x80 { units += text[index] >= 0xF0 ? 2 : 1 }
    }
    return units > longestCell
  }

  /// Appends a text as the content of an XML element: marks as references, and what XML cannot hold as
  /// `_xHHHH_`, as well as an underscore that would begin such an escape.
  ///
  /// A carriage return is escaped too, since XML would turn it into a line feed.
  static func encode(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
    text.withUnsafeBufferPointer { text in
      var start = 0
      var index = 0
      while index < text.count {
        guard let replacement = replacement(in: text, at: index) else {
          index += 1
          continue
        }
        bytes += text[start..<index]
        bytes += Array(replacement.text.utf8)
        index += replacement.count
        start = index
      }
      bytes += text[start...]
    }
  }

  /// What stands for the character at a place, and how many bytes it has; `nil` if it stands for itself.
  private static func replacement(
    in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (text: String, count: Int)? {
    switch text[index] {
    case UInt8(ascii: "&"): return ("&amp;", 1)
    case UInt8(ascii: "<"): return ("&lt;", 1)
    case UInt8(ascii: ">"): return ("&gt;", 1)
    case Byte.tab, Byte.lineFeed: return nil
    case ..<Byte.space: return (escape(UInt16(text[index])), 1)
    case UInt8(ascii: "_"):
      let isEscape = scalar(in: Array(text[index...].prefix(2 * length)), at: 0) != nil
      return isEscape ? ("_x005F_", 1) : nil
    case 0xEF:
      // U+FFFE and U+FFFF are no characters of XML.
      guard index + 2 < text.count, text[index + 1] == 0xBF, text[index + 2] >= 0xBE else {
        return nil
      }
      return (escape(0xFF00 | UInt16(text[index + 2]) | 0xC0), 3)
    default: return nil
    }
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16, uppercase: true)
    return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
  }
}
