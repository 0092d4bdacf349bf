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
        content = (part.key, try fieldContent(part, of: &rule))
      case "when": rule.condition = try condition(part.value)
      case "split": rule.transforms.split = try split(part.value)
      case "trim": rule.transforms.trimmed = try text(part.value, key: part.key)
      case "replace": rule.transforms.replacements = try replacements(part.value)
      case "case": rule.transforms.letterCase = try choice(part.value, key: part.key)
      case "values": rule.values = try values(part.value, of: field)
      case "as": rule.treatment = try choice(part.value, key: part.key)
      case "order": rule.name.order = try choice(part.value, key: part.key)
      case "part": rule.name.part = try choice(part.value, key: part.key)
      case "default": rule.fallback = try fallback(part, of: field)
      case "invalid": rule.invalid = try choice(part.value, key: part.key)
      case "lookup":
        rule.lookup = try choice(part.value, key: part.key)
        rule.lookupPlace = part.place
        guard field == .clid else { throw error(.lookupField(field), at: part.place) }
      default: throw error(.unknownKey(part.key, known: MappingReader.ruleKeys), at: part.place)
      }
    }
    guard let content else { throw error(.ruleWithoutSource(field), at: entry.place) }
    rule.content = content.value
    try refuseConflicts(in: parts, of: rule, content: content.key)
    return rule
  }

  private static let ruleKeys = [
    "from", "join", "first", "value", "when", "split", "trim", "replace", "case", "values", "as",
    "order", "part", "default", "invalid", "lookup",
  ]

  /// Refuses keys that would silently do nothing beside others.
  ///
  /// A constant is sent as it is written, a lookup wants the text as it stands, and a name's capitals
  /// are its own matter.
  private func refuseConflicts(in parts: [Entry], of rule: FieldRule, content: String)
    throws(MappingError)
  {
    let contentKeys = ["from", "join", "first", "value"]
    for part in parts {
      if content == "value", !["value", "when", "default"].contains(part.key) {
        throw error(.conflictingKeys("value", part.key), at: part.place)
      }
      if rule.lookup != nil, part.key != "lookup", !contentKeys.contains(part.key) {
        throw error(.conflictingKeys("lookup", part.key), at: part.place)
      }
      switch part.key {
      case "default" where content == "value" && rule.condition == nil:
        throw error(.keyWithout("default", needed: "when"), at: part.place)
      case "order" where rule.treatment != .name, "part" where rule.treatment != .name:
        throw error(.keyWithout(part.key, needed: "as: name"), at: part.place)
      case "case" where rule.treatment == .name:
        throw error(.conflictingKeys("as: name", "case"), at: part.place)
      case "values": try refuseUnreachable(part.value, in: rule)
      default: break
      }
    }
  }

  /// Refuses a text in `values:` that no cell can have after `case:`.
  private func refuseUnreachable(_ node: Node, in rule: FieldRule) throws(MappingError) {
    guard let letterCase = rule.transforms.letterCase else { return }
    for entry in try entries(of: node, key: "values", expected: .valueTable) {
      let text = entry.key.trimmingBlanks
      let reachable = letterCase.applied(to: text)
      guard text == reachable else {
        throw error(.unreachableValue(text, letterCase, reachable: reachable), at: entry.place)
      }
    }
  }
}
