import ContactModel

/// Turns the rules of a mapping round, one after the other, and puts their columns together.
struct ReversalBuilder {
  /// A column of the file and what is to fill it.
  struct Target {
    let name: String
    var claims: [Claim] = []
  }

  /// What a rule puts into a column.
  struct Claim {
    let field: PersonField
    let reference: ColumnReference
    let part: MappingReversal.Part
    let share: Share
  }

  /// How much of a column a rule reads.
  enum Share: Equatable {
    case whole
    case split(SplitTransform)
    case name(NamePart, NameOrder?)
  }

  let mapping: Mapping
  private let format: SourceFormat
  /// The fields that columns go to, by the names of those that are more than one choice of several.
  private let owners: [String: PersonField]
  /// The field whose columns get the mobile numbers that the mapping moves to a field without any.
  private let mobileHost: PersonField?
  private var targets: [Target] = []
  private var places: [String: Int] = [:]
  private var sources: [MappingReversal.Source] = []
  private var inexact: [MappingReversal.Inexactness] = []

  /// How many properties of a card, or elements of a JSON array, one field's values get; the last
  /// has the rest.
  private static let mostValues = 8

  init(_ mapping: Mapping, writing format: SourceFormat) {
    self.mapping = mapping
    self.format = format
    var owners: [String: PersonField] = [:]
    for rule in mapping.fields where !rule.content.isChoice {
      for reference in rule.content.columns {
        let key = HeaderIndex.key(reference.name)
        if owners[key] == nil { owners[key] = rule.field }
      }
    }
    self.owners = owners
    let hasMobiles = mapping.fields.contains { $0.field == .mob }
    let hosts: [PersonField] = mapping.movesMobiles && !hasMobiles ? [.tel, .fax] : []
    mobileHost = hosts.first { host in
      mapping.fields.contains { $0.field == host && !$0.content.columns.isEmpty }
    }
  }

  /// Adds the columns of a rule.
  mutating func add(_ rule: FieldRule) throws(MappingError) {
    for key in rule.inexactKeys { note(rule.field, key) }
    let taken = try takenColumns(of: rule)
    let isJoined = rule.content.isJoined(taken)
    var partCount = 0
    for (index, reference) in rule.content.columns.enumerated() {
      for name in try names(of: reference, hasSeveral: rule.hasSeveralValues) {
        let target = place(ofColumn: name)
        guard taken.contains(index) else { continue }
        let claim = Claim(
          field: rule.field, reference: reference,
          part: MappingReversal.Part(source: sources.count, number: partCount),
          share: isJoined ? .whole : rule.share)
        targets[target].claims.append(claim)
        partCount += 1
      }
    }
    if let condition = rule.condition {
      // A table without the column that is asked could not be read back.
      for name in try names(of: condition.column, hasSeveral: false) { _ = place(ofColumn: name) }
    }
    guard partCount > 0 else { return }
    sources.append(
      MappingReversal.Source(
        fields: fields(of: rule),
        parting: isJoined ? rule.parting(into: rule.content.columns[taken].map(\.name)) : .list,
        partCount: partCount, texts: rule.textsByValue))
  }

  /// The mapping turned round.
  func finish() throws(MappingError) -> MappingReversal {
    var columns: [MappingReversal.Column] = []
    for target in targets where !format.hasOpenColumns || !target.claims.isEmpty {
      columns.append(try column(of: target))
    }
    guard !sources.isEmpty else {
      throw MappingError(.noColumns, in: mapping.text, at: mapping.fieldsPlace)
    }
    var inexact = self.inexact
    if mapping.owner != nil, !mapping.fields.contains(where: { $0.field == .user }) {
      inexact.append(MappingReversal.Inexactness(field: .user, key: "owner"))
    }
    return MappingReversal(columns: columns, sources: sources, inexact: inexact)
  }

  // MARK: - Columns of a rule

  /// Which of a rule's columns get its value.
  private mutating func takenColumns(of rule: FieldRule) throws(MappingError) -> Range<Int> {
    let columns = rule.content.columns
    switch rule.content {
    // The CRM does not know of what type a number was; the first type is as good as any for all.
    case .columns: return 0..<(format.isCards ? min(1, columns.count) : columns.count)
    case .joined: return 0..<columns.count
    case .constant: return 0..<0
    case .first(let alternatives):
      var start = 0
      for (number, alternative) in alternatives.enumerated() {
        if alternative.allSatisfy({ owner(of: $0) == nil }) {
          if number > 0 { note(rule.field, "first") }
          return start..<(start + alternative.count)
        }
        start += alternative.count
      }
      guard let column = columns.first(where: { owner(of: $0) != nil }),
        let field = owner(of: column)
      else { return 0..<0 }
      throw MappingError(
        .sharedColumn(column.name, field, rule.field), in: mapping.text, at: column.place)
    }
  }

  /// The field that fills a column already, or that only this column can fill.
  private func owner(of reference: ColumnReference) -> PersonField? {
    let key = HeaderIndex.key(reference.name)
    return owners[key] ?? places[key].flatMap { targets[$0].claims.first?.field }
  }

  /// The columns that are written for a name in the mapping.
  private func names(
    of reference: ColumnReference, hasSeveral: Bool
  ) throws(MappingError) -> [String] {
    let name = reference.name
    guard name.first != "#" || Int(name.dropFirst()) == nil else {
      throw MappingError(.numberedColumn(name), in: mapping.text, at: reference.place)
    }
    let parsed = ColumnName(key: HeaderIndex.key(name))
    let count = hasSeveral ? Self.mostValues : 1
    if format == .jsonl {
      guard parsed.hasWildcard else { return [name] }
      return (0..<count).map { name.replacing("[*]", with: "[\($0)]") }
    }
    let title = name.replacing("[*]", with: "")
    guard format.isCards, count > 1, parsed.occurrence == nil else { return [title] }
    return [title] + (2...count).map { "\(title) (\($0))" }
  }

  /// The place of a column, which is made where there is none of its name.
  private mutating func place(ofColumn name: String) -> Int {
    let key = HeaderIndex.key(name)
    if let place = places[key] { return place }
    places[key] = targets.count
    targets.append(Target(name: name))
    return targets.count - 1
  }

  // MARK: - Fields

  private func fields(of rule: FieldRule) -> [PersonField] {
    // The CRM shows a client's title beside its number.
    let field = rule.lookup == .client ? .client : rule.field
    return rule.field == mobileHost ? [field, .mob] : [field]
  }

  private mutating func note(_ field: PersonField, _ key: String) {
    inexact.append(MappingReversal.Inexactness(field: field, key: key))
  }
}

extension SourceFormat {
  /// Whether it has the columns of cards.
  fileprivate var isCards: Bool { self == .vcf || self == .xml }
}
