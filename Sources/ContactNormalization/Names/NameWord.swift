/// One word of a name, or several that belong together, such as `фон дер Ляйен`.
struct NameWord: Equatable {
  /// What a word is by itself.
  enum Kind: Equatable {
    /// One letter, with or without a dot; also `Ж.-П.` and `Дж.`.
    case initial
    case patronymic(NameEndings.Patronymic)
    /// A surname with its particles.
    case particled
    case plain
  }

  /// The word as it stands.
  var text: String
  /// The word for looking it up: small letters, `е` for `ё`, without a dot at its end.
  let key: String
  var kind: Kind
  /// Whether a comma stands behind it.
  var hasComma = false
  /// Whether it follows the word before it without a blank, as in `И.И.`.
  var isUnspaced = false

  init(_ text: String) {
    self.text = text
    key = Self.key(of: text)
    kind = Self.kind(of: text, key: key)
  }

  init(_ text: String, kind: Kind) {
    self.text = text
    key = Self.key(of: text)
    self.kind = kind
  }

  /// Whether it is a known given name.
  var isGiven: Bool { kind == .plain && GivenNames.contains(key) }

  /// How much speaks for a given name.
  var givenWeight: Int { isGiven || kind == .initial ? 3 : 0 }

  /// How much speaks for a surname, and what.
  var family: (weight: Int, evidence: PersonNameEvidence?) {
    switch kind {
    case .initial, .patronymic: return (0, nil)
    case .particled: return (3, .particle(text))
    case .plain:
      if isGiven { return (0, nil) }
      // Who comes from there may write the given name first as well as last.
      if NameLexicon.eastAsianFamilies.contains(key) { return (1, .knownFamily(text)) }
      if NameLexicon.families.contains(key) { return (3, .knownFamily(text)) }
      if key.hasPrefix("mc") && key.count > 4 || Self.hasElidedParticle(key) {
        return (3, .familyBeginning(text))
      }
      let (weight, ending) = NameEndings.family(key)
      return weight > 0 ? (weight, .familyEnding(text, ending: ending)) : (0, nil)
    }
  }

  /// Whether it hardly can be anything but a name.
  var isEvident: Bool {
    switch kind {
    case .patronymic(let strength): strength != .possible
    case .plain: isGiven || family.weight >= 2
    case .initial, .particled: false
    }
  }

  /// `О’Коннор`, `Д’Артаньян`, `аль-Рашид`.
  private static func hasElidedParticle(_ key: String) -> Bool {
    let prefixes = ["о'", "д'", "o'", "d'", "аль-", "эль-", "аш-", "al-", "el-"]
    return prefixes.contains { key.hasPrefix($0) && key.count > $0.count + 2 }
  }

  private static func key(of text: String) -> String {
    var key = ""
    for character in text.lowercased() {
      switch character {
      case "ё": key.append("е")
      case "’", "ʼ", "`", "‘", "´", "′": key.append("'")
      case "‐", "‑": key.append("-")
      default: key.append(character)
      }
    }
    while key.hasSuffix(".") { key.removeLast() }
    return key
  }

  private static func kind(of text: String, key: String) -> Kind {
    let letters = text.filter { $0 != "." }
    if letters.count == 1 { return .initial }
    if text.hasSuffix("."), letters.count <= 3, text.contains("-") { return .initial }
    if text.hasSuffix("."), ["дж", "th", "ch", "yu", "ya"].contains(key) { return .initial }
    let patronymic = NameEndings.patronymic(key)
    return patronymic == .none ? .plain : .patronymic(patronymic)
  }
}
