/// The bytes that the loops of this module look for.
///
/// Constants of another module are read by a call for each byte, which the loops cannot afford; the
/// names and values are those of `ASCII` in `ContactModel`.
enum Byte {
  static let nul: UInt8 = 0x00
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20

  /// Whether a byte is a blank or an end of line.
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == space || (tab...carriageReturn).contains(byte)
  }
}
