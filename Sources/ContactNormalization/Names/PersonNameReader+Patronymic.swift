import ContactModel

// Names told by a comma or a patronymic, and words that stand alone.

extension PersonNameReader {
  mutating func readLoneWord() -> PersonName {
    let word = words[0]
    switch word.kind {
    case .initial:
      note(word)
      return assign(given: words[...], order: nil)
    case .patronymic(let strength):
      if strength == .possible { return unclear(.loneWord(word.text)) }
      name.evidence.append(.patronymic(word.text))
      return assign(additional: words[...], order: nil)
    case .plain, .particled:
      if word.isGiven {
        note(word)
        return assign(given: words[...], order: nil)
      }
      guard word.family.weight >= 2 else { return unclear(.loneWord(word.text)) }
      note(word)
      return assign(family: words[...], order: nil)
    }
  }

  /// `Иванов, Пётр Сергеевич`; two full names are two people.
  mutating func readComma() -> PersonName {
    let commas = words.indices.filter { words[$0].hasComma }
    guard commas.count == 1, let comma = commas.first else { return unclear(.severalPeople) }
    let (left, right) = (words[...comma], words[(comma + 1)...])
    if left.count > 1, left.contains(where: { $0.givenWeight > 0 || Self.isPatronymic($0) }) {
      return unclear(.severalPeople)
    }
    let hasOtherSurname = right.contains { $0.family.weight >= 2 }
    if hasOtherSurname, left.allSatisfy({ $0.isGiven }) { return unclear(.comma, .undecided) }
    if left.count > 2 || right.count > 3 { return unclear(.comma, .tooLong) }
    if right.contains(where: { $0.kind == .particled }) { return unclear(.comma, .undecided) }
    name.evidence.append(.comma)
    let given = right.prefix(1)
    return assign(
      family: left, given: given, additional: right.dropFirst(), order: .familyFirst)
  }

  mutating func readAroundPatronymic() -> PersonName {
    let found = words.indices.filter { Self.isPatronymic(words[$0]) }
    if words.count == 2 { return readTwoWithPatronymic(found) }
    let last = words.count - 1
    let place: Int
    switch found.count {
    case 1: place = found[0]
    // `Абрамович Роман Аркадьевич`, `Роман Аркадьевич Абрамович`
    case 2 where found[0] == last - 1 && found[1] == last && isGivenBefore(last - 1):
      place = last - 1
    case 2 where found[0] == 0 && found[1] == last && words.count > 2: place = last
    default: return unclear(.undecided)
    }
    for other in found where other != place {
      name.evidence.append(.patronymicAsFamily(words[other].text))
    }
    if place == 0 { return readPatronymicFirst() }
    if place == last { return readPatronymicLast() }
    return readPatronymicInside(place)
  }

  private func isGivenBefore(_ index: Int) -> Bool {
    words[..<index].allSatisfy { $0.family.weight < 2 && !Self.isPatronymic($0) }
  }

  private func strength(_ word: NameWord) -> NameEndings.Patronymic {
    if case .patronymic(let strength) = word.kind { strength } else { .none }
  }

  private mutating func readTwoWithPatronymic(_ found: [Int]) -> PersonName {
    guard found.count == 1, let place = found.first else { return unclear(.undecided) }
    let (word, other) = (words[place], words[1 - place])
    let isPossible = strength(word) == .possible
    if place == 0 {
      // `Джокович Новак`, `Бакыт уулу Улан`; but `Сергеевич Иванов`
      // A patronymic without a known name in it hardly stands first.
      if other.givenWeight > 0 || (isPossible && other.family.weight < 2) {
        name.evidence.append(.patronymicAsFamily(word.text))
        note(other)
        return assign(family: words[..<1], given: words[1...], order: .familyFirst)
      }
      if !isPossible, other.family.weight >= 2 {
        name.evidence.append(.patronymic(word.text))
        note(other)
        return assign(family: words[1...], additional: words[..<1], order: nil)
      }
      return unclear(.undecided)
    }
    if other.kind == .initial || (isPossible && other.isGiven) {
      note(other)
      name.evidence.append(.patronymicAsFamily(word.text))
      return assign(family: words[1...], given: words[..<1], order: .givenFirst)
    }
    if isPossible { return unclear(.undecided) }
    name.evidence.append(.patronymic(word.text))
    if other.family.weight >= 2 {
      note(other)
      return assign(family: words[..<1], additional: words[1...], order: nil)
    }
    return assign(given: words[..<1], additional: words[1...], order: nil)
  }

