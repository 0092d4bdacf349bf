import ContactModel
import ContactNormalization

/// Rows of cells in, rows of values out, for tests.
struct NormalizerHarness {
  /// What became of one row.
  struct Row: Equatable {
    var values: [String]
    /// `code@column`, with `=detail` where there is one.
    var issues: [String]
    var isRejected: Bool
  }

  let schema: ContactSchema
  let normalizer: ContactNormalizer

  init(_ schema: ContactSchema) throws {
    self.schema = schema
    normalizer = try ContactNormalizer(schema: schema)
  }

  /// A harness for one column from one source column.
  init(
    _ treatment: ValueTreatment, invalid: InvalidPolicy = .reject,
    phones: PhoneSettings = PhoneSettings()
  ) throws {
    try self.init(
      ContactSchema(
        columns: [ContactColumn(field: .input1, sources: [4], treatment: treatment)],
        invalid: invalid, phones: phones))
  }

  /// The raw batch of rows; each value is given by its cells.
  func batch(_ rows: [[[String]]]) -> ContactBatch {
    var batch = ContactBatch(columnCount: schema.columns.count)
    for row in rows {
      for cells in row {
        for (index, cell) in cells.enumerated() {
          if index > 0 { batch.bytes.append(ASCII.unitSeparator) }
          batch.bytes.append(contentsOf: cell.utf8)
        }
        batch.endValue()
      }
    }
    return batch
  }

  func rows(_ rows: [[[String]]]) -> [Row] {
    let normalized = normalizer.normalize(batch(rows))
    return rows.indices.map { record in
      Row(
        values: schema.columns.indices.map { column in
          normalized.contacts.text(contact: record, column: column)
        },
        issues: normalized.issues.filter { Int($0.record) == record }.map(Self.text),
        isRejected: normalized.isRejected[record])
    }
  }

  func row(_ row: [[String]]) -> Row { rows([row])[0] }

  /// A row of one column with one cell.
  func cell(_ text: String) -> Row { row([[text]]) }

  private static func text(_ issue: Issue) -> String {
    "\(issue.code.identifier)@\(issue.sourceColumn)"
      + (issue.detail == 0 ? "" : "=\(issue.detail)")
  }
}
