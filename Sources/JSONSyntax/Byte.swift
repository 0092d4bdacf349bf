/// The bytes of JSON's grammar, and eight of them at a time.
enum Byte {
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2C
  static let minus: UInt8 = 0x2D
  static let period: UInt8 = 0x2E
  static let slash: UInt8 = 0x2F
  static let zero: UInt8 = 0x30
  static let nine: UInt8 = 0x39
  static let colon: UInt8 = 0x3A
  static let openBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let closeBracket: UInt8 = 0x5D
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D
  static let lineFeed: UInt8 = 0x0A

  /// Whether a byte is white space between tokens.
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == lineFeed || byte == 0x0D || byte == 0x09
  }

  /// Whether a byte is an ASCII digit.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte >= zero && byte <= nine }

  /// What the letter of a two-byte escape stands for; `nil` where it is none, and for `u`.
  static func simpleEscape(_ letter: UInt8) -> UInt8? {
    switch letter {
    case quote, backslash, slash: letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// The value of four hexadecimal digits, if four stand there.
  static func hexValue(of bytes: Span<UInt8>, at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<(start + 4) {
      let byte = bytes[index]
      let digit: UInt8
      switch byte {
      case zero...nine: digit = byte - zero
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// The high bit of every byte of a little-endian word that ends a run of plain string bytes:
  /// quote, backslash, control character or, if asked, non-ASCII.
  ///
  /// The lowest bit set is exact; bits above it may be false, as borrows run upwards.
  @inline(__always)
  static func special(in word: UInt64, nonASCII: Bool) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quotes = word ^ (ones &* UInt64(quote))
    let backslashes = word ^ (ones &* UInt64(backslash))
    let found =
      (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
      | (word &- (ones &* 0x20)) & ~word
    return (nonASCII ? found | word : found) & highs
  }

  /// Eight bytes as a little-endian word.
  ///
  /// - Precondition: `offset + 8 <= bytes.count`.
  @inline(__always)
  static func word(of bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Whether bytes stand at a place; eight of them at a time.
  @inline(__always)
  static func starts(_ bytes: Span<UInt8>, at start: Int, with other: Span<UInt8>) -> Bool {
    guard bytes.count - start >= other.count else { return false }
    var index = 0
    while index &+ 8 <= other.count {
      guard word(of: bytes, at: start &+ index) == word(of: other, at: index) else { return false }
      index &+= 8
    }
    while index < other.count {
      guard bytes[start &+ index] == other[index] else { return false }
      index &+= 1
    }
    return true
  }
}
