/// What a character is to a reader of names and words, enough to see whether it fits its neighbors.
struct CharacterLook: Sendable, Equatable {
  /// The kinds of characters, from likely to impossible.
  enum Kind: Sendable {
    /// A blank, digit or sign of ASCII.
    case plain
    /// A letter of ASCII.
    case latin
    /// A letter of Western Europe that ASCII lacks.
    case accented
    /// A letter of the Russian alphabet.
    case russian
    /// A letter of another Cyrillic alphabet.
    case cyrillic
    /// A blank that no line may break at.
    case blank
    /// A quotation mark before a word.
    case opening
    /// A quotation mark or the like behind a word.
    case closing
    /// A dash, or the sign № before a number.
    case sign
    /// Another sign that texts have now and then.
    case symbol
    /// A piece of a frame in a DOS table.
    case frame
    /// A control character, or a byte without a character.
    case garbage
  }

  let scalar: Unicode.Scalar
  let kind: Kind
  let isCapital: Bool
  /// A Russian letter's index in ``RussianLetters``; otherwise 0.
  let letter: Int
  /// Whether the letter is one that few languages use.
  let isRare: Bool

  var isLetter: Bool {
    switch kind {
    case .latin, .accented, .russian, .cyrillic: true
    default: false
    }
  }

  /// What a character looks like; those that no code page here has count as symbols.
  init(_ scalar: Unicode.Scalar) {
    self.scalar = scalar
    let properties = scalar.properties
    isCapital = properties.isUppercase
    let small = properties.lowercaseMapping.unicodeScalars.first ?? scalar
    letter = RussianLetters.indexes[small.value] ?? 0
    isRare = "јљњђћџѓќѕґòãõûïëýþðžšœÿ".unicodeScalars.contains(small)
    kind =
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A: .latin
      case ..<0x80: .plain
      case 0x80..<0xA0, 0xFFFD: .garbage
      case 0xA0: .blank
      case 0xAB, 0x201C: .opening
      case 0xBB, 0x201D, 0x2019, 0x2026: .closing
      case 0x2013, 0x2014, 0x2116: .sign
      case 0x2500...0x25A0: .frame
      case 0x400...0x4FF: letter > 0 ? .russian : .cyrillic
      default: properties.isAlphabetic && scalar.value < 0x200 ? .accented : .symbol
      }
  }

  /// The looks of all bytes in an encoding of one byte a character.
  static func looks(in table: SingleByteTable) -> [CharacterLook] {
    let scalars = (0..<0x80).map(UInt32.init) + table.upperHalf
    return scalars.map { CharacterLook(Unicode.Scalar($0) ?? "\u{FFFD}") }
  }
}
