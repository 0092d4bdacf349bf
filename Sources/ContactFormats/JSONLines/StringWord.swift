/// Eight bytes of a string at a time.
enum StringWord {
  private static let lows: UInt64 = 0x0101_0101_0101_0101

  /// Marks, in its top bit, the first byte of a word that is a quote, backslash or control
  /// character; marks above the lowest may be wrong, as borrows run upwards.
  @inline(__always)
  static func special(in word: UInt64) -> UInt64 {
    let quotes = word ^ (lows &* UInt64(JSONByte.quote))
    let backslashes = word ^ (lows &* UInt64(JSONByte.backslash))
    let found =
      (quotes &- lows) & ~quotes | (backslashes &- lows) & ~backslashes
      | (word &- (lows &* 0x20)) & ~word
    return found & UTF8Scanner.highBits
  }

  /// Whether a word holds a control character.
  @inline(__always)
  static func hasControl(_ word: UInt64) -> Bool {
    (word &- (lows &* 0x20)) & ~word & UTF8Scanner.highBits != 0
  }

  /// A word whose first bytes, so many, are all ones.
  @inline(__always)
  static func mask(_ count: Int) -> UInt64 {
    count == 8 ? .max : (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
  }

  /// How many of the first `count` bytes are ASCII or letters U+0400…U+047F in whole.
  ///
  /// Those letters are a lead byte D0 or D1 and any continuation; one that is cut off is left out.
  @inline(__always)
  static func countOfPairs(in word: UInt64, _ count: Int) -> Int {
    let mask = mask(count)
    let high = word & UTF8Scanner.highBits & mask
    let second = word &<< 1
    let leads = high & second
    let tails = high & ~second
    // All bits of the bytes that are leads.
    let leadBytes = (leads &>> 7) &* 0xFF
    let wrongLeads = (word ^ 0xD0D0_D0D0_D0D0_D0D0) & 0xFEFE_FEFE_FEFE_FEFE & leadBytes
    let wrong = (leads &<< 8) & mask ^ tails | wrongLeads
    guard wrong == 0 else {
      let plain = wrong.trailingZeroBitCount &>> 3
      guard plain > 0 else { return 0 }
      return isLead(plain &- 1, leads) ? plain &- 1 : plain
    }
    return isLead(count &- 1, leads) ? count &- 1 : count
  }

  @inline(__always)
  private static func isLead(_ byte: Int, _ leads: UInt64) -> Bool {
    leads &>> UInt64(truncatingIfNeeded: byte &* 8 &+ 7) & 1 == 1
  }

  /// Whether a byte can stand in a number or bare word.
  @inline(__always)
  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}
