/// Finds the bytes that mean something in delimited text, eight at a time.
///
/// "SIMD within a register": a byte equals the wanted one where the difference is zero, and zero
/// bytes are found by a borrow into the top bit. The classic form may also mark bytes above the
/// first match; only the lowest mark is used, and that one is exact.
struct SpecialBytes {
  private static let lows: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  private let delimiter: UInt8
  private let quote: UInt8
  private let delimiters: UInt64
  private let quotes: UInt64
  private let lineFeeds = Self.lows &* UInt64(Byte.lineFeed)
  private let carriageReturns = Self.lows &* UInt64(Byte.carriageReturn)

  init(delimiter: UInt8, quote: UInt8) {
    self.delimiter = delimiter
    self.quote = quote
    delimiters = Self.lows &* UInt64(delimiter)
    quotes = Self.lows &* UInt64(quote)
  }

  /// Marks (in its top bit) the first byte of a word, from the lowest, that is special.
  func matches(in word: UInt64) -> UInt64 {
    let a = word ^ delimiters
    let b = word ^ quotes
    let c = word ^ lineFeeds
    let d = word ^ carriageReturns
    let zeros =
      ((a &- Self.lows) & ~a) | ((b &- Self.lows) & ~b) | ((c &- Self.lows) & ~c)
      | ((d &- Self.lows) & ~d)
    return zeros & Self.highs
  }

  /// Marks (in its top bit) the first byte of a word, from the lowest, that is a quote.
  func quoteMatches(in word: UInt64) -> UInt64 {
    let difference = word ^ quotes
    return (difference &- Self.lows) & ~difference & Self.highs
  }

  /// Whether a single byte is special.
  func contains(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == quote || byte == Byte.lineFeed || byte == Byte.carriageReturn
  }
}
