import ContactModel

// What a rule says about the way back, from the CRM's fields into its columns.

extension FieldRule {
  /// Whether its value may be several, each of which a card has a property for.
  var hasSeveralValues: Bool {
    guard case .columns = content, values == nil else { return false }
    let kind = treatment ?? field.defaultTreatment
    return kind == .phone || kind == .email
  }

  /// How much of a column it reads, where it does not join several.
  var share: ReversalBuilder.Share {
    // Nobody has cells of more than a hundred parts, and each part needs its place.
    if let split = transforms.split, split.part.magnitude <= 100 { return .split(split) }
    if treatment == .name, let part = name.part { return .name(part, name.order) }
    return .whole
  }

  /// How a value that it joined is taken apart into columns with these titles.
  func parting(into titles: [String]) -> MappingReversal.Parting {
    guard !separator.isEmpty else { return .whole }
    if separator == " ", field == .person || treatment == .name,
      let names = NameColumns(titles: titles, order: name.order)
    {
      return .name(names.order, names.parts)
    }
    return .joined(separator: separator)
  }

  /// Its closed list from right to left.
  ///
  /// Of several texts with one meaning any will do, so it is the first by the alphabet, or the one that
  /// is the value itself.
  var textsByValue: [String: String] {
    var texts: [String: String] = [:]
    for (text, value) in (values ?? [:]).sorted(by: { $0.key < $1.key }) {
      // The CRM shows an entry's title, not the number that the mapping knows.
      guard case .text(let meaning) = value, !meaning.isEmpty else { continue }
      if texts[meaning] == nil || text == meaning { texts[meaning] = text }
    }
    return texts
  }

  /// The keys that may make another value of one that is written and read again.
  var inexactKeys: [String] {
    let keys = [
      ("value", content.isConstant), ("when", condition != nil), ("split", transforms.split != nil),
      ("trim", !transforms.trimmed.isEmpty), ("replace", !transforms.replacements.isEmpty),
      ("case", transforms.letterCase != nil), ("values", namesEntries), ("part", name.part != nil),
      ("default", fallback != nil),
    ]
    return keys.filter { $0.1 }.map { $0.0 }
  }

  /// Whether its closed list has entries of a guide by their numbers.
  private var namesEntries: Bool {
    (values ?? [:]).values.contains { value in
      if case .id = value { return true }
      return false
    }
  }
}

extension FieldContent {
  /// Whether its columns stand in for one another.
  var isChoice: Bool {
    if case .first = self { return true }
    return false
  }

  /// Whether some of its columns make one value together.
  func isJoined(_ columns: Range<Int>) -> Bool {
    switch self {
    case .joined: true
    case .first: columns.count > 1
    case .columns, .constant: false
    }
  }

  /// Whether it is the same for every row.
  fileprivate var isConstant: Bool {
    if case .constant = self { return true }
    return false
  }
}
