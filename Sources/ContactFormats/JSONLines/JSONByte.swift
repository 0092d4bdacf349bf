/// The bytes of JSON's grammar that the loops of this folder look for.
enum JSONByte {
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2C
  static let minus: UInt8 = 0x2D
  static let colon: UInt8 = 0x3A
  static let openBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let closeBracket: UInt8 = 0x5D
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D

  /// Whether a byte is white space between tokens (RFC 8259 §2).
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == Byte.space || byte == Byte.lineFeed || byte == Byte.carriageReturn || byte == Byte.tab
  }

  /// Whether a byte ends a line; a lone CR does, outside strings it is nothing else.
  @inline(__always)
  static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == Byte.lineFeed || byte == Byte.carriageReturn
  }

  /// Whether a byte stands behind a value, so that none can begin with it.
  static func isClosing(_ byte: UInt8) -> Bool {
    byte == comma || byte == closeBracket || byte == closeBrace
  }

  /// Whether a value can begin with a byte.
  static func beginsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case quote, minus, openBracket, openBrace, 0x30...0x39: true
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): true
    default: false
    }
  }
}