  /// `Маркович Анна Мария`, or jumbled: `Сергеевич Пётр Иванов`.
  private mutating func readPatronymicFirst() -> PersonName {
    guard words.count == 3 else { return unclear(.undecided) }
    let (second, third) = (words[1], words[2])
    if second.givenWeight > 0, third.family.weight == 0 {
      name.evidence.append(.patronymicAsFamily(words[0].text))
      note(second)
      return assign(
        family: words[..<1], given: words[1...1], additional: words[2...], order: .familyFirst)
    }
    if strength(words[0]) == .possible { return unclear(.undecided) }
    if second.isGiven, third.family.weight >= 2 {
      name.evidence.append(.patronymic(words[0].text))
      note(third)
      return assign(family: words[2...], given: words[1...1], additional: words[..<1], order: nil)
    }
    return unclear(.undecided)
  }

  /// `Иванов Пётр Сергеевич`, also with two surnames or two given names.
  private mutating func readPatronymicLast() -> PersonName {
    let last = words.count - 1
    let isCertain = strength(words[last]) == .certain
    if last == 2, words[0].isGiven, !isCertain {
      if words[1].family.weight >= 2 {
        // Jumbled: `Пётр Иванов Сергеевич`
        name.evidence.append(.patronymic(words[2].text))
        note(words[1])
        return assign(
          family: words[1...1], given: words[..<1], additional: words[2...], order: nil)
      }
      if strength(words[2]) == .possible {
        // `Анна Мария Рабинович`
        note(words[0])
        name.evidence.append(.patronymicAsFamily(words[2].text))
        return assign(
          family: words[2...], given: words[..<1], additional: words[1...1], order: .givenFirst)
      }
    }
    if words[0].kind == .initial {
      guard last == 2, words[1].kind == .initial else { return unclear(.undecided) }
      note(words[0])
      name.evidence.append(.patronymicAsFamily(words[last].text))
      return assign(
        family: words[last...], given: words[..<1], additional: words[1...1], order: .givenFirst)
    }
    name.evidence.append(.patronymic(words[last].text))
    var given = last - 1
    while given > 1, words[given - 1].isGiven { given -= 1 }
    let family = words[..<given]
    guard family.count <= 2, family.dropFirst().allSatisfy({ $0.family.weight > 0 })
    else { return unclear(.undecided) }
    for word in family { note(word) }
    return assign(
      family: family, given: words[given..<last], additional: words[last...], order: .familyFirst)
  }

  /// `Пётр Сергеевич Иванов`, or jumbled: `Иванов Сергеевич Пётр`.
  private mutating func readPatronymicInside(_ place: Int) -> PersonName {
    let (before, after) = (words[..<place], words[(place + 1)...])
    name.evidence.append(.patronymic(words[place].text))
    let patronymic = words[place...place]
    if before.count == 1, after.count == 1, words[0].family.weight >= 2, words[2].isGiven {
      note(words[0])
      note(words[2])
      return assign(family: before, given: after, additional: patronymic, order: nil)
    }
    let isFamilyBefore = before.contains { $0.family.weight >= 2 }
    let isGivenAfter = after.contains { $0.givenWeight > 0 }
    if before.count > 2 || after.count > 2 || isGivenAfter
      || (isFamilyBefore && (before.count > 1 || after.contains { $0.family.weight < 2 }))
    {
      return unclear(.undecided)
    }
    for word in after { note(word) }
    return assign(family: after, given: before, additional: patronymic, order: .givenFirst)
  }
}
