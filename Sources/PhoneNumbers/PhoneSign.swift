/// What a character means in a telephone number.
enum PhoneSign: Equatable {
  case digit(UInt8)
  case plus
  /// A comma, semicolon, bar or line break: the number ends.
  case separator
  case slash
  case blank
  /// A hyphen, bracket, dot or colon: nothing.
  case punctuation
  case hash
  case letter
  /// Any other sign: nothing, but not expected.
  case other
  /// The first byte of a character beyond ASCII.
  case foreign

  /// What an ASCII byte means.
  init(_ byte: UInt8) {
    switch byte {
    case 0x30...0x39: self = .digit(byte - 0x30)
    case UInt8(ascii: " "), 0x09: self = .blank
    case UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."),
      UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
      self = .punctuation
    case UInt8(ascii: "+"): self = .plus
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), 0x0A, 0x0D: self = .separator
    case UInt8(ascii: "/"), UInt8(ascii: "\\"): self = .slash
    case UInt8(ascii: "#"): self = .hash
    case 0x41...0x5A, 0x61...0x7A: self = .letter
    case 0x80...: self = .foreign
    default: self = .other
    }
  }

  /// What a character beyond ASCII means, and how many bytes it has.
  ///
  /// Spreadsheets and word processors put in no-break spaces, typographic hyphens and marks of
  /// writing direction; fullwidth and Arabic digits are digits, as in libphonenumber.
  static func foreign(_ text: Span<UInt8>, at index: Int) -> (sign: PhoneSign, length: Int) {
    let first = text[index]
    let second = index + 1 < text.count ? text[index + 1] : 0
    let third = index + 2 < text.count ? text[index + 2] : 0
    switch (first, second) {
    case (0xC2, 0xA0): return (.blank, 2)
    case (0xC2, 0xAD), (0xC2, 0xB7), (0xC2, 0xAB), (0xC2, 0xBB): return (.punctuation, 2)
    case (0xC2, 0x80...0xBF): return (.other, 2)
    case (0xD9, 0xA0...0xA9): return (.digit(second - 0xA0), 2)
    case (0xDB, 0xB0...0xB9): return (.digit(second - 0xB0), 2)
    case (0xE2, 0x80):
      switch third {
      case 0x80...0x8A, 0xAF: return (.blank, 3)
      case 0xA8, 0xA9: return (.separator, 3)
      case 0x8B...0x9F, 0xAA...0xAE: return (.punctuation, 3)
      default: return (.other, third & 0xC0 == 0x80 ? 3 : 2)
      }
    case (0xE2, 0x88) where third == 0x92, (0xE2, 0x81) where third == 0xA0:
      return (.punctuation, 3)
    case (0xE2, 0x80...0xBF): return (.other, third & 0xC0 == 0x80 ? 3 : 2)
    case (0xE3, 0x80) where third == 0x80: return (.blank, 3)
    case (0xEF, 0xBB) where third == 0xBF: return (.punctuation, 3)
    case (0xEF, 0xBC):
      switch third {
      case 0x90...0x99: return (.digit(third - 0x90), 3)
      case 0x8B: return (.plus, 3)
      case 0x88, 0x89, 0x8D, 0x8E: return (.punctuation, 3)
      default: return (.letter, 3)
      }
    default: return (.letter, 1)
    }
  }
}
