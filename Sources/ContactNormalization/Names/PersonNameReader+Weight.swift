import ContactModel

// Names told by initials, or by known names and endings.

extension PersonNameReader {
  /// How much more must speak for one reading than for the next.
  private static var margin: Int { 2 }

  /// `Иванов И.И.`, `John F. Kennedy`, `J. Edgar Hoover`.
  mutating func readInitials() -> PersonName {
    let initials = words.indices.filter { words[$0].kind == .initial }
    let others = words.indices.filter { words[$0].kind != .initial }
    let isTogether =
      initials.last.map { $0 - initials[0] == initials.count - 1 } ?? false
    guard initials.count <= 3, isTogether else { return unclear(.undecided) }
    let (first, last) = (initials[0], initials[initials.count - 1])
    switch others.count {
    case 0:
      guard initials.count <= 2 else { return unclear(.undecided) }
      note(words[0])
      return assign(given: words[..<1], additional: words[1...], order: nil)
    case 1:
      let other = words[others[0]]
      // `Анна К.` is a given name and the initial of a surname.
      if other.isGiven, initials.count == 1 { return unclear(.undecided) }
      note(words[first])
      name.evidence.append(.remaining(other.text))
      return assign(
        family: words[others[0]...others[0]], given: words[first...first],
        additional: words[(first + 1)..<(last + 1)], order: first > 0 ? .familyFirst : .givenFirst)
    case 2: return readTwoWithInitials(first: first, last: last, others: others)
    default: return unclear(.undecided)
    }
  }

  private mutating func readTwoWithInitials(first: Int, last: Int, others: [Int]) -> PersonName {
    let (left, right) = (words[others[0]], words[others[1]])
    let leans = lean(left, right)
    let initials = words[first...last]
    note(words[first])
    note(left)
    note(right)
    if first == 0 {
      if leans >= Self.margin { return unclear(.undecided) }
      return assign(
        family: words[others[1]...others[1]], given: initials,
        additional: words[others[0]...others[0]], order: .givenFirst)
    }
    if first == 2 {
      guard leans >= Self.margin else { return unclear(.undecided) }
      return assign(
        family: words[..<1], given: words[1...1], additional: initials, order: .familyFirst)
    }
    if leans >= Self.margin {
      return assign(
        family: words[..<1], given: initials, additional: words[others[1]...others[1]],
        order: .familyFirst)
    }
    return assign(
      family: words[others[1]...others[1]], given: words[..<1], additional: initials,
      order: .givenFirst)
  }

  /// How much more speaks for the surname on the left than on the right.
  private func lean(_ left: NameWord, _ right: NameWord) -> Int {
    (left.family.weight + right.givenWeight) - (left.givenWeight + right.family.weight)
  }

  /// Words of which each may be anything by its place.
  mutating func readByWeight() -> PersonName {
    if words.count == 3, NameLexicon.eastAsianFamilies.contains(words[0].key),
      words.dropFirst().allSatisfy({ $0.key.count <= 5 && $0.family.weight < 3 })
    {
      note(words[0])
      return assign(family: words[..<1], given: words[1...], order: .familyFirst)
    }
    for word in words { note(word) }
    switch words.count {
    case 2:
      let lean = lean(words[0], words[1])
      if lean >= Self.margin {
        return assign(family: words[..<1], given: words[1...], order: .familyFirst)
      }
      if lean <= -Self.margin {
        return assign(family: words[1...], given: words[..<1], order: .givenFirst)
      }
    case 3: return readThree()
    case 4: return readFour()
    default: return unclear(.tooLong)
    }
    return unclear(.undecided)
  }

  /// Weighs surname first and last, and double surnames in both places.
  private mutating func readThree() -> PersonName {
    let family = words.map(\.family.weight)
    let given = words.map(\.givenWeight)
    let firstSurname = family[0] + given[1] + (given[2] > 0 ? 1 : 0) - family[1] - family[2]
    let lastSurname = given[0] + family[2] + (given[1] > 0 ? 1 : 0) - family[1] - family[0]
    let isDoubleFirst = family[0] > 0 && family[1] > 0
    let firstDouble = isDoubleFirst ? family[0] + family[1] + given[2] - family[2] : Int.min
    let isDoubleLast = family[1] > 0 && family[2] > 0
    let lastDouble = isDoubleLast ? given[0] + family[1] + family[2] - family[0] : Int.min
    let weights = [firstSurname, lastSurname, firstDouble, lastDouble]
    let best = weights.max() ?? 0
    let isClear = weights.count { $0 > best - Self.margin } == 1 && best >= Self.margin
    guard isClear else { return unclear(.undecided) }
    switch weights.firstIndex(of: best) {
    case 0:
      return assign(
        family: words[..<1], given: words[1...1], additional: words[2...], order: .familyFirst)
    case 1:
      return assign(
        family: words[2...], given: words[..<1], additional: words[1...1], order: .givenFirst)
    case 2: return assign(family: words[..<2], given: words[2...], order: .familyFirst)
    default: return assign(family: words[1...], given: words[..<1], order: .givenFirst)
    }
  }

  /// Two given names and two surnames, in either order.
  private mutating func readFour() -> PersonName {
    let isGiven = words.map(\.isGiven)
    let isFamily = words.map { $0.family.weight > 0 }
    if isGiven[0], isGiven[1], isFamily[2], isFamily[3] {
      return assign(
        family: words[2...], given: words[..<1], additional: words[1...1], order: .givenFirst)
    }
    if isFamily[0], isFamily[1], isGiven[2], isGiven[3] {
      return assign(
        family: words[..<2], given: words[2...2], additional: words[3...], order: .familyFirst)
    }
    return unclear(.undecided)
  }
}
