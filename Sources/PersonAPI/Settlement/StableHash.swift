/// The hash behind marks, traces and import keys: the same on every platform and in every version.
///
/// Journals hold these hashes for as long as a run can be resumed or taken back, so a change here makes
/// every older journal blind. It is no cipher: it tells contacts apart, not attackers.
///
/// A value is hashed eight bytes at a time, read as little-endian words, the last one filled up with
/// zeros. Each word goes through ``fold(_:_:)`` together with what came before, and the beginning holds
/// the value's domain and length, so that neither a text that moves from one field to the next nor a
/// zero at the end goes unnoticed:
///
/// ```
/// state = fold(domain ^ starting, length ^ lengthening)
/// state = fold(state ^ word, multiplier)            for every word
/// hash  = fold(state ^ ending, multiplier)
/// ```
enum StableHash {
  // Odd constants from the digits of the golden ratio, of pi and of e: nothing up anybody's sleeve.
  static let starting: UInt64 = 0x9E37_79B9_7F4A_7C15
  static let lengthening: UInt64 = 0x2436_A885_A308_D313
  static let multiplier: UInt64 = 0xB7E1_5162_8AED_2A6B
  static let ending: UInt64 = 0x1319_8A2E_0370_7345

  /// The two halves of a product, one over the other.
  @inline(__always)
  static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// The hash of some bytes of a text.
  @inline(__always)
  static func hash(_ text: Span<UInt8>, _ range: Range<Int>, domain: UInt64) -> UInt64 {
    let bytes = text.bytes
    let count = range.count
    var state = fold(domain ^ starting, UInt64(truncatingIfNeeded: count) ^ lengthening)
    var position = range.lowerBound
    let lastWhole = range.upperBound - 8
    while position <= lastWhole {
      state = fold(state ^ word(bytes, at: position), multiplier)
      position += 8
    }
    let rest = range.upperBound - position
    if rest > 0 {
      var word: UInt64 = 0
      if position + 8 <= bytes.byteCount {
        // What belongs to the next value is shifted out.
        word = Self.word(bytes, at: position) & (UInt64.max >> UInt64(64 - 8 * rest))
      } else {
        for offset in 0..<rest { word |= UInt64(text[position + offset]) << UInt64(8 * offset) }
      }
      state = fold(state ^ word, multiplier)
    }
    return fold(state ^ ending, multiplier)
  }

  /// The hash of a text.
  static func hash(_ text: String, domain: UInt64) -> UInt64 {
    let bytes = Array(text.utf8)
    return hash(bytes.span, 0..<bytes.count, domain: domain)
  }

  /// The domain of a name: what keeps the hashes of one field from being those of another.
  static func domain(_ name: String) -> UInt64 { hash(name, domain: 0) }

  /// Eight bytes of a text, the first one lowest.
  ///
  /// - Precondition: They lie inside it.
  @inline(__always)
  static func word(_ bytes: RawSpan, at position: Int) -> UInt64 {
    UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self))
  }
}
