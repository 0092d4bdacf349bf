/// The bytes that the loops of this module look for.
///
/// Constants of another module are read by a call for each byte, which the loops cannot afford;
/// the names and values are those of `ASCII` in `ContactModel`.
enum Byte {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let unitSeparator: UInt8 = 0x1F
  static let space: UInt8 = 0x20
  static let comma: UInt8 = 0x2C
  static let semicolon: UInt8 = 0x3B

  /// The first unit separator among some bytes, looked for eight at a time.
  @inline(__always)
  static func firstSeparator(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let raw = bytes.span.bytes
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      let eight = UInt64(
        littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let zeros = eight ^ 0x1F1F_1F1F_1F1F_1F1F
      // The high bit of a byte is set where it is zero; above the first one it may be wrong.
      let found = (zeros &- 0x0101_0101_0101_0101) & ~zeros & 0x8080_8080_8080_8080
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < range.upperBound {
      if bytes[index] == unitSeparator { return index }
      index += 1
    }
    return nil
  }
}
