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
    output.append(Byte.backslash)
    switch byte {
    case Byte.quote, Byte.backslash: output.append(byte)
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    default:
      output.append(contentsOf: "u00".utf8)
      output.append(Byte.zero + byte >> 4)
      let low = byte & 0x0F
      output.append(low < 10 ? Byte.zero + low : UInt8(ascii: "a") - 10 + low)
    }
  }
}
