import ContactModel
import Yams

extension MappingReader {
  /// Reads `when: { column: Тип, equals: [VIP, Партнёр] }` or `when: { column: ИНН, is: filled }`.
  func condition(_ node: Node) throws(MappingError) -> RuleCondition {
    var column: ColumnReference?
    var test: (key: String, value: ConditionTest)?
    for entry in try entries(of: node, key: "when", expected: .condition) {
      switch entry.key {
      case "column":
        column = try self.column(entry.value, key: entry.key, expected: .conditionColumn)
      case "equals", "is":
        if let test { throw error(.conflictingKeys(test.key, entry.key), at: entry.place) }
        test = (
          entry.key, entry.key == "is" ? try emptiness(entry.value) : try equality(entry.value)
        )
      default:
        throw error(.unknownKey(entry.key, known: ["column", "equals", "is"]), at: entry.place)
      }
    }
    guard let column else {
      throw error(.missingKey("column", in: "when", expected: .condition), at: node.place)
    }
    guard let test else {
      throw error(.missingKey("equals", in: "when", expected: .condition), at: node.place)
    }
    return RuleCondition(column: column, test: test.value)
  }

  private func emptiness(_ node: Node) throws(MappingError) -> ConditionTest {
    switch try string(node, key: "is", expected: .name) {
    case "empty": return .isEmpty
    case "filled": return .isFilled
    case let word:
      throw error(.badValue(key: "is", value: word, allowed: ["empty", "filled"]), at: node.place)
    }
  }

  private func equality(_ node: Node) throws(MappingError) -> ConditionTest {
    guard case .sequence(let sequence) = node, !sequence.isEmpty else {
      return .equals([try string(node, key: "equals", expected: .conditionTexts)])
    }
    var texts: [String] = []
    for node in sequence {
      texts.append(try string(node, key: "equals", expected: .conditionTexts))
    }
    return .equals(texts)
  }

  /// Reads `split: { by: ",", part: 2 }`.
  func split(_ node: Node) throws(MappingError) -> SplitTransform {
    var separator: String?
    var part: Int?
    for entry in try entries(of: node, key: "split", expected: .split) {
      switch entry.key {
      case "by": separator = try text(entry.value, key: entry.key)
      case "part":
        let number = Int(try string(entry.value, key: entry.key, expected: .partNumber))
        guard let number, number != 0 else {
          throw error(.wrongType(key: entry.key, expected: .partNumber), at: entry.value.place)
        }
        part = number
      default: throw error(.unknownKey(entry.key, known: ["by", "part"]), at: entry.place)
      }
    }
    guard let separator else {
      throw error(.missingKey("by", in: "split", expected: .split), at: node.place)
    }
    guard let part else {
      throw error(.missingKey("part", in: "split", expected: .split), at: node.place)
    }
    return SplitTransform(separator: separator, part: part)
  }

  /// Reads `replace: { "ё": "е", " (раб.)": "" }`.
  func replacements(_ node: Node) throws(MappingError) -> [TextReplacement] {
    var replacements: [TextReplacement] = []
    for entry in try entries(of: node, key: "replace", expected: .replacements) {
      guard !entry.key.isEmpty else { throw error(.emptySearch, at: entry.place) }
      guard case .scalar(let scalar) = entry.value, !entry.value.isNull else {
        throw error(.wrongType(key: entry.key, expected: .replacement), at: entry.value.place)
      }
      replacements.append(TextReplacement(entry.key, with: scalar.string))
    }
    guard !replacements.isEmpty else {
      throw error(.wrongType(key: "replace", expected: .replacements), at: node.place)
    }
    return replacements
  }

  /// Reads `default: Розница` or `default: { id: 5 }`.
  func fallback(_ part: Entry, of field: PersonField) throws(MappingError) -> MappedValue {
    let value = try mappedValue(part.value, key: part.key, of: field)
    guard !value.string.trimmingBlanks.isEmpty else {
      throw error(.wrongType(key: part.key, expected: .fallback), at: part.value.place)
    }
    return value
  }

  /// A node's text with the blanks it has, such as a separator.
  func text(_ node: Node, key: String, mayBeEmpty: Bool = false) throws(MappingError) -> String {
    guard case .scalar(let scalar) = node, !node.isNull, mayBeEmpty || !scalar.string.isEmpty
    else { throw error(.wrongType(key: key, expected: .signs(key)), at: node.place) }
    return scalar.string
  }
}
