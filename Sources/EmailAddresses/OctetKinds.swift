/// Where a short text has dots, and where it has signs, a bit for each octet.
///
/// Eight octets are told apart at a time, without a branch, and the rules of an address become a few
/// steps with words of bits.
struct OctetKinds {
  /// The longest text there are bits for.
  static let longest = 64

  private var dots: UInt64 = 0
  /// Where neither letters nor digits stand, dots among it.
  private var signs: UInt64 = 0
  private var capitals: UInt64 = 0

  /// Whether the text has capitals.
  var hasCapitals: Bool { capitals & 0x8080_8080_8080_8080 != 0 }

  /// The kinds of 8 to 64 octets; `nil` if not all of them are ASCII.
  @inline(__always)
  init?(_ text: RawSpan) {
    let rest = text.byteCount & 7
    var offset = text.byteCount - rest
    // From the end on, so that the bits of a word move by eight each time.
    if rest > 0 {
      // The last eight octets without those that belong to the word before.
      let last = Self.load(text, text.byteCount - 8) &>> UInt64(64 - 8 * rest)
      guard last & 0x8080_8080_8080_8080 == 0 else { return nil }
      add(last)
      signs &= (1 &<< UInt64(rest)) &- 1
    }
    while offset > 0 {
      offset &-= 8
      let word = Self.load(text, offset)
      guard word & 0x8080_8080_8080_8080 == 0 else { return nil }
      add(word)
    }
  }

  @inline(__always)
  private static func load(_ text: RawSpan, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: text.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Adds eight ASCII octets before the others.
  @inline(__always)
  private mutating func add(_ word: UInt64) {
    // A sum has the high bit where the octet is not below a bound, and never carries.
    let small = word | 0x2020_2020_2020_2020
    let letters = (small &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(small &+ 0x0505_0505_0505_0505)
    let digits = (word &+ 0x5050_5050_5050_5050) & ~(word &+ 0x4646_4646_4646_4646)
    let noDots = (word ^ 0x2E2E_2E2E_2E2E_2E2E) &+ 0x7F7F_7F7F_7F7F_7F7F
    // Capitals lack bit 5.
    capitals |= letters & ~(word &<< 2)
    signs = signs &<< 8 | Self.bits(~(letters | digits))
    dots = dots &<< 8 | Self.bits(~noDots)
  }

  /// The high bits of eight octets side by side.
  @inline(__always)
  private static func bits(_ word: UInt64) -> UInt64 {
    (((word & 0x8080_8080_8080_8080) &>> 7) &* 0x0102_0408_1020_4080) &>> 56
  }

  /// Where the domain of an address begins.
  ///
  /// - Parameter text: The text that the kinds are of.
  /// - Returns: `nil` if the text is no address with two labels, or may have an A-label.
  @inline(__always)
  func domain(of text: Span<UInt8>) -> Int? {
    var others = signs & ~dots
    var hyphens: UInt64 = 0
    var mark: UInt64 = 0
    while others != 0 {
      let place = others.trailingZeroBitCount
      let byte = text[place]
      if mark != 0 {
        guard byte == UInt8(ascii: "-") else { return nil }
        hyphens |= others & (0 &- others)
      } else if byte == UInt8(ascii: "@") {
        mark = others & (0 &- others)
      } else if !EmailByte.isAtomText(byte) {
        return nil
      }
      others &= others &- 1
    }
    let domain = ~((mark &<< 1) &- 1)
    let end: UInt64 = 1 &<< UInt64(text.count - 1)
    // Dots stand beside no other dot, nor beside the `@` or an end.
    let misplaced =
      dots & (dots &<< 1 | mark &<< 1 | mark &>> 1 | 1 | end) | mark & 1
      | hyphens & ((dots | mark) &<< 1 | dots &>> 1 | end)
      | hyphens & hyphens &<< 1 & (dots | mark) &<< 4
    guard misplaced == 0, mark != 0, dots & domain != 0,
      EmailByte.isLetter(text[text.count - 1])
    else { return nil }
    return mark.trailingZeroBitCount + 1
  }
}
