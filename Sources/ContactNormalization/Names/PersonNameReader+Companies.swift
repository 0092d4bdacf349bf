import ContactModel

// What is not one person's name: companies, several people, names with remarks.

extension PersonNameReader {
  /// Why a text is no person's name, if it is none.
  ///
  /// Persons have letters, blanks, hyphens, apostrophes, dots and commas. Any other sign, a word of
  /// companies, or capitals without a vowel that are no initials (`ТД`) say that it is something
  /// else.
  static func notAPerson(_ text: String) -> PersonNameEvidence? {
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      // A mark that stands on no letter is a sign.
      let isLooseMark = isMark(scalar) && !isMark(last) && !last.properties.isAlphabetic
      if isLooseMark || !isOfNames(scalar) { return .sign(String(scalar)) }
      last = scalar
    }
    let chunks = text.split { $0 == " " || $0 == "," }.map(String.init)
    if chunks.isEmpty { return .sign(text) }
    for (index, chunk) in chunks.enumerated() {
      guard chunk.contains(where: \.isLetter) else { return .sign(chunk) }
      let key = chunk.lowercased().replacing("ё", with: "е")
      if NameLexicon.companyWords.contains(key) || NameLexicon.companyAbbreviations.contains(chunk)
      {
        return .companyWord(chunk)
      }
      if isConjunction(index, in: chunks) { return .severalPeople }
      if isAbbreviation(chunk), !NameLexicon.titles.contains(key),
        !NameLexicon.suffixes.contains(key)
      {
        return .abbreviation(chunk)
      }
    }
    return nil
  }

  private static func isOfNames(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isAlphabetic { return true }
    switch scalar {
    case " ", "-", "‐", "‑", "'", "’", "ʼ", "`", "‘", "´", "′", ".", ",", "\u{200C}", "\u{200D}":
      return true
    default: return isMark(scalar)
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark: true
    default: false
    }
  }

  /// `и` between two words; the same letter beside another is an initial.
  private static func isConjunction(_ index: Int, in chunks: [String]) -> Bool {
    guard index > 0, index < chunks.count - 1, NameLexicon.conjunctions.contains(chunks[index])
    else { return false }
    return chunks[index - 1].count > 1 && chunks[index + 1].count > 1
  }

  /// Two or three capitals without a vowel or a dot.
  private static func isAbbreviation(_ chunk: String) -> Bool {
    guard chunk.count == 2 || chunk.count == 3 else { return false }
    return chunk.allSatisfy { $0.isUppercase && !NameCapitals.isVowel($0) }
  }
}
