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
  /// - Complexity: O(*n*), 32 bytes a step where none is of any kind.
  static func positions(in bytes: [UInt8], kinds wanted: UInt8) -> [Int] {
    var positions: [Int] = []
    let kindOfByte = Self.kinds
    let kinds = kindOfByte.span
    bytes.withUnsafeBytes { source in
      var start = 0
      while start < source.count {
        let end = start + 32
        let isWhole = end <= source.count
        if !isWhole || hasSuspect(source, at: start) {
          for index in start..<min(end, source.count)
          where kinds[Int(source[index])] & wanted != 0 {
            positions.append(index)
          }
        }
        start = end
      }
    }
    return positions
  }

  /// Whether bytes of a text may change what is stored of it (any kind but ``Kind/query``): a quick look
  /// that says so too often, never too seldom.
  ///
  /// - Complexity: O(*n*), 32 bytes a step; what is left at the end is looked at byte by byte.
  static func mayOccur(in bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    bytes.withUnsafeBytes { source in
      var start = range.lowerBound
      while start + 32 <= range.upperBound {
        if hasChange(source, at: start) { return true }
        start += 32
      }
      // The last block overlaps the one before, or reaches into what stands before the text.
      guard start < range.upperBound else { return false }
      if range.upperBound >= 32 { return hasChange(source, at: range.upperBound - 32) }
      return source[start..<range.upperBound].contains { kinds[Int($0)] != 0 }
    }
  }

  /// Whether bytes of a text are of some kinds.
  static func occur(in bytes: Span<UInt8>, _ range: Range<Int>, kinds wanted: UInt8) -> Bool {
    let kindOfByte = Self.kinds
    let kinds = kindOfByte.span
    for index in range where kinds[Int(bytes[index])] & wanted != 0 { return true }
    return false
  }

  /// Whether one of 32 bytes is of any kind; `=` and `#` count too, which spares two comparisons.
  ///
  /// Exclusive or makes 0 of the byte looked for, and ``zeros(_:)`` finds it. Words rather than bytes
  /// in the lanes: their arithmetic compiles to single instructions, comparisons of vectors do not.
  @inline(__always)
  private static func hasSuspect(_ source: UnsafeRawBufferPointer, at start: Int) -> Bool {
    let first = source.loadUnaligned(fromByteOffset: start, as: Block.self)
    let second = source.loadUnaligned(fromByteOffset: start + 16, as: Block.self)
    let found = suspects(in: first) | suspects(in: second)
    return (found.x | found.y) & 0x8080_8080_8080_8080 != 0
  }

  /// Whether one of 32 bytes may change what is stored; `=` and `?` count too.
  @inline(__always)
  private static func hasChange(_ source: UnsafeRawBufferPointer, at start: Int) -> Bool {
    let first = source.loadUnaligned(fromByteOffset: start, as: Block.self)
    let second = source.loadUnaligned(fromByteOffset: start + 16, as: Block.self)
    let found = changes(in: first) | changes(in: second)
    return (found.x | found.y) & 0x8080_8080_8080_8080 != 0
  }

  private typealias Block = SIMD2<UInt64>

  /// A block with a high bit set if a byte may change what is stored.
  @inline(__always)
  private static func changes(in block: Block) -> Block {
    // `"` and `&` differ in one bit.
    let brackets = zeros(
      (block & Block(repeating: 0xFCFC_FCFC_FCFC_FCFC)) ^ Block(repeating: 0x3C3C_3C3C_3C3C_3C3C))
    let quotes = zeros(
      (block & Block(repeating: 0xFBFB_FBFB_FBFB_FBFB)) ^ Block(repeating: 0x2222_2222_2222_2222))
    let long = zeros(
      (block & Block(repeating: 0xF0F0_F0F0_F0F0_F0F0)) ^ Block(repeating: 0xF0F0_F0F0_F0F0_F0F0))
    let semicolons = zeros(block ^ Block(repeating: 0x3B3B_3B3B_3B3B_3B3B))
    let guillemets = zeros(block ^ Block(repeating: 0xC2C2_C2C2_C2C2_C2C2))
    return brackets | quotes | long | semicolons | guillemets | zeros(block)
  }

  /// A block with a high bit set if a byte is of any kind.
  @inline(__always)
  private static func suspects(in block: Block) -> Block {
    // `<`, `=`, `>`, `?` differ in their last two bits; `"`, `#`, `&`, `'` in the last and third last.
    let brackets = zeros(
      (block & Block(repeating: 0xFCFC_FCFC_FCFC_FCFC)) ^ Block(repeating: 0x3C3C_3C3C_3C3C_3C3C))
    let quotes = zeros(
      (block & Block(repeating: 0xFAFA_FAFA_FAFA_FAFA)) ^ Block(repeating: 0x2222_2222_2222_2222))
    let long = zeros(
      (block & Block(repeating: 0xF0F0_F0F0_F0F0_F0F0)) ^ Block(repeating: 0xF0F0_F0F0_F0F0_F0F0))
    let semicolons = zeros(block ^ Block(repeating: 0x3B3B_3B3B_3B3B_3B3B))
    let backslashes = zeros(block ^ Block(repeating: 0x5C5C_5C5C_5C5C_5C5C))
    let guillemets = zeros(block ^ Block(repeating: 0xC2C2_C2C2_C2C2_C2C2))
    let nuls = zeros(block)
    return brackets | quotes | long | semicolons | backslashes | guillemets | nuls
  }

  /// A block with a high bit set if, and only if, there is a byte that is 0; not always at its place.
  @inline(__always)
  private static func zeros(_ block: Block) -> Block {
    (block &- Block(repeating: 0x0101_0101_0101_0101)) & ~block
  }
}
