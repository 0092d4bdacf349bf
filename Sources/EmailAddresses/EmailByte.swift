/// What a byte may be in an e-mail address.
enum EmailByte {
  /// Bit *n* is set where byte *n*, below 64, belongs into an atom: `!#$%&'*+-/=?` and digits.
  private static let lowAtoms: UInt64 = 0xA3FF_ACFA_0000_0000
  /// Bit *n* is set where byte 64 + *n* does: letters, `^_` and `` `{|}~ ``.
  private static let highAtoms: UInt64 = 0x7FFF_FFFF_C7FF_FFFE

  /// Whether a byte is RFC 5322's `atext`.
  @inline(__always)
  static func isAtomText(_ byte: UInt8) -> Bool {
    if isLetterOrDigit(byte) { return true }
    let atoms = byte < 64 ? lowAtoms : highAtoms
    return byte < 0x80 && atoms >> UInt64(byte & 63) & 1 == 1
  }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || byte &- 0x30 < 10 }

  /// Whether a character is one that host names have: a letter, a digit, a hyphen.
  static func isHostName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || (scalar.isASCII && isLetterOrDigit(UInt8(scalar.value)))
  }
}
