package import ContactMapping
package import ContactModel
package import ContactNormalization

/// Makes contacts of records: maps, normalizes, and decides which are fit to be sent.
///
/// A value without state, so that several batches can be prepared at once.
package struct Preparation: Sendable {
  private let plan: MappingPlan
  private let normalizer: ContactNormalizer

  package init(plan: MappingPlan, normalizer: ContactNormalizer) {
    self.plan = plan
    self.normalizer = normalizer
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
    if !isInOrder { issues.sort { $0.record < $1.record } }
    return PreparedBatch(
      index: index, source: source, contacts: normalized.contacts,
      issues: issues, isRejected: isRejected,
      unmappedCounts: unmapped.counts)
  }

  /// Counts the values in columns that go nowhere; makes issues of them where they are not allowed.
  private func unmappedValues(of source: RecordBatch) -> (counts: [Int], issues: [Issue]) {
    var counts = [Int](repeating: 0, count: plan.unmappedColumns.count)
    var issues: [Issue] = []
    guard plan.unmapped != .ignore else { return (counts, issues) }
    for record in 0..<source.count {
      for (slot, column) in plan.unmappedColumns.enumerated()
      where !source.fieldRange(record: record, field: column).isEmpty {
        counts[slot] += 1
        if plan.unmapped == .reject {
          issues.append(Issue(.unmappedColumn, record: record, sourceColumn: column))
        }
      }
    }
    return (counts, issues)
  }
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
  /// How many values stand in each of the plan's unmapped columns.
  package let unmappedCounts: [Int]
}
