package import ContactModel

/// A mapping beside the header of one source: names have become numbers, so that rows can be moved
/// without looking anything up.
///
/// ```swift
/// let plan = try MappingPlan(mapping, header: reader.header)
/// let contacts = plan.map(batch)      // contact i is record i
/// ```
package struct MappingPlan: Sendable {
  /// What the contacts' columns are, in the order of ``ContactModel/PersonField``'s cases.
  package let schema: ContactSchema
  /// What becomes of ``unmappedColumns``.
  package let unmapped: UnmappedPolicy
  /// The columns of the header that go nowhere, without those ferry itself adds to result files.
  package let unmappedColumns: [Int]
  /// Columns the mapping names and this source has not, which only open formats may lack.
  package let absentColumns: [String]
  /// The cells to fetch for a contact, one after the other.
  let steps: [MappingStep]
  /// How often the source column used most is used.
  let mostUses: Int

  /// Finds the mapping's columns in a header.
  ///
  /// - Parameters:
  ///   - mapping: What the user wrote.
  ///   - header: The source's column titles; empty where it has none. Columns whose name begins with
  ///     `ferry_` are ignored, so that a corrected result file is imported as it is.
  ///   - hasOpenColumns: Whether records may lack columns, so that one that is named but absent is
  ///     empty rather than a mistake; by default what the mapping's `format:` says.
  /// - Throws: ``MappingError`` at the line that names a column the header does not have, or has
  ///   more than once.
  package init(_ mapping: Mapping, header: [String], hasOpenColumns: Bool? = nil)
    throws(MappingError)
  {
    let index = HeaderIndex(header)
    let isOpen = hasOpenColumns ?? mapping.source.format?.hasOpenColumns ?? false
    var resolver = ColumnResolver(index: index, text: mapping.text, isOpen: isOpen)
    var columns: [ContactColumn] = []
    for rule in mapping.fields {
      columns.append(try resolver.column(for: rule, required: mapping.required))
    }
    guard columns.contains(where: { $0.field == .person }) else {
      throw MappingError(.missingPerson, in: mapping.text, at: mapping.fieldsPlace)
    }
    if let owner = mapping.owner, !columns.contains(where: { $0.field == .user }) {
      columns.append(ContactColumn(field: .user, constant: owner))
    }
    let order = PersonField.allCases
    columns.sort { order.firstIndex(of: $0.field) ?? 0 < order.firstIndex(of: $1.field) ?? 0 }

    let used = Set(columns.flatMap(\.sources))
    self.schema = ContactSchema(
      columns: columns, invalid: mapping.invalid, phones: mapping.phones, owner: mapping.owner)
    self.unmapped = mapping.unmapped
    self.unmappedColumns = header.indices.filter { !used.contains($0) && !index.isFerrys($0) }
    self.absentColumns = resolver.absent
    self.steps = MappingStep.steps(for: columns)
    self.mostUses = MappingStep.mostUses(in: steps)
  }
}

/// Turns the column names of rules into numbers.
private struct ColumnResolver {
  let index: HeaderIndex
  let text: MappingText
  let isOpen: Bool
  /// The names an open source does not have.
  var absent: [String] = []

  init(index: HeaderIndex, text: MappingText, isOpen: Bool) {
    self.index = index
    self.text = text
    self.isOpen = isOpen
  }

  /// The contact column that a rule describes.
  mutating func column(for rule: FieldRule, required: [PersonField])
    throws(MappingError) -> ContactColumn
  {
    guard rule.lookup == nil else {
      throw MappingError(.lookupUnavailable, in: text, at: rule.lookupPlace ?? rule.place)
    }
    var column = ContactColumn(
      field: rule.field, treatment: rule.treatment,
      values: rule.values.map { ValueTable($0.mapValues(\.string)) },
      isRequired: rule.field == .person || required.contains(rule.field))
    switch rule.content {
    case .columns(let references): column.sources = try sources(references, of: rule)
    case .joined(let references):
      column.sources = try sources(references, of: rule)
      column.isJoined = true
    case .constant(let value): column.constant = value.string
    }
    return column
  }

  private mutating func sources(_ references: [ColumnReference], of rule: FieldRule)
    throws(MappingError) -> [Int]
  {
    var sources: [Int] = []
    for reference in references {
      if let source = try source(reference) { sources.append(source) }
    }
    // A source without a single name is not the one the mapping was written for.
    if sources.isEmpty, rule.field == .person, let first = references.first {
      throw error(.unknownColumn(first.name, columns: index.names), at: first)
    }
    return sources
  }

  private mutating func source(_ reference: ColumnReference) throws(MappingError) -> Int? {
    switch index.find(reference.name) {
    case .column(let column): return column
    case .several(let count):
      throw error(.ambiguousColumn(reference.name, count: count), at: reference)
    case .outOfRange:
      throw error(.columnOutOfRange(reference.name, count: index.titles.count), at: reference)
    case .none:
      guard isOpen else {
        throw error(.unknownColumn(reference.name, columns: index.names), at: reference)
      }
      absent.append(reference.name)
      return nil
    }
  }

  private func error(_ problem: MappingProblem, at reference: ColumnReference) -> MappingError {
    MappingError(problem, in: text, at: reference.place)
  }
}
