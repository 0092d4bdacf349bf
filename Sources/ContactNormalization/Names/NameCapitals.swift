/// Gives names the capitals they have, where somebody typed capitals or small letters alone.
///
/// A name, or a word in it, that has both is left as it is: `McDonald`, `ван дер Вальс`, `иОанн`
/// may be meant so. A word alone is corrected only if it is known to be a name by list or ending.
///
/// - Each part of a double name has a capital; `оглы`, `кызы` and the like have none.
/// - The letter behind an apostrophe has one if a single letter stands before it (`О’Коннор`,
///   `Д’Артаньян`), otherwise not (`Лук’янов`).
/// - `MCDONALD` is `McDonald`; `Mac` is never parted from the rest, since `MACHADO` and `MACKENZIE`
///   look alike.
/// - Particles are small (`Урсула фон дер Ляйен`), but for one that begins the value (`Фон дер
///   Ляйен`, `Ван Гог`).
/// - Initials and the Roman numerals behind a name are capitals. Two letters that are no name are
///   left as they are, and so is a text with letters beyond Latin and Cyrillic.
struct NameCapitals {
  private enum Spelling {
    case capitals
    case small
    case mixed
  }

  private let chunks: [String]
  private let spellings: [Spelling]
  private let whole: Spelling

  /// Repairs a text that ``PersonNameReader/notAPerson(_:)`` has nothing against.
  static func repaired(_ text: String) -> String {
    let capitals = NameCapitals(text)
    guard capitals.spellings.contains(where: { $0 != .mixed }), isKnownScript(text) else {
      return text
    }
    return capitals.chunks.indices.map { capitals.repaired($0) }.joined(separator: " ")
  }

  private init(_ text: String) {
    chunks = text.split(separator: " ").map(String.init)
    spellings = chunks.map(Self.spelling)
    whole = Self.spelling(text)
  }

  private static func spelling(_ text: String) -> Spelling {
    let hasCapitals = text.contains(where: \.isUppercase)
    let hasSmall = text.contains(where: \.isLowercase)
    return hasCapitals == hasSmall ? .mixed : hasCapitals ? .capitals : .small
  }

  private func repaired(_ index: Int) -> String {
    let chunk = chunks[index]
    let bare = chunk.lowercased().filter { $0 != "," }
    let spelling = spellings[index]
    guard spelling != .mixed, !NameLexicon.titles.contains(bare) else { return chunk }
    if NameLexicon.suffixes.contains(bare), index > 0 { return suffix(chunk) }
    if index > 0, NameLexicon.patronymicWords.contains(bare) { return chunk.lowercased() }
    let letterCount = chunk.count(where: \.isLetter)
    if letterCount == 1 || Self.isInitials(chunk) { return initials(chunk) }
    if isParticle(bare, at: index) {
      // A small one that begins the value was written so on purpose, unless all is small.
      if spelling == .small, whole != .small { return chunk }
      return index == 0 ? Self.titled(chunk) : chunk.lowercased()
    }
    if whole == .mixed, !isName(index) { return chunk }
    let isShort = letterCount == 2 || (letterCount == 3 && chunks.count == 1)
    if isShort, !Self.isKnown(bare) { return chunk }
    return Self.titled(chunk)
  }

  private func suffix(_ chunk: String) -> String {
    let isNumeral = chunk.lowercased().allSatisfy { "ivx,".contains($0) }
    if isNumeral { return chunk }
    let isRussian = chunk.unicodeScalars.contains { $0.value >= 0x400 }
    return isRussian ? chunk.lowercased() : Self.titled(chunk)
  }

  /// A single small letter in a name that has capitals elsewhere may be a word.
  private func initials(_ chunk: String) -> String {
    whole == .mixed && !chunk.contains(".") ? chunk : chunk.uppercased()
  }

  private func isParticle(_ bare: String, at index: Int) -> Bool {
    guard index < chunks.count - 1, NameLexicon.particles.contains(bare) else { return false }
    return !NameLexicon.eastAsianFamilies.contains(NameWord(chunks[0]).key)
  }

  /// Whether a word alone in its spelling surely is a name.
  private func isName(_ index: Int) -> Bool {
    if Self.isEvident(chunks[index]) { return true }
    // `Jean DUPONT`: the rest are names, and this is the surname.
    guard spellings[index] == .capitals, chunks[index].count > 3 else { return false }
    let others = chunks.indices.filter { $0 != index }
    return others.allSatisfy { other in
      spellings[other] == .mixed
        && (Self.isEvident(chunks[other]) || Self.isInitials(chunks[other]))
    }
  }

  private static func isEvident(_ chunk: String) -> Bool {
    NameWord(chunk.filter { $0 != "," }).isEvident
  }

  private static func isKnown(_ bare: String) -> Bool {
    GivenNames.contains(bare) || NameLexicon.families.contains(bare)
  }

  /// `И.`, `И.И.`, `Ж.-П.`, the last dot perhaps missing.
  private static func isInitials(_ chunk: String) -> Bool {
    guard chunk.contains(".") else { return false }
    return chunk.split(whereSeparator: { ".-,".contains($0) }).allSatisfy { $0.count == 1 }
  }

  private static func isKnownScript(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      // The dotted and the dotless i have other capitals in Turkish than elsewhere.
      case 0x130, 0x131: false
      // Two letters in one, and ß, have a capital of two letters.
      case 0xDF, 0x149, 0x1C4...0x1CC, 0x1F0...0x1F3: false
      case ..<0x250, 0x2BC, 0x300...0x36F, 0x400..<0x530, 0x1E00..<0x1F00, 0x2010...0x2032: true
      default: false
      }
    }
  }

  static func isVowel(_ character: Character) -> Bool {
    if "аеёиоуыэюяіїєaeiouy".contains(character.lowercased()) { return true }
    // Latin letters with marks, and the vowels of other Cyrillic alphabets.
    return character.unicodeScalars.contains {
      (0xC0..<0x250).contains($0.value) || (0x460..<0x530).contains($0.value)
    }
  }

  /// A word with a capital at its beginning and wherever a part of it begins.
  private static func titled(_ chunk: String) -> String {
    var output = ""
    var part = ""
    var isAfterLongPart = false
    func finish(_ output: inout String) {
      guard !part.isEmpty else { return }
      if isAfterLongPart || (!output.isEmpty && NameLexicon.patronymicWords.contains(part))
        || (!output.isEmpty && part == "заде")
      {
        output += part
      } else if part.hasPrefix("mc"), part.count >= 5 {
        output += "Mc" + capitalized(String(part.dropFirst(2)))
      } else {
        output += capitalized(part)
      }
    }
    for character in chunk.lowercased() {
      if character.isLetter {
        part.append(character)
        continue
      }
      let isApostrophe = "'’ʼ`‘´′".contains(character)
      let isPrefix = part.count == 1 || ["dell", "dall", "sant"].contains(part)
      finish(&output)
      isAfterLongPart = isApostrophe && !isPrefix
      output.append(character)
      part = ""
    }
    finish(&output)
    return output
  }

  private static func capitalized(_ part: String) -> String {
    guard let first = part.unicodeScalars.first else { return part }
    return first.properties.titlecaseMapping
      + String(String.UnicodeScalarView(part.unicodeScalars.dropFirst()))
  }
}
