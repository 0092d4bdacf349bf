package import ContactModel
import ContactNormalization

/// Says how names were read and why, for `ferry check --explain`.
///
/// Only names that ferry changed or could not part are explained, each once, and the first of them
/// alone: nobody reads thousands. The text holds people's data; to ask for it is to see it.
package struct NameExplanations: Sendable {
  /// How many names are explained.
  package static let limit = 20

  private static let codes: Set<IssueCode> = [
    .nameCapitals, .nameReordered, .nameOrderUnclear, .nameLookAlikesRepaired, .nameMixedAlphabets,
  ]

  private let language: Language
  private var explained: Set<String> = []
  /// The lines so far: a name with its place, and what is said of it, indented.
  package private(set) var lines: [String] = []
  /// How many more names there are something to say of.
  package private(set) var omitted = 0

  package init(in language: Language) { self.language = language }

  /// Explains the names of a batch.
  package mutating func add(_ batch: PreparedBatch) {
    guard !batch.nameColumns.isEmpty else { return }
    for issue in batch.issues where Self.codes.contains(issue.code) {
      for column in batch.nameColumns where column.field == issue.field {
        explain(Int(issue.record), column, in: batch.source)
      }
    }
  }

  private mutating func explain(_ record: Int, _ column: ContactColumn, in source: RecordBatch) {
    let count = source.fieldCount(ofRecord: record)
    let cells = column.sources.filter { $0 < count }
      .map { source.text(record: record, field: $0) }.filter { !$0.isEmpty }
    let text = cells.joined(separator: column.separator)
    // The same name in another field is parted otherwise only if it asks for something else.
    guard explained.insert("\(column.field) \(text)").inserted else { return }
    guard explained.count <= Self.limit else {
      omitted += 1
      return
    }
    let number = source.recordNumber(record)
    lines.append(
      language.pick(
        "record \(number), \(column.field.name): \(text)",
        "запись \(number), \(column.field.name): \(text)"))
    lines += PersonName.explain(text, settings: column.name, language: language).map { "  " + $0 }
  }
}
