import ContactModel

/// Turns the column names of a mapping into the numbers of a header's columns.
///
/// A column goes to the reference that means it most exactly, and to each of those that mean it
/// equally exactly. That depends on its name and the mapping alone, never on the other columns: a
/// header that grows while its source is read changes nothing about the columns known before.
struct ColumnResolver {
  let mapping: Mapping
  let index: HeaderIndex
  let isOpen: Bool
  /// The columns by the stems of their names; empty where no reference means more than a name.
  private let columnsByStem: [String: [(number: Int, name: ColumnName)]]
  /// How exactly each column is meant by the reference that does so most exactly.
  private var claims: [Int: ColumnName.Exactness] = [:]
  /// The names an open source does not have.
  private(set) var absent: [String] = []
  /// The columns that go somewhere.
  private(set) var used: Set<Int> = []

  /// Meets a mapping with a header and settles which reference each column goes to.
  init(_ mapping: Mapping, index: HeaderIndex, isOpen: Bool) throws(MappingError) {
    self.mapping = mapping
    self.index = index
    self.isOpen = isOpen
    let needsStems =
      isOpen || mapping.fields.contains { $0.references.contains(where: \.hasWildcard) }
    columnsByStem = needsStems ? ColumnResolver.stems(of: index) : [:]
    for rule in mapping.fields {
      for reference in rule.content.columns where !rule.content.isStandIn {
        for match in try matches(
          of: reference, takesFurtherValues: rule.takesFurtherValues)
        {
          claims[match.column] = min(claims[match.column] ?? .anyKind, match.exactness)
        }
      }
    }
  }

  /// A column of the header that a reference means.
  private struct Match {
    var column: Int
    var exactness: ColumnName.Exactness
  }

  /// The contact column that a rule describes.
  mutating func column(for rule: FieldRule) throws(MappingError) -> ResolvedColumn {
    var column = ContactColumn(
      field: rule.field, separator: rule.separator, transforms: rule.transforms,
      // What is looked up is a name, whatever the field holds otherwise.
      treatment: rule.lookup == nil ? rule.treatment : .text,
      values: rule.values.map { ValueTable($0.mapValues(\.string)) },
      name: rule.name, fallback: rule.fallback?.string, invalid: rule.invalid,
      isRequired: rule.field == .person || mapping.required.contains(rule.field),
      isLookedUp: rule.lookup != nil)
    column.condition = try rule.condition.map { condition throws(MappingError) in
      ValueCondition(sources: try sources(of: condition), test: condition.test)
    }
    var standIns: Set<Int> = []
    switch rule.content {
    case .columns(let references): column.sources = try sources(references, of: rule)
    case .joined(let references):
      column.sources = try sources(references, of: rule)
      column.isJoined = true
    case .first(let alternatives):
      column.isJoined = alternatives.contains { $0.count > 1 }
      for alternative in alternatives {
        let sources = try sources(alternative, of: rule)
        if alternative.count > 1 {
          standIns.insert(column.sources.count)
        } else {
          standIns.formUnion(column.sources.count..<(column.sources.count + sources.count))
        }
        column.sources += sources
      }
    case .constant(let value): column.constant = value.string
    }
    return ResolvedColumn(column: column, standIns: standIns)
  }

  /// The columns that a list of references means, in the references' order and then the header's.
  private mutating func sources(_ references: [ColumnReference], of rule: FieldRule)
    throws(MappingError) -> [Int]
  {
    var sources: [Int] = []
    for reference in references {
      let matches = try matches(
        of: reference, takesFurtherValues: rule.takesFurtherValues)
      if matches.isEmpty { absent.append(reference.name) }
      for match in matches where takes(match, in: rule) {
        // A name and a number may mean the same column, which is one value all the same.
        if rule.content.isList, sources.contains(match.column) { continue }
        sources.append(match.column)
        if !rule.content.isStandIn || match.exactness == .itself { used.insert(match.column) }
      }
    }
    return sources
  }

  /// The columns a condition looks at, which it takes away from nobody.
  ///
  /// Like a stand-in it uses only a column it names: `TEL[*]` tells whether there is a phone, and a
  /// phone that goes nowhere is still one.
  private mutating func sources(of condition: RuleCondition)
    throws(MappingError) -> [Int]
  {
    let matches = try matches(of: condition.column, takesFurtherValues: false)
    if matches.isEmpty { absent.append(condition.column.name) }
    for match in matches where match.exactness == .itself { used.insert(match.column) }
    return matches.map(\.column)
  }

