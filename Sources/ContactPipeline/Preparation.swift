package import ContactMapping
package import ContactModel
import ContactNormalization
package import PersonAPI

/// Makes contacts of records: maps, normalizes, and decides which are fit to be sent.
///
/// A value without state, so that several batches can be prepared at once.
package struct Preparation: Sendable {
  /// What has not changed when the header grows.
  private let mapping: Mapping
  private let hasOpenColumns: Bool
  /// How many columns were known when the plan was made.
  private let columnCount: Int
  private let plan: MappingPlan
  private let normalizer: ContactNormalizer
  /// The kind of server whose treatment of values is foretold, if any is.
  private let variant: Variant?
  private let reviewer: ContactReviewer?

  /// Meets a mapping with a source's header.
  ///
  /// - Parameters:
  ///   - mapping: What the user wrote.
  ///   - header: The source's columns, as far as they are known.
  ///   - hasOpenColumns: Whether there may be more of them later.
  ///   - variant: The kind of server whose treatment of values is to be foretold, with all fields
  ///     switched on; `nil` where a server is asked itself, or none has a part in it.
  /// - Throws: `MappingError` where the mapping names a column that a table does not have.
  package init(
    mapping: Mapping, header: [String], hasOpenColumns: Bool, foretelling variant: Variant? = nil
  ) throws {
    self.mapping = mapping
    self.hasOpenColumns = hasOpenColumns
    columnCount = header.count
    plan = try MappingPlan(mapping, header: header, hasOpenColumns: hasOpenColumns)
    normalizer = try ContactNormalizer(schema: plan.schema)
    self.variant = variant
    let schema = plan.schema
    reviewer = variant.map { variant in
      ContactReviewer(predictor: StoredValuePredictor(schema: schema, variant: variant))
    }
  }

  /// What the contacts' columns are.
  package var schema: ContactSchema { plan.schema }

  /// The preparation for a batch whose header may have grown.
  func adapted(to header: [String]) throws -> Preparation {
    guard hasOpenColumns, header.count > columnCount else { return self }
    return try Preparation(
      mapping: mapping, header: header, hasOpenColumns: true, foretelling: variant)
  }

  /// Refuses a source in which no column ever appeared that the mapping makes a contact's name of.
  func checkNames(in header: [String]) throws(MappingError) {
    guard hasOpenColumns, !plan.hasPersonSource else { return }
    throw mapping.missingPersonColumns(header: header)
  }

  /// Prepares one batch.
  ///
  /// - Complexity: O(*n*) in the batch's bytes.
  package func prepare(_ source: RecordBatch, index: Int) -> PreparedBatch {
    let normalized = normalizer.normalize(plan.map(source))
    var isRejected = normalized.isRejected
    var issues = normalized.issues
    // The normalizer's issues are in record order already; others have to be merged in.
    var isInOrder = true
    if !source.issues.isEmpty {
      isInOrder = false
      for issue in source.issues where issue.severity == .error {
        isRejected[Int(issue.record)] = true
      }
      issues = source.issues + issues
    }
    let unmapped = unmappedValues(of: source)
    if plan.unmapped == .reject {
      for issue in unmapped.issues { isRejected[Int(issue.record)] = true }
      issues += unmapped.issues
      isInOrder = isInOrder && unmapped.issues.isEmpty
    }
    var contacts = normalized.contacts
    if let reviewer {
      let reviewed = reviewer.review(contacts, isRejected: isRejected)
      (contacts, isRejected) = (reviewed.contacts, reviewed.isRejected)
      isInOrder = isInOrder && reviewed.issues.isEmpty
      issues += reviewed.issues
    }
    if !isInOrder { issues.sort { $0.record < $1.record } }
    return PreparedBatch(
      index: index, source: source, contacts: contacts,
      issues: issues, isRejected: isRejected, unmapped: unmapped.counts,
      nameColumns: plan.schema.columns.filter { $0.treatment == .name && !$0.sources.isEmpty },
      predictor: reviewer?.predictor)
  }

  /// Counts the values in columns that go nowhere; makes issues of them where they are not allowed.
  private func unmappedValues(of source: RecordBatch) -> (counts: [UnmappedCount], issues: [Issue])
  {
    guard plan.unmapped != .ignore else { return ([], []) }
    var counts = plan.unmappedColumns.map { UnmappedCount(column: $0, values: 0) }
    var issues: [Issue] = []
    for record in 0..<source.count {
      for (slot, column) in plan.unmappedColumns.enumerated()
      where !source.fieldRange(record: record, field: column).isEmpty {
        counts[slot].values += 1
        if plan.unmapped == .reject {
          issues.append(Issue(.unmappedColumn, record: record, sourceColumn: column))
        }
      }
    }
    return (counts, issues)
  }
}

/// How many values a batch has in a column that goes nowhere.
package struct UnmappedCount: Sendable, Equatable {
  /// The source column's index.
  package let column: Int
  /// How many of its fields are not empty.
  package fileprivate(set) var values: Int
}

/// A batch of records with the contacts made of them.
///
/// They travel together until the outcome.
package struct PreparedBatch: Sendable {
  /// The batch's place in its source, from 0.
  package let index: Int
  /// The records as they stood in the file.
  package let source: RecordBatch
  /// The contact made of each.
  package let contacts: ContactBatch
  /// What was noticed, in record order.
  package let issues: [Issue]
  /// Whether each is not to be sent.
  package let isRejected: [Bool]
  /// How many values stand in each of the columns that go nowhere.
  package let unmapped: [UnmappedCount]
  /// The columns that hold people's names (`as: name`).
  package let nameColumns: [ContactColumn]
  /// What foretells how the contacts are stored; `nil` where no server has a part in it.
  let predictor: StoredValuePredictor?

  /// What the CRM stores for the value that an issue is about, empty for nothing; `nil` where the issue
  /// is about something else.
  package func storedText(for issue: Issue) -> String? {
    predictor?.storedText(for: issue, in: contacts)
  }

  /// The batch with other contacts of the same records.
  func replacing(contacts: ContactBatch) -> PreparedBatch {
    PreparedBatch(
      index: index, source: source, contacts: contacts, issues: issues, isRejected: isRejected,
      unmapped: unmapped, nameColumns: nameColumns, predictor: predictor)
  }

  /// The batch with other contacts of the same records, and with what more was noticed about them.
  func replacing(
    contacts: ContactBatch, isRejected: [Bool], addingIssues added: [Issue],
    predictor: StoredValuePredictor
  ) -> PreparedBatch {
    // A stable order: what was noticed first about a record stays first.
    let merged =
      added.isEmpty
      ? issues
      : (issues + added).enumerated()
        .sorted { ($0.element.record, $0.offset) < ($1.element.record, $1.offset) }
        .map(\.element)
    return PreparedBatch(
      index: index, source: source, contacts: contacts, issues: merged, isRejected: isRejected,
      unmapped: unmapped, nameColumns: nameColumns, predictor: predictor)
  }
}
