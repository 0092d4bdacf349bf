/// Names of the ASCII bytes that the byte loops look for.
///
/// Constants rather than `UInt8(ascii:)` at the place of use: the loops read as sentences. They are
/// computed and inlinable, since a stored constant of another module is read by a call.
package enum ASCII {
  /// NUL, which no text file holds.
  @inlinable package static var nul: UInt8 { 0x00 }
  /// The horizontal tab.
  @inlinable package static var tab: UInt8 { 0x09 }
  /// LF.
  @inlinable package static var lineFeed: UInt8 { 0x0A }
  /// CR.
  @inlinable package static var carriageReturn: UInt8 { 0x0D }
  /// Stands between the cells of several source columns inside one raw contact value; see
  /// ``ContactBatch``.
  @inlinable package static var unitSeparator: UInt8 { 0x1F }
  /// The blank.
  @inlinable package static var space: UInt8 { 0x20 }
  /// The double quote.
  @inlinable package static var quote: UInt8 { 0x22 }
  /// The single quote.
  @inlinable package static var apostrophe: UInt8 { 0x27 }
  /// The comma.
  @inlinable package static var comma: UInt8 { 0x2C }
  /// The semicolon.
  @inlinable package static var semicolon: UInt8 { 0x3B }
  /// The backslash.
  @inlinable package static var backslash: UInt8 { 0x5C }
}
