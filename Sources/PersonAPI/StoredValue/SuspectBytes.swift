import ContactModel

/// Finds the bytes of a batch that could make the server store a value in another way, or break on
/// it: nearly all batches have few, so this decides what a clean value costs.
struct SuspectBytes {
  /// Kinds of bytes, as bits.
  enum Kind {
    /// Tags, quotes, the start of an entity, NUL; the lead byte of « and ».
    static let markup: UInt8 = 1 << 0
    /// The sign that separates parts.
    static let semicolon: UInt8 = 1 << 1
    /// What means something in SQL that is put together from texts: `'`, `?` and the backslash.
    static let query: UInt8 = 1 << 2
    /// The lead bytes of characters of four bytes, and bytes that UTF-8 does not have.
    static let long: UInt8 = 1 << 3
  }

  /// The kind of every byte; 0 for those that never matter.
  static let kinds: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), ASCII.quote, UInt8(ascii: "&"), ASCII.nul, 0xC2:
      Kind.markup
    case ASCII.semicolon: Kind.semicolon
    case ASCII.apostrophe, UInt8(ascii: "?"), ASCII.backslash: Kind.query
    case 0xF0...0xFF: Kind.long
    default: 0
    }
  }

  /// Where bytes of these kinds stand, in order.
  ///
  /// - Complexity: O(*n*), sixteen bytes a step where none is of any kind.
  static func positions(in bytes: [UInt8], kinds wanted: UInt8) -> [Int] {
    var positions: [Int] = []
    let kindOfByte = Self.kinds
    let kinds = kindOfByte.span
    bytes.withUnsafeBytes { source in
      var start = 0
      while start + 16 <= source.count {
        let block = source.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
        if isSuspect(block) {
          for index in start..<start + 16 where kinds[Int(source[index])] & wanted != 0 {
            positions.append(index)
          }
        }
        start += 16
      }
      for index in start..<source.count where kinds[Int(source[index])] & wanted != 0 {
        positions.append(index)
      }
    }
    return positions
  }

  /// Whether a block has a byte of any kind; `=` and `#` count too, which spares two comparisons.
  @inline(__always)
  private static func isSuspect(_ block: SIMD16<UInt8>) -> Bool {
    // `<`, `=`, `>`, `?` differ in their last two bits; `"`, `#`, `&`, `'` in the last and third last.
    let brackets = (block & SIMD16(repeating: 0xFC)) .== SIMD16(repeating: 0x3C)
    let quotes = (block & SIMD16(repeating: 0xFA)) .== SIMD16(repeating: 0x22)
    let long = (block & SIMD16(repeating: 0xF0)) .== SIMD16(repeating: 0xF0)
    let semicolons = block .== SIMD16(repeating: ASCII.semicolon)
    let backslashes = block .== SIMD16(repeating: ASCII.backslash)
    let guillemets = block .== SIMD16(repeating: 0xC2)
    let nuls = block .== SIMD16(repeating: 0)
    return any(
      (brackets .| quotes) .| (long .| semicolons) .| (backslashes .| guillemets) .| nuls)
  }
}
