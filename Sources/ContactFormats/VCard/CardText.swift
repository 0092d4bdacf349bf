/// The text of values: escapes resolved, parts separated, bytes decoded.
enum CardText {
  /// Which escapes a version of vCard has.
  enum Escapes: Sendable {
    /// Those of RFC 6350 §3.4 and RFC 2426 §4, also `\:` and `\"`, which older programs write.
    case all
    /// Those of vCard 2.1, where a backslash is a letter unless a separator follows it.
    case separators

    /// What the byte behind a backslash stands for together with it, or `nil` if the backslash is
    /// a letter.
    func byte(escaped byte: UInt8) -> UInt8? {
      switch byte {
      case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: ":"): byte
      case _ where self == .separators: nil
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): byte
      case UInt8(ascii: "n"), UInt8(ascii: "N"): Byte.lineFeed
      default: nil
      }
    }
  }

  /// Appends text with its escapes resolved.
  ///
  /// - Parameters:
  ///   - bytes: The value.
  ///   - start: Where in it to begin.
  ///   - escapes: The escapes it has.
  ///   - stopsAtSemicolon: Whether a semicolon ends the part.
  ///   - text: What it is appended to.
  /// - Returns: The place of the semicolon that ended the part, or the end of the value.
  static func unescape(
    _ bytes: UnsafeRawBufferPointer, from start: Int = 0, _ escapes: Escapes,
    stopsAtSemicolon: Bool = false, into text: inout [UInt8]
  ) -> Int {
    var copied = start
    var index = CardBytes.separator(bytes, from: start)
    while index < bytes.count {
      if bytes[index] == CardBytes.semicolon {
        if stopsAtSemicolon { break }
        index = CardBytes.separator(bytes, from: index + 1)
      } else if index + 1 < bytes.count, let byte = escapes.byte(escaped: bytes[index + 1]) {
        text.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[copied..<index]))
        text.append(byte)
        copied = index + 2
        index = CardBytes.separator(bytes, from: copied)
      } else {
        index = CardBytes.separator(bytes, from: index + 1)
      }
    }
    text.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[copied..<index]))
    return index
  }

  /// Text without escapes.
  static func unescaped(_ value: [UInt8], _ escapes: Escapes) -> [UInt8] {
    var text: [UInt8] = []
    _ = value.withUnsafeBytes { unescape($0, escapes, into: &text) }
    return text
  }

  /// The parts between the semicolons that are not escaped, escapes still in them.
  static func components(of value: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    var isEscaped = false
    for (index, byte) in value.enumerated() {
      if byte == CardBytes.semicolon, !isEscaped {
        parts.append(value[start..<index])
        start = index + 1
      }
      isEscaped = byte == CardBytes.backslash && !isEscaped
    }
    return parts + [value[start...]]
  }

  /// Bytes that were written as QUOTED-PRINTABLE (RFC 2045 §6.7), soft line breaks taken out before.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - isBroken: Set where an equals sign stands before no two digits; it is kept.
  /// - Returns: The bytes, in the value's character set; CRLF as LF.
  static func quotedPrintable(
    _ value: ArraySlice<UInt8>, isBroken: inout Bool
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(value.count)
    var index = value.startIndex
    while index < value.endIndex {
      var byte = value[index]
      index += 1
      if byte == CardBytes.equals {
        if index + 1 < value.endIndex, let high = HexDigit.value(of: value[index]),
          let low = HexDigit.value(of: value[index + 1])
        {
          byte = high << 4 | low
          index += 2
        } else {
          isBroken = true
        }
      }
      if byte == Byte.lineFeed, bytes.last == Byte.carriageReturn { bytes.removeLast() }
      bytes.append(byte)
    }
    return bytes
  }

  /// Bytes that were written in base 64 (RFC 4648 §4), blanks between them allowed; `nil` if they
  /// cannot have been.
  static func base64(_ value: UnsafeRawBufferPointer) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var digits = 0
    var isPadded = false
    for byte in value where !Byte.isBlank(byte) {
      if byte == CardBytes.equals {
        isPadded = true
        continue
      }
      guard !isPadded, let digit = base64Digit(byte) else { return nil }
      bits = bits << 6 | UInt32(digit)
      digits += 1
      if digits.isMultiple(of: 4) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits))
      }
    }
    switch digits % 4 {
    case 0: break
    case 2: bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
    case 3:
      bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
    default: return nil
    }
    return bytes
  }

  private static func base64Digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
