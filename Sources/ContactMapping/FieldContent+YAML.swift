import ContactModel
import Yams

extension MappingReader {
  /// Reads `from:`, `join:`, `first:` or `value:` of a rule.
  func fieldContent(_ part: Entry, of rule: inout FieldRule) throws(MappingError) -> FieldContent {
    switch part.key {
    case "join": return .joined(try joined(part, of: &rule))
    case "first": return .first(try alternatives(part.value, key: part.key))
    case "value": return .constant(try mappedValue(part.value, key: part.key, of: rule.field))
    default: return .columns(try columns(part.value, key: part.key, expected: .columns))
    }
  }

  /// Reads `join: [A, B]` or `join: { columns: [A, B], with: ", " }`.
  private func joined(_ part: Entry, of rule: inout FieldRule)
    throws(MappingError) -> [ColumnReference]
  {
    guard case .mapping = part.value else {
      return try columns(part.value, key: part.key, expected: .columns)
    }
    var joined: [ColumnReference]?
    for entry in try entries(of: part.value, key: part.key, expected: .joinedColumns) {
      switch entry.key {
      case "columns": joined = try columns(entry.value, key: entry.key, expected: .columns)
      case "with": rule.separator = try text(entry.value, key: entry.key, mayBeEmpty: true)
      default: throw error(.unknownKey(entry.key, known: ["columns", "with"]), at: entry.place)
      }
    }
    guard let joined else {
      throw error(.missingKey("columns", in: "join", expected: .joinedColumns), at: part.place)
    }
    return joined
  }

  /// A column's name or a list of them.
  func columns(_ node: Node, key: String, expected: ExpectedShape)
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

  /// A column's name with its place.
  func column(_ node: Node, key: String, expected: ExpectedShape)
    throws(MappingError) -> ColumnReference
  {
    var column = ColumnReference(try string(node, key: key, expected: expected))
    column.place = node.place
    return column
  }

  /// Reads `values: { Постоянный: { id: 3 }, Новый: VIP }`.
  func values(_ node: Node, of field: PersonField)
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
  func mappedValue(_ node: Node, key: String, of field: PersonField)
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
