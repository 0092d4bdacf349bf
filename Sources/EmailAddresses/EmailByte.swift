/// What a byte may be in an e-mail address.
enum EmailByte {
  /// Belongs nowhere.
  case none
  case letter
  case digit
  /// Belongs into a local part only (RFC 5321 `atext`, and the dot).
  case atom
  /// Part of a character beyond ASCII.
  case foreign

  /// Bit *n* is set where byte *n*, below 64, is an atom: `!#$%&'*+-./=?`.
  private static let lowAtoms: UInt64 = 0xA000_ECFA_0000_0000
  /// Bit *n* is set where byte 64 + *n* is an atom: `^_` and `` `{|}~ ``.
  private static let highAtoms: UInt64 = 0x7800_0001_C000_0000

  /// What a byte may be.
  @inline(__always)
  init(_ byte: UInt8) {
    if (byte | 0x20) &- 0x61 < 26 {
      self = .letter
    } else if byte &- 0x30 < 10 {
      self = .digit
    } else if byte >= 0x80 {
      self = .foreign
    } else {
      let atoms = byte < 64 ? Self.lowAtoms : Self.highAtoms
      self = atoms >> UInt64(byte & 63) & 1 == 1 ? .atom : .none
    }
  }
}
