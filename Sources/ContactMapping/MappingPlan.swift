package import ContactModel

/// A mapping beside the header of one source: names have become numbers, so that rows can be moved
/// without looking anything up.
///
/// An open source (JSON lines, cards) names its columns as its records come. There the plan is made
/// anew whenever the header has grown: a longer header changes nothing about the schema but the
/// `sources` of columns and conditions, and nothing about what becomes of records without the new columns.
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
  /// Columns the mapping names and this source has not, or not yet, which only open formats may lack.
  package let absentColumns: [String]
  /// The cells to fetch for a contact, one after the other.
  let steps: [MappingStep]
  /// How often the source column used most is used.
  let mostUses: Int
  /// Whether a cell is wanted only where another is blank.
  let hasStandIns: Bool

  /// Finds the mapping's columns in a header.
  ///
  /// - Parameters:
  ///   - mapping: What the user wrote.
  ///   - header: The source's column titles; empty where it has none, or where none is known yet.
  ///     Columns of ferry's own are ignored, so that a corrected result file is imported as it is.
  ///   - hasOpenColumns: Whether records may lack columns, so that one that is named but absent is
  ///     empty rather than a mistake; by default what the mapping's `format:` says.
  /// - Throws: ``MappingError`` at the line that names a column a table does not have, unless the mapping
  ///   says `absent: empty`, or has more than once. Of an open source's columns none is ever a mistake.
  /// - Complexity: O(*n*) in the columns and the references.
  package init(_ mapping: Mapping, header: [String], hasOpenColumns: Bool? = nil)
    throws(MappingError)
  {
    let index = HeaderIndex(header)
    let isOpen = hasOpenColumns ?? mapping.source.format?.hasOpenColumns ?? false
    var resolver = try ColumnResolver(mapping, index: index, isOpen: isOpen)
    var columns: [ResolvedColumn] = []
    for rule in mapping.fields { columns.append(try resolver.column(for: rule)) }
    guard columns.contains(where: { $0.column.field == .person }) else {
      throw MappingError(.missingPerson, in: mapping.text, at: mapping.fieldsPlace)
    }
    // Columns may be absent, a name may not: here no header grows that could still bring it.
    if !isOpen, mapping.absent == .empty, !columns.contains(where: \.isPersonSource) {
      throw mapping.missingPersonColumns(header: header)
    }
    if let owner = mapping.owner, !columns.contains(where: { $0.column.field == .user }) {
      columns.append(ResolvedColumn(column: ContactColumn(field: .user, constant: owner)))
    }
    if mapping.movesMobiles, !columns.contains(where: { $0.column.field == .mob }) {
      columns.append(
        ResolvedColumn(
          column: ContactColumn(field: .mob, isRequired: mapping.required.contains(.mob))))
    }
    let order = PersonField.allCases
    columns.sort {
      order.firstIndex(of: $0.column.field) ?? 0 < order.firstIndex(of: $1.column.field) ?? 0
    }

    self.schema = ContactSchema(
      columns: columns.map(\.column), invalid: mapping.invalid, phones: mapping.phones,
      emails: mapping.emails, dates: mapping.dates, owner: mapping.owner)
    self.unmapped = mapping.unmapped
    self.unmappedColumns = header.indices.filter {
      !resolver.used.contains($0) && !index.isFerrys($0)
    }
    self.absentColumns = resolver.absent
    self.steps = MappingStep.steps(for: columns)
    self.mostUses = MappingStep.mostUses(in: steps)
    self.hasStandIns = steps.contains(where: \.beginsStandIn)
  }

  /// Whether any contact can have a name: a source has one of the columns the mapping makes it of.
  ///
  /// In an open source that may become true when the header grows; if it is still false at the end,
  /// ``Mapping/missingPersonColumns(header:)`` says so to the user.
  package var hasPersonSource: Bool {
    schema.columns.contains {
      $0.field == .person && (!$0.sources.isEmpty || $0.constant != nil)
    }
  }
}

extension Mapping {
  /// Refuses lookups, for work that is done without the CRM and would leave names in the place of
  /// numbers.
  package func refuseLookups() throws(MappingError) {
    guard let rule = fields.first(where: { $0.lookup != nil }) else { return }
    throw MappingError(.lookupUnavailable, in: text, at: rule.lookupPlace ?? rule.place)
  }

  /// The error for a source in which none of the columns ever appeared that make a contact's name.
  ///
  /// - Parameter header: All columns the source turned out to have.
  /// - Returns: The error at the first column the mapping names for `person`.
  package func missingPersonColumns(header: [String]) -> MappingError {
    let person = fields.first { $0.field == .person }
    guard let reference = person?.content.columns.first else {
      return MappingError(.missingPerson, in: text, at: person?.place ?? fieldsPlace)
    }
    let columns = HeaderIndex(header).names
    return MappingError(
      .unknownColumn(reference.name, columns: columns), in: text, at: reference.place)
  }
}
