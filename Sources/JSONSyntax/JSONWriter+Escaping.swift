extension JSONWriter {
  /// Appends a text as a JSON string with its quotes, for callers that write their own brackets.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - output: Where the string goes.
  /// - Complexity: O(*n*); runs without anything to escape are copied at once.
  package static func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
    output.append(Byte.quote)
    var plain = 0
    var position = 0
    while true {
      position = nextEscaped(in: text, from: position)
      output.append(text, plain..<position)
      guard position < text.count else { break }
      appendEscape(of: text[position], to: &output)
      position += 1
      plain = position
    }
    output.append(Byte.quote)
  }

  /// The index of the next byte that may not stand in a string as it is; the count if there is none.
  private static func nextEscaped(in text: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position &+ 8 <= text.count {
      let special = Byte.special(in: Byte.word(of: text, at: position), nonASCII: false)
      guard special == 0 else { return position &+ special.trailingZeroBitCount >> 3 }
      position &+= 8
    }
    while position < text.count {
      let byte = text[position]
      if byte < 0x20 || byte == Byte.quote || byte == Byte.backslash { break }
      position &+= 1
    }
    return position
  }

  private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
    let (text, count) = escape(of: byte)
    for index in 0..<count { output.append(UInt8(truncatingIfNeeded: text >> (8 * UInt64(index)))) }
  }

  /// What is written in a string for a byte that may not stand there (RFC 8259 §7).
  ///
  /// - Parameter byte: A quote, a backslash or a control character.
  /// - Returns: The text, its first byte lowest, and how many bytes it has: two, or six as `\u001f`.
  package static func escape(of byte: UInt8) -> (text: UInt64, count: Int) {
    let letter: UInt8
    switch byte {
    case Byte.quote, Byte.backslash: letter = byte
    case 0x08: letter = UInt8(ascii: "b")
    case 0x09: letter = UInt8(ascii: "t")
    case 0x0A: letter = UInt8(ascii: "n")
    case 0x0C: letter = UInt8(ascii: "f")
    case 0x0D: letter = UInt8(ascii: "r")
    default:
      let low = byte & 0x0F
      let first = Byte.zero + byte >> 4
      let second = low < 10 ? Byte.zero + low : UInt8(ascii: "a") - 10 + low
      let beginning: UInt64 = 0x3030_755C  // \u00
      return (beginning | UInt64(first) << 32 | UInt64(second) << 40, 6)
    }
    return (UInt64(Byte.backslash) | UInt64(letter) << 8, 2)
  }
}
