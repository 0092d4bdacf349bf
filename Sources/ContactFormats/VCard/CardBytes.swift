/// Finds the places in the text of cards where something ends, eight bytes at a time.
///
/// "SIMD within a register", as in ``SpecialBytes``: only the lowest mark of a word is exact.
enum CardBytes {
  static let colon = UInt8(ascii: ":")
  static let semicolon = UInt8(ascii: ";")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let equals = UInt8(ascii: "=")

  private static let lows: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == Byte.lineFeed || byte == Byte.carriageReturn
  }

  /// Whether a byte at the beginning of a physical line makes it a continuation (RFC 6350 §3.2).
  static func isFold(_ byte: UInt8) -> Bool { byte == Byte.space || byte == Byte.tab }

  /// The place of the LF or CR that ends the line `start` is in, or the end of the bytes.
  static func endOfLine(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let marks = controls(in: word)
      if marks == 0 {
        index += 8
        continue
      }
      index += marks.trailingZeroBitCount >> 3
      if isLineEnd(bytes[index]) { return index }
      index += 1
    }
    while index < bytes.count, !isLineEnd(bytes[index]) { index += 1 }
    return index
  }

  /// The place of the colon behind a property's name and parameters; `nil` if the line has none.
  ///
  /// A colon between quotes is part of a parameter's value, unless the quotes do not close.
  static func colon(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let marks =
        matches(in: word, of: colon) | matches(in: word, of: quote) | controls(in: word)
      if marks == 0 {
        index += 8
        continue
      }
      index += marks.trailingZeroBitCount >> 3
      if bytes[index] == colon { return index }
      if bytes[index] == quote {
        return colonBehindQuotes(bytes, from: index) ?? plainColon(bytes, from: index)
      }
      if isLineEnd(bytes[index]) { return nil }
      index += 1
    }
    return colonBehindQuotes(bytes, from: index) ?? plainColon(bytes, from: index)
  }

  private static func colonBehindQuotes(
    _ bytes: UnsafeRawBufferPointer, from start: Int
  ) -> Int? {
    var isQuoted = false
    for index in start..<bytes.count {
      switch bytes[index] {
      case quote: isQuoted.toggle()
      case colon where !isQuoted: return index
      case Byte.lineFeed, Byte.carriageReturn: return nil
      default: break
      }
    }
    return nil
  }

  private static func plainColon(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    while index < bytes.count, !isLineEnd(bytes[index]) {
      if bytes[index] == colon { return index }
      index += 1
    }
    return nil
  }

  /// Whether bytes are a word, blanks at either end and the case of its letters apart.
  ///
  /// - Parameters:
  ///   - word: The word in capitals.
  ///   - bytes: The bytes.
  /// - Returns: Whether they are.
  static func isWord(_ word: StaticString, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    var end = bytes.count
    while start < end, Byte.isBlank(bytes[start]) { start += 1 }
    while start < end, Byte.isBlank(bytes[end - 1]) { end -= 1 }
    guard end - start == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      for index in letters.indices where capital(bytes[start + index]) != letters[index] {
        return false
      }
      return true
    }
  }

  private static func capital(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & 0xDF : byte
  }

  /// The first semicolon or backslash at or after `start`, or the end of the bytes.
  static func separator(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let marks = matches(in: word, of: semicolon) | matches(in: word, of: backslash)
      if marks != 0 { return index + marks.trailingZeroBitCount >> 3 }
      index += 8
    }
    while index < bytes.count, bytes[index] != semicolon, bytes[index] != backslash { index += 1 }
    return index
  }

  /// Marks bytes below 0x10, among which are the line ends.
  static func controls(in word: UInt64) -> UInt64 {
    (word &- (lows << 4)) & ~word & highs
  }

  /// Marks the bytes that are the wanted one.
  static func matches(in word: UInt64, of byte: UInt8) -> UInt64 {
    let difference = word ^ (lows &* UInt64(byte))
    return (difference &- lows) & ~difference & highs
  }
}
