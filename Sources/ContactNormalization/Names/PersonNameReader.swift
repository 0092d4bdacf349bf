import ContactModel

/// Finds the parts of a name by its words.
///
/// What decides, in this order: a comma (`Иванов, Пётр`); a patronymic, which makes the word before
/// it the given name; initials, which a surname is not; then known given names against surnames by
/// list and ending. Where the words say as much for one order as for the other, the name is unclear.
struct PersonNameReader {
  /// More words than this are no name.
  static let maximumWords = 8

  /// The words, particles and patronymics of two words put together.
  var words: [NameWord]
  var name = PersonName(clarity: .clear, evidence: [])

  static func read(_ text: String) -> PersonName {
    if let reason = notAPerson(text) {
      return PersonName(clarity: .notAPerson, evidence: [reason])
    }
    var reader = PersonNameReader(words: split(text))
    return reader.read()
  }

  private mutating func read() -> PersonName {
    takePrefix()
    takeSuffix()
    joinPatronymics()
    joinParticles()
    if words.count > Self.maximumWords { return unclear(.tooLong) }
    if let word = words.first(where: { $0.text.hasSuffix(".") && $0.kind != .initial }) {
      return unclear(.abbreviation(word.text))
    }
    if words.contains(where: \.hasComma) { return readComma() }
    if words.count == 1 { return readLoneWord() }
    if words.contains(where: { Self.isPatronymic($0) }) { return readAroundPatronymic() }
    if words.contains(where: { $0.kind == .initial }) { return readInitials() }
    return readByWeight()
  }

  // MARK: - Words

  /// The words of a text: blanks, commas and the dots of initials part them.
  static func split(_ text: String) -> [NameWord] {
    var words: [NameWord] = []
    for chunk in text.split(separator: " ") {
      var isFirst = true
      var piece = ""
      func finish(_ hasComma: Bool, in words: inout [NameWord]) {
        guard !piece.isEmpty else {
          if hasComma, let last = words.indices.last { words[last].hasComma = true }
          return
        }
        var word = NameWord(piece)
        word.hasComma = hasComma
        word.isUnspaced = !isFirst
        words.append(word)
        piece = ""
        isFirst = false
      }
      var rest = Substring(chunk)
      while let character = rest.popFirst() {
        if character == "," {
          finish(true, in: &words)
        } else {
          piece.append(character)
          // `Ж.-П.` is one word.
          if character == ".", rest.first != "-", rest.first != "." { finish(false, in: &words) }
        }
      }
      finish(false, in: &words)
    }
    // A comma at the very end parts nothing.
    if let last = words.indices.last { words[last].hasComma = false }
    return words
  }

  private mutating func takePrefix() {
    var titles: [String] = []
    while words.count > 1, NameLexicon.titles.contains(words[0].text.lowercased()) {
      titles.append(words.removeFirst().text)
    }
    name.prefix = titles.joined(separator: " ")
  }

  private mutating func takeSuffix() {
    var suffixes: [String] = []
    while words.count > 1, let last = words.last,
      NameLexicon.suffixes.contains(last.text.lowercased()), last.kind == .plain
    {
      suffixes.insert(last.text, at: 0)
      words.removeLast()
      words[words.count - 1].hasComma = false
    }
    name.suffix = suffixes.joined(separator: " ")
  }

  /// Joins `Гасан оглы`.
  private mutating func joinPatronymics() {
    var index = 1
    while index < words.count {
      let (before, word) = (words[index - 1], words[index])
      if NameLexicon.patronymicWords.contains(word.key), before.kind != .initial, !before.hasComma {
        var joined = NameWord("\(before.text) \(word.text)", kind: .patronymic(.certain))
        joined.hasComma = word.hasComma
        words.replaceSubrange((index - 1)...index, with: [joined])
      } else {
        index += 1
      }
    }
  }

  /// Joins `фон дер Ляйен`.
  private mutating func joinParticles() {
    if let first = words.first, NameLexicon.eastAsianFamilies.contains(first.key) { return }
    var index = 0
    while index < words.count {
      var end = index
      while end < words.count - 1, isParticle(words[end]), !words[end].hasComma { end += 1 }
      // Two words in capitals may as well be a Chinese name: `Ван Ли`.
      let isWhole = index == 0 && end == words.count - 1
      let isWritten = words[index].text.first?.isLowercase == true
      if end > index, !isWhole || isWritten || end - index > 1, words[end].kind != .initial {
        var joined = NameWord(
          words[index...end].map(\.text).joined(separator: " "), kind: .particled)
        joined.hasComma = words[end].hasComma
        words.replaceSubrange(index...end, with: [joined])
      }
      index += 1
    }
  }

  private func isParticle(_ word: NameWord) -> Bool {
    guard NameLexicon.particles.contains(word.key), !word.text.hasSuffix(".") else { return false }
    if NameLexicon.evidentParticles.contains(word.key) { return true }
    // `y` and `i` join two surnames and have one letter.
    return word.text.first?.isLowercase == true && word.kind != .initial
  }

  // MARK: - Verdicts

  func unclear(_ reasons: PersonNameEvidence...) -> PersonName {
    PersonName(clarity: .unclear, evidence: name.evidence + reasons)
  }

  static func isPatronymic(_ word: NameWord) -> Bool {
    if case .patronymic = word.kind { return true }
    return false
  }

  /// Adds what speaks for a word, if anything does.
  mutating func note(_ word: NameWord) {
    if word.isGiven {
      name.evidence.append(.knownGiven(word.text))
    } else if word.kind == .initial {
      name.evidence.append(.initial(word.text))
    } else if let evidence = word.family.evidence {
      name.evidence.append(evidence)
    }
  }

  /// Gives words their parts.
  mutating func assign(
    family: ArraySlice<NameWord> = [], given: ArraySlice<NameWord> = [],
    additional: ArraySlice<NameWord> = [], order: NameOrder?
  ) -> PersonName {
    func text(_ words: ArraySlice<NameWord>) -> String {
      var text = ""
      for word in words {
        if !text.isEmpty, !word.isUnspaced { text += " " }
        text += word.text
      }
      return text
    }
    name.family = text(family)
    name.given = text(given)
    name.additional = text(additional)
    name.order = order
    name.isUnspaced =
      additional.first?.isUnspaced == true && given.last?.kind == .initial
      && additional.first?.kind == .initial
    return name
  }
}