  /// Whether no other reference means a column more exactly; a stand-in takes nothing away, so that
  /// it need not ask.
  private func takes(_ match: Match, in rule: FieldRule) -> Bool {
    rule.content.isStandIn || claims[match.column] == match.exactness
  }

  /// All columns that a reference means, in the header's order.
  private func matches(of reference: ColumnReference, takesFurtherValues: Bool)
    throws(MappingError) -> [Match]
  {
    let name = ColumnName(key: HeaderIndex.key(reference.name))
    guard !isOpen else {
      // An open header repeats no title: a number in brackets is part of the name there.
      let found = index.find(reference.name, countsRepeats: false)
      guard case .columns(let columns) = found else {
        return related(name, to: [], takesFurtherValues)
      }
      return related(name, to: columns, takesFurtherValues)
    }
    switch index.find(reference.name) {
    case .columns(let columns):
      guard columns.count == 1 else {
        throw error(.ambiguousColumn(reference.name, count: columns.count), at: reference)
      }
      return [Match(column: columns[0], exactness: .itself)]
    case .outOfRange:
      throw error(.columnOutOfRange(reference.name, count: index.titles.count), at: reference)
    case .none:
      let matches = name.hasWildcard ? related(name, to: [], takesFurtherValues) : []
      guard !matches.isEmpty || mapping.absent == .empty else {
        throw error(.unknownColumn(reference.name, columns: index.names), at: reference)
      }
      return matches
    }
  }

  /// The columns with exactly the name, and those it means besides.
  private func related(
    _ name: ColumnName, to columns: [Int], _ takesFurtherValues: Bool
  ) -> [Match] {
    let related = (columnsByStem[name.stem] ?? []).compactMap { candidate -> Match? in
      guard !columns.contains(candidate.number),
        let exactness = name.exactness(for: candidate.name),
        exactness == .itself || exactness == .anyKind || takesFurtherValues
      else { return nil }
      return Match(column: candidate.number, exactness: exactness)
    }
    return (columns.map { Match(column: $0, exactness: .itself) } + related)
      .sorted { $0.column < $1.column }
  }

  private func error(_ problem: MappingProblem, at reference: ColumnReference) -> MappingError {
    MappingError(problem, in: mapping.text, at: reference.place)
  }

  private static func stems(of index: HeaderIndex) -> [String: [(number: Int, name: ColumnName)]] {
    var stems: [String: [(number: Int, name: ColumnName)]] = [:]
    for number in index.titles.indices where !index.isFerrys(number) {
      let name = ColumnName(key: index.keys[number])
      stems[name.stem, default: []].append((number, name))
    }
    return stems
  }
}

/// A contact column together with what only the mapper needs to know about it.
struct ResolvedColumn: Sendable {
  var column: ContactColumn
  /// The places in `column.sources` where another alternative begins, wanted only if the ones before
  /// it are blank; empty for a column without alternatives.
  var standIns: Set<Int> = []

  /// Whether it can give a contact its name.
  var isPersonSource: Bool {
    column.field == .person && (!column.sources.isEmpty || column.constant != nil)
  }
}

extension FieldRule {
  /// All columns it names, those of its condition included.
  fileprivate var references: [ColumnReference] {
    content.columns + (condition.map { [$0.column] } ?? [])
  }

  /// Whether a name means all values of its kind in a record, not just the first.
  ///
  /// So it is where a field holds several, and where losing one would be worse than listing it.
  fileprivate var takesFurtherValues: Bool {
    guard content.isList, values == nil else { return false }
    switch treatment ?? field.defaultTreatment {
    case .phone, .email: return true
    case .name, .date, .number: return false
    case .text: return ![.person, .user, .mperson, .loyalty, .clientpath].contains(field)
    }
  }
}

extension FieldContent {
  /// Whether each cell is a value of its own.
  fileprivate var isList: Bool {
    if case .columns = self { return true }
    return false
  }

  /// Whether its columns stand in for one another.
  fileprivate var isStandIn: Bool {
    if case .first = self { return true }
    return false
  }
}

extension ColumnReference {
  /// Whether it means every kind of a property: `TEL[*]`.
  fileprivate var hasWildcard: Bool { ColumnName(key: HeaderIndex.key(name)).hasWildcard }
}
