/// Finds letters of another alphabet that look like Latin ones, and says which were meant.
///
/// `ivan@mаil.ru` with a Cyrillic `а` looks right and reaches nobody. A local part or a label that
/// mixes Latin with Cyrillic or Greek letters is taken for such a slip. It is mended if each of the
/// others has the shape of a Latin one and the domain is ASCII then; otherwise it is unclear.
///
/// What has Cyrillic letters alone is a name of its own (`иван@mail.ru`, `ivan@почта.рф`), but
/// unclear if all of them look Latin beside an ASCII domain: `сора@mail.ru`, `ivan@mail.ру`.
enum LookAlikes {
  enum Verdict: Equatable {
    case clean
    /// The address with Latin letters.
    case replaced([Unicode.Scalar])
    case unclear
  }

  enum Alphabet { case none, latin, other }

  /// The letters of a local part or a label, as far as they matter here.
  private struct Letters {
    var hasLatin = false
    var hasOther = false
    /// Whether all Cyrillic and Greek letters look like Latin ones.
    var allLookLatin = true
    var isASCII = true

    init(_ part: ArraySlice<Unicode.Scalar>) {
      for scalar in part where !scalar.isASCII || EmailByte.isLetter(UInt8(scalar.value)) {
        if !scalar.isASCII { isASCII = false }
        switch alphabet(of: scalar) {
        case .latin: hasLatin = true
        case .none: break
        case .other:
          hasOther = true
          if twins[scalar] == nil { allLookLatin = false }
        }
      }
    }

    var isMixed: Bool { hasLatin && hasOther }
    var isOtherAndLooksLatin: Bool { !hasLatin && hasOther && allLookLatin }
  }

  /// Cyrillic and Greek letters with exactly the shape of a Latin one, and that one.
  static let twins: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
    uniqueKeysWithValues: zip(
      "асеорхуіјѕԁԛԝһӏАВСЕНІЈКМОРЅТХУԚԜӀονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ".unicodeScalars,
      "aceopxyijsdqwhlABCEHIJKMOPSTXYQWIovABEZHIKMNOPTYX".unicodeScalars))

  /// Top-level domains whose letters all look Latin.
  private static let realNames: Set<String> = ["рус"]

  /// What is to be said of an address with letters beyond ASCII.
  static func judge(_ address: [Unicode.Scalar], at: Int) -> Verdict {
    let local = Letters(address[..<at])
    let labels = address[(at + 1)...].split(separator: ".", omittingEmptySubsequences: false)
    let letters = labels.map(Letters.init)
    let isMixed = letters.contains(where: \.isMixed)
    let isASCII = letters.allSatisfy { $0.isASCII || ($0.isMixed && $0.allLookLatin) }
    if isMixed || local.isMixed {
      let canReplace =
        isASCII && (!local.isMixed || local.allLookLatin)
        && letters.allSatisfy { !$0.isMixed || $0.allLookLatin }
      // A local part of its own alphabet stays beside a mended domain only if it is clear itself.
      guard canReplace, !local.isOtherAndLooksLatin else { return .unclear }
      return replaced(address, at: at, inLocal: local.isMixed)
    }
    if isASCII { return local.isOtherAndLooksLatin ? .unclear : .clean }
    let beyond = letters.indices.filter { !letters[$0].isASCII }
    if beyond.count == 1, let index = beyond.first, letters[index].isOtherAndLooksLatin,
      labels.count > 1,
      !realNames.contains(String(String.UnicodeScalarView(labels[index])).lowercased())
    {
      return .unclear
    }
    return .clean
  }

  private static func replaced(
    _ address: [Unicode.Scalar], at: Int, inLocal: Bool
  ) -> Verdict {
    var result = address
    for index in result.indices where index > at || inLocal {
      if let twin = twins[result[index]] { result[index] = twin }
    }
    // Letters of a Latin alphabet beyond ASCII may still stand there; they are no look-alikes.
    return result == address ? .clean : .replaced(result)
  }

  /// The alphabet of a letter: Latin, another with letters of Latin shapes, or none that matters.
  static func alphabet(of scalar: Unicode.Scalar) -> Alphabet {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: .latin
    // Marks and numeral signs of these blocks are no letters.
    case 0x400...0x481, 0x48A...0x52F, 0x1C80...0x1C8A: .other
    case 0x370...0x373, 0x376...0x37D, 0x37F, 0x386, 0x388...0x3FF, 0x1F00...0x1FFF: .other
    default: .none
    }
  }
}
