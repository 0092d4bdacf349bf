/// The bytes that mean something in delimited text, and where they stand: eight or sixty-four at a
/// time.
///
/// By words it is "SIMD within a register": a byte equals the wanted one where the difference is
/// zero, and zero bytes are found by a borrow into the top bit. The classic form may also mark bytes
/// above the first match; only the lowest mark is used, and that one is exact. By blocks it is
/// vector comparisons, whose results are gathered into one bit a byte.
///
/// NUL is special: no text holds one, and readers drop it.
struct SpecialBytes {
  private static let lows: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  private let delimiter: UInt8
  private let quote: UInt8
  private let escape: UInt8
  private let delimiters: UInt64
  private let quotes: UInt64
  private let escapes: UInt64
  private let delimiterVector: SIMD16<UInt8>
  private let quoteVector: SIMD16<UInt8>
  private let lineFeeds = Self.lows &* UInt64(Byte.lineFeed)
  private let carriageReturns = Self.lows &* UInt64(Byte.carriageReturn)

  init(_ dialect: CSVDialect) {
    delimiter = dialect.delimiter
    quote = dialect.quote
    // Without one, the quote stands in for it, which changes nothing.
    escape = dialect.escape ?? dialect.quote
    delimiters = Self.lows &* UInt64(delimiter)
    quotes = Self.lows &* UInt64(quote)
    escapes = Self.lows &* UInt64(escape)
    delimiterVector = SIMD16(repeating: delimiter)
    quoteVector = SIMD16(repeating: quote)
  }

  /// Marks (in its top bit) the first byte of a word, from the lowest, that is special outside
  /// quotes.
  @inline(__always)
  func matches(in word: UInt64) -> UInt64 {
    let a = word ^ delimiters
    let b = word ^ quotes
    let c = word ^ lineFeeds
    let d = word ^ carriageReturns
    let zeros =
      ((a &- Self.lows) & ~a) | ((b &- Self.lows) & ~b) | ((c &- Self.lows) & ~c)
      | ((d &- Self.lows) & ~d) | ((word &- Self.lows) & ~word)
    return zeros & Self.highs
  }

  /// Marks (in its top bit) the first byte of a word, from the lowest, that is special between
  /// quotes: a quote, an escape, or a NUL.
  @inline(__always)
  func quotedMatches(in word: UInt64) -> UInt64 {
    let a = word ^ quotes
    let b = word ^ escapes
    let zeros =
      ((a &- Self.lows) & ~a) | ((b &- Self.lows) & ~b) | ((word &- Self.lows) & ~word)
    return zeros & Self.highs
  }

  /// Whether a single byte is special outside quotes.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == quote || byte == Byte.lineFeed || byte == Byte.carriageReturn
      || byte == Byte.nul
  }

  /// Whether a single byte is special between quotes.
  @inline(__always)
  func containsQuoted(_ byte: UInt8) -> Bool {
    byte == quote || byte == escape || byte == Byte.nul
  }

  /// One bit for each of 64 bytes, the first lowest: set where the byte is special outside quotes.
  @inline(__always)
  func blockMatches(at bytes: UnsafeRawPointer) -> UInt64 {
    var result: UInt64 = 0
    for vector in 0..<4 {
      result |= vectorMatches(at: bytes + 16 * vector) << UInt64(16 * vector)
    }
    return result
  }

  /// One bit for each of 16 bytes.
  @inline(__always)
  private func vectorMatches(at bytes: UnsafeRawPointer) -> UInt64 {
    typealias Vector = SIMD16<UInt8>
    let found = vectorMatches(bytes.loadUnaligned(as: Vector.self))
    let halves = unsafeBitCast(
      Vector().replacing(with: Vector(repeating: 1), where: found), to: SIMD2<UInt64>.self)
    return Self.gathered(halves[0]) | Self.gathered(halves[1]) << 8
  }

  /// Which of 16 bytes are special outside quotes.
  @inline(__always)
  func vectorMatches(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
    typealias Vector = SIMD16<UInt8>
    return (bytes .== delimiterVector) .| (bytes .== quoteVector)
      .| (bytes .== Vector(repeating: Byte.lineFeed))
      .| (bytes .== Vector(repeating: Byte.carriageReturn)) .| (bytes .== Vector())
  }

  /// The lowest bits of eight bytes as one byte, the first byte's lowest.
  @inline(__always)
  private static func gathered(_ word: UInt64) -> UInt64 {
    // Each factor moves the bit of one byte into the top byte, to a place of its own.
    (UInt64(littleEndian: word) &* 0x0102_0408_1020_4080) >> 56
  }
}
