/// The letters of a local part or a label of common letters, as far as ``LookAlikes`` asks for them.
struct LetterShapes {
  var isASCII = true
  var hasLatin = false
  var hasOther = false
  /// Whether all letters of other alphabets look Latin, as they are written and as small letters.
  private var looksLatin = true
  private var looksLatinInSmall = true

  /// Takes the next letter beyond ASCII.
  @inline(__always)
  mutating func add(_ letter: CommonLetter) {
    isASCII = false
    hasLatin = hasLatin || letter.isLatin
    guard letter.isOther else { return }
    hasOther = true
    if !letter.looksLatin { looksLatin = false }
    if looksLatinInSmall, letter.isInDomain, !CommonLetter.letter(letter.small).looksLatin {
      looksLatinInSmall = false
    }
  }

  /// Whether letters of two alphabets stand side by side.
  var isMixed: Bool { hasLatin && hasOther }

  /// Whether a local part has letters of another alphabet alone, and all of them look Latin.
  var isOtherAndLooksLatin: Bool { !hasLatin && hasOther && looksLatin }

  /// Whether a label has, before or after its capitals became small.
  var isLabelThatLooksLatin: Bool {
    !hasLatin && hasOther && (looksLatin || looksLatinInSmall)
  }
}
