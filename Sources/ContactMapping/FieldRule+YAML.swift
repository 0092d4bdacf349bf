import ContactModel
import Yams

extension MappingReader {
  /// The rules under `fields:`, in the file's order.
  func rules(_ node: Node) throws(MappingError) -> [FieldRule] {
    var rules: [FieldRule] = []
    for entry in try entries(of: node, key: "fields", expected: .settings) {
      let field = try field(named: entry.key, at: entry.place)
      var rule = try rule(for: field, entry)
      rule.place = entry.place
      rules.append(rule)
    }
    return rules
  }

  /// A field the mapping may fill.
  func field(named name: String, at place: MappingPlace?) throws(MappingError) -> PersonField {
    guard let field = PersonField(rawValue: name) else {
      throw error(.unknownField(name), at: place)
    }
    guard field.isWritable else { throw error(.unwritableField(field), at: place) }
    return field
  }

  /// A rule in any of its three forms: a column, a list of columns, or keys.
  private func rule(for field: PersonField, _ entry: Entry) throws(MappingError) -> FieldRule {
    guard case .mapping = entry.value else {
      let columns = try columns(entry.value, key: entry.key, expected: .rule)
      return FieldRule(field: field, content: .columns(columns))
    }
    var content: (key: String, value: FieldContent)?
    var rule = FieldRule(field: field, content: .columns([]))
    let parts = try entries(of: entry.value, key: entry.key, expected: .rule)
    for part in parts {
      switch part.key {
      case "from", "join", "first", "value":
        if let content { throw error(.conflictingKeys(content.key, part.key), at: part.place) }
        content = (part.key, try fieldContent(part, of: field))
      case "as": rule.treatment = try choice(part.value, key: part.key)
      case "values": rule.values = try values(part.value, of: field)
      case "lookup":
        rule.lookup = try choice(part.value, key: part.key)
        rule.lookupPlace = part.place
        guard field == .clid else { throw error(.lookupField(field), at: part.place) }
      default:
        let known = ["from", "join", "first", "value", "as", "values", "lookup"]
        throw error(.unknownKey(part.key, known: known), at: part.place)
      }
    }
    guard let content else { throw error(.ruleWithoutSource(field), at: entry.place) }
    rule.content = content.value
    try refuseConflicts(in: parts, content: content.key)
    return rule
  }

  /// A constant is sent as it is written, and a lookup wants the text as it stands.
  private func refuseConflicts(in parts: [Entry], content: String) throws(MappingError) {
    let hasLookup = parts.contains { $0.key == "lookup" }
    for part in parts {
      if content == "value", part.key != "value" {
        throw error(.conflictingKeys("value", part.key), at: part.place)
      }
      if hasLookup, part.key == "as" || part.key == "values" {
        throw error(.conflictingKeys("lookup", part.key), at: part.place)
      }
    }
  }

  private func fieldContent(_ part: Entry, of field: PersonField)
    throws(MappingError) -> FieldContent
  {
    switch part.key {
    case "join": .joined(try columns(part.value, key: part.key, expected: .columns))
    case "first": .first(try alternatives(part.value, key: part.key))
    case "value": .constant(try mappedValue(part.value, key: part.key, of: field))
    default: .columns(try columns(part.value, key: part.key, expected: .columns))
    }
  }

  /// A column's name or a list of them.
  private func columns(_ node: Node, key: String, expected: ExpectedShape)
    throws(MappingError) -> [ColumnReference]
  {
    guard case .sequence(let sequence) = node else {
      return [try column(node, key: key, expected: expected)]
    }
    var columns: [ColumnReference] = []
    var names: Set<String> = []
    for node in sequence {
      let column = try column(node, key: key, expected: .columnName)
      guard names.insert(column.name).inserted else {
        throw error(.duplicateKey(column.name), at: node.place)
      }
      columns.append(column)
    }
    guard !columns.isEmpty else {
      throw error(.wrongType(key: key, expected: expected), at: node.place)
    }
    return columns
  }

  /// A list of alternatives, each a column's name or `{ join: [A, B] }`.
  private func alternatives(_ node: Node, key: String) throws(MappingError) -> [[ColumnReference]] {
    guard case .sequence(let sequence) = node, !sequence.isEmpty else {
      throw error(.wrongType(key: key, expected: .alternatives), at: node.place)
    }
    var alternatives: [[ColumnReference]] = []
    for node in sequence {
      guard case .mapping = node else {
        alternatives.append([try column(node, key: key, expected: .alternatives)])
        continue
      }
      let parts = try entries(of: node, key: key, expected: .alternatives)
      for part in parts where part.key != "join" {
        throw error(.unknownKey(part.key, known: ["join"]), at: part.place)
      }
      guard let part = parts.first else {
        throw error(.wrongType(key: key, expected: .alternatives), at: node.place)
      }
      alternatives.append(try columns(part.value, key: part.key, expected: .columns))
    }
    return alternatives
  }

  private func column(_ node: Node, key: String, expected: ExpectedShape)
    throws(MappingError) -> ColumnReference
  {
    var column = ColumnReference(try string(node, key: key, expected: expected))
    column.place = node.place
    return column
  }

  /// Reads `values: { Постоянный: { id: 3 }, Новый: VIP }`.
  private func values(_ node: Node, of field: PersonField)
    throws(MappingError) -> [String: MappedValue]
  {
    var values: [String: MappedValue] = [:]
    for entry in try entries(of: node, key: "values", expected: .valueTable) {
      let text = entry.key.trimmingBlanks
      guard values[text] == nil else { throw error(.duplicateKey(text), at: entry.place) }
      values[text] = try mappedValue(entry.value, key: text, of: field)
    }
    guard !values.isEmpty else {
      throw error(.wrongType(key: "values", expected: .valueTable), at: node.place)
    }
    return values
  }

  /// A text, which may be empty if it is quoted, or `{ id: N }`.
  private func mappedValue(_ node: Node, key: String, of field: PersonField)
    throws(MappingError) -> MappedValue
  {
    if case .scalar(let scalar) = node, !node.isNull { return .text(scalar.string) }
    let parts = try entries(of: node, key: key, expected: .mappedValue)
    for part in parts where part.key != "id" {
      throw error(.unknownKey(part.key, known: ["id"]), at: part.place)
    }
    guard let part = parts.first else {
      throw error(.wrongType(key: key, expected: .mappedValue), at: node.place)
    }
    guard field == .loyalty || field == .clientpath else {
      throw error(.idWithoutGuide(field), at: part.place)
    }
    guard let id = Int(try string(part.value, key: "id", expected: .guideNumber)), id > 0 else {
      throw error(.wrongType(key: "id", expected: .guideNumber), at: part.value.place)
    }
    return .id(id)
  }
}
