/// How surprising bytes are as a text in some encoding, in bits: the more, the less likely.
///
/// Only characters beyond ASCII and their neighbors count, since all encodings agree on the rest.
/// What tells encodings apart is which letters follow which, where capitals stand (KOI8-R has them
/// where windows-1251 has small letters, so the wrong one reads `иВАН`), and signs inside words.
/// The figures are estimates; right and wrong encodings of a single name differ by dozens of bits.
struct TextSurprise {
  /// The encodings judged, and how rare each is today: what decides between equals.
  private static let candidates: [(encoding: TextEncoding, rarity: Int)] = [
    (.windows1251, 0), (.windows1252, 2), (.cp866, 3), (.koi8R, 4), (.macCyrillic, 5),
    (.iso8859_5, 8), (.cp855, 12),
  ]

  private static let looks: [(encoding: TextEncoding, rarity: Int, looks: [CharacterLook])] =
    candidates.compactMap { candidate in
      candidate.encoding.table.map {
        (candidate.encoding, candidate.rarity, CharacterLook.looks(in: $0))
      }
    }

  /// How many characters beyond ASCII are judged; more say nothing new.
  private static let enough = 4096

  /// The encoding of one byte a character in which a text surprises least.
  static func leastSurprising(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding {
    var best = (encoding: TextEncoding.windows1251, bits: Int.max)
    for (encoding, rarity, looks) in looks {
      var surprise = TextSurprise(bits: rarity)
      surprise.read(bytes, as: looks)
      if surprise.bits < best.bits { best = (encoding, surprise.bits) }
    }
    return best.encoding
  }

  private(set) var bits: Int
  private let model = RussianLetters.model
  /// The character before, and how many capitals of one word end with it.
  private var previous = TextSurprise.outside
  private var capitals = 0
  /// How many letters of the word have come.
  private var length = 0

  private static let outside = CharacterLook(" ")

  init(bits: Int) { self.bits = bits }

  private mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, as looks: [CharacterLook]
  ) {
    var judged = 0
    var index = 0
    while index < bytes.count, judged < Self.enough {
      let byte = bytes[index]
      if byte >= 0x80 { judged += 1 }
      take(looks[Int(byte)])
      index += 1
    }
    if index == bytes.count { take(Self.outside) }
  }

  private mutating func take(_ look: CharacterLook) {
    bits += surprise(at: look)
    if look.isLetter {
      length += 1
      capitals = look.isCapital ? capitals + 1 : 0
    } else {
      (length, capitals) = (0, 0)
    }
    previous = look
  }

  /// Bits of surprise at a character behind the previous one.
  private func surprise(at look: CharacterLook) -> Int {
    switch look.kind {
    case .plain: endOfWord
    case .latin:
      // Two alphabets in one word.
      previous.kind == .russian || previous.kind == .cyrillic ? 10 : 0
    case .russian: alphabet(.russian) + pair(look) + capital(look)
    case .cyrillic: alphabet(.cyrillic) + (look.isRare ? 12 : 6) + capital(look)
    case .accented: accent(look) + capital(look)
    case .blank: endOfWord + (previous.kind == .blank ? 9 : 6)
    case .opening: endOfWord + (previous.isLetter ? 11 : 5)
    case .closing: endOfWord + (previous.kind == .plain ? 9 : 5)
    case .sign: endOfWord + (previous.isLetter ? 9 : 5)
    case .symbol: endOfWord + (previous.isLetter ? 12 : 9)
    case .frame: previous.scalar == look.scalar ? 2 : endOfWord + (previous.isLetter ? 20 : 13)
    case .garbage: endOfWord + 16
    }
  }

  /// The surprise that the word ends here, if one does.
  private var endOfWord: Int {
    switch previous.kind {
    case .russian: model.cost(of: 0, after: previous.letter)
    // A word of a single accented letter is hardly a word.
    case .accented: length == 1 ? 6 : 1
    default: 0
    }
  }

  private func pair(_ look: CharacterLook) -> Int {
    // Letters of other alphabets stand where vowels do, so that nearly anything may follow.
    if previous.kind == .cyrillic { return 5 }
    return model.cost(of: look.letter, after: previous.kind == .russian ? previous.letter : 0)
  }

  /// The surprise at a Cyrillic letter where the word so far is in another alphabet.
  private func alphabet(_ kind: CharacterLook.Kind) -> Int {
    switch previous.kind {
    case .latin, .accented: 12
    case .closing, .symbol: 4
    default: 0
    }
  }

  private func accent(_ look: CharacterLook) -> Int {
    let base = look.isRare ? 3 : 0
    return switch previous.kind {
    case .latin: base + 3
    // Hardly any word has two in a row.
    case .accented: base + 8
    case .russian, .cyrillic: base + 12
    default: base + 5
    }
  }

  /// The surprise at a capital, or a small letter, at this place of the word.
  private func capital(_ look: CharacterLook) -> Int {
    guard length > 0 else { return 1 }
    switch (previous.isCapital, look.isCapital) {
    case (false, false): return 0
    case (false, true): return 9
    case (true, true): return capitals == 1 ? 2 : 0
    case (true, false): return capitals == 1 ? 0 : 5
    }
  }
}
