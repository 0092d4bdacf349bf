/// Names of the ASCII bytes that the byte loops look for.
///
/// Constants rather than `UInt8(ascii:)` at the place of use: the loops read as sentences.
package enum ASCII {
  package static let nul: UInt8 = 0x00
  package static let tab: UInt8 = 0x09
  package static let lineFeed: UInt8 = 0x0A
  package static let carriageReturn: UInt8 = 0x0D
  /// Stands between the cells of several source columns inside one raw contact value; see
  /// ``ContactBatch``.
  package static let unitSeparator: UInt8 = 0x1F
  package static let space: UInt8 = 0x20
  package static let quote: UInt8 = 0x22
  package static let apostrophe: UInt8 = 0x27
  package static let comma: UInt8 = 0x2C
  package static let semicolon: UInt8 = 0x3B
  package static let backslash: UInt8 = 0x5C
}
