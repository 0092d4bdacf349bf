import ContactMapping
import ContactModel
import PersonAPI

extension Mapping {
  /// Whether a rule takes names of a field from the file or gives them itself, other than by number.
  func namesEntries(of field: PersonField) -> Bool {
    fields.contains { rule in
      rule.field == field && (rule.takesTexts || rule.mappedValues.contains { !$0.isNumber })
    }
  }

  /// Whether contacts are given owners.
  var namesOwners: Bool { owner != nil || fields.contains { $0.field == .user } }

  /// The mapping with the guide entries it names itself as the server takes them.
  ///
  /// A text becomes a number where the server takes numbers, a number becomes a text where it takes
  /// texts. What the file names is for ``PersonAPI/NameResolver``.
  ///
  /// - Parameters:
  ///   - variant: The kind of server.
  ///   - names: What the account knows.
  /// - Returns: The mapping in the server's terms.
  /// - Throws: ``PlanningError`` for an entry the server would take for another or make anew.
  func resolvingGuides(for variant: Variant, _ names: AccountNames) throws(PlanningError) -> Mapping
  {
    var mapping = self
    for index in fields.indices {
      let field = fields[index].field
      guard field == .loyalty || field == .clientpath else { continue }
      let resolve = { (value: MappedValue) throws(PlanningError) -> MappedValue in
        try value.entry(of: field, for: variant, names)
      }
      if case .constant(let value) = fields[index].content {
        mapping.fields[index].content = .constant(try resolve(value))
      }
      if let values = fields[index].values {
        var resolved: [String: MappedValue] = [:]
        for (text, value) in values.sorted(by: { $0.key < $1.key }) {
          resolved[text] = try resolve(value)
        }
        mapping.fields[index].values = resolved
      }
      mapping.fields[index].fallback = try fields[index].fallback.map(resolve)
      if !variant.takesGuideTexts, fields[index].takesTexts, !names.knows(field) {
        throw .guideText(field)
      }
    }
    return mapping
  }

  /// The guide entries that a resolved mapping names by number, as they stand in contacts.
  var entryNumbers: [PersonField: Set<String>] {
    var numbers: [PersonField: Set<String>] = [:]
    for rule in fields {
      for value in rule.mappedValues where value.isNumber {
        numbers[rule.field, default: []].insert(value.string)
      }
    }
    return numbers
  }

  /// The first text of a guide that the mapping itself names and the account does not know.
  func newEntries(of field: PersonField, _ names: AccountNames) -> [String] {
    var texts: [String] = []
    for rule in fields where rule.field == field {
      for case .text(let text) in rule.mappedValues
      where !text.isEmpty && names.entry(text, of: field) == nil && !texts.contains(text) {
        texts.append(text)
      }
    }
    return texts.sorted()
  }

  /// Refuses an owner whom the account does not know, and who would get every contact.
  func checkOwners(_ names: AccountNames) throws(PlanningError) {
    guard names.owners != nil else { return }
    let logins =
      [owner].compactMap { $0 }
      + fields.filter { $0.field == .user }
      .flatMap(\.mappedValues).map(\.string)
    for login in logins where !login.isEmpty && names.owner(login) == nil {
      throw .ownerUnknown(login)
    }
  }
}

extension FieldRule {
  /// The values that the mapping itself gives.
  fileprivate var mappedValues: [MappedValue] {
    let fallbacks = fallback.map { [$0] } ?? []
    if case .constant(let value) = content { return [value] + fallbacks }
    return (values.map { Array($0.values) } ?? []) + fallbacks
  }

  /// Whether texts of the file are sent as they stand.
  fileprivate var takesTexts: Bool { values == nil && !content.columns.isEmpty }
}

extension MappedValue {
  fileprivate var isNumber: Bool {
    if case .id = self { return true }
    return false
  }

  /// The value as a server takes it for a guide's entry.
  fileprivate func entry(
    of field: PersonField, for variant: Variant, _ names: AccountNames
  ) throws(PlanningError) -> MappedValue {
    switch self {
    case .id(let number):
      guard variant.takesGuideTexts else { return self }
      guard let title = names.title(of: number, in: field) else { throw .guideNumber(field) }
      return .text(title)
    case .text(let text):
      guard !text.isEmpty else { return self }
      guard names.knows(field) else {
        if variant.takesGuideTexts { return self }
        throw .guideText(field)
      }
      guard let number = names.entry(text, of: field) else { throw .entryUnknown(field, text) }
      return variant.takesGuideTexts ? self : .id(number)
    }
  }
}
