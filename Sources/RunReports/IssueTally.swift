package import ContactModel

/// Counts issues by kind and column and keeps the first few of each kind as examples.
///
/// Its memory does not grow with the number of records: there are as many counters as kinds and
/// columns that occur, and so many examples a kind.
package struct IssueTally: Sendable, Equatable {
  /// A kind of issue in a column of a file.
  package struct Place: Sendable, Hashable {
    /// The kind.
    package var code: IssueCode
    /// The column's name; `nil` where whole records are meant.
    package var column: String?
  }

  /// An issue that stands for others of its kind.
  package struct Example: Sendable, Equatable {
    /// The issue.
    package var issue: Issue
    /// Where it is.
    package var location: SourceLocation
    /// The value, only where the user asked to see values.
    package var value: String?
    /// What the CRM stores instead, only where values are held and it is known; empty for nothing.
    package var storedText: String?
  }

  /// How many examples of each kind are kept.
  package let examplesPerCode: Int
  /// Whether examples hold values, which are people's data.
  package let showsValues: Bool

  /// How many issues there are of each kind in each column.
  package private(set) var countsByPlace: [Place: Int] = [:]
  private var examplesByCode: [IssueCode: [Example]] = [:]

  /// A tally of nothing yet.
  package init(examplesPerCode: Int = 5, showsValues: Bool = false) {
    self.examplesPerCode = examplesPerCode
    self.showsValues = showsValues
  }

  /// Counts the issues of a batch.
  ///
  /// - Parameters:
  ///   - issues: What was noticed about the batch's records.
  ///   - batch: The records.
  ///   - file: The file they come from, as the user named it.
  ///   - storedText: What the CRM stores for the value an issue is about, empty for nothing; `nil` where
  ///     the issue is about something else. Asked for examples only, and only if they hold values.
  package mutating func add(
    _ issues: [Issue], of batch: RecordBatch, file: String,
    storedText: (Issue) -> String? = { _ in nil }
  ) {
    // Counted in a short list first, without hashing and without the column's name: there may be an
    // issue in every row, but of few kinds.
    var slots: [Slot] = []
    for issue in issues {
      var index = 0
      while index < slots.count, !slots[index].matches(issue) { index += 1 }
      if index == slots.count { slots.append(Slot(code: issue.code, column: issue.sourceColumn)) }
      slots[index].count += 1
      guard slots[index].wantsExamples else { continue }
      if examplesByCode[issue.code, default: []].count < examplesPerCode {
        examplesByCode[issue.code, default: []].append(
          example(of: issue, in: batch, file: file, storedText))
      } else {
        slots[index].wantsExamples = false
      }
    }
    for slot in slots {
      let column = slot.column < 0 ? nil : batch.columnName(Int(slot.column))
      countsByPlace[Place(code: slot.code, column: column), default: 0] += slot.count
    }
  }

  /// Counts so many issues that have no record, such as a column's values that go nowhere.
  package mutating func add(_ code: IssueCode, column: String?, count: Int) {
    guard count > 0 else { return }
    countsByPlace[Place(code: code, column: column), default: 0] += count
  }

  /// Adds another tally, whose records come after this one's.
  package mutating func merge(_ other: IssueTally) {
    countsByPlace.merge(other.countsByPlace, uniquingKeysWith: +)
    for (code, examples) in other.examplesByCode {
      let room = examplesPerCode - examplesByCode[code, default: []].count
      examplesByCode[code, default: []].append(contentsOf: examples.prefix(max(0, room)))
    }
  }

  /// How many issues there are of a kind.
  package subscript(code: IssueCode) -> Int {
    countsByPlace.reduce(0) { $0 + ($1.key.code == code ? $1.value : 0) }
  }

  /// How many issues there are of a severity.
  package subscript(severity: IssueSeverity) -> Int {
    countsByPlace.reduce(0) { $0 + ($1.key.code.severity == severity ? $1.value : 0) }
  }

  /// How many issues there are.
  package var total: Int { countsByPlace.values.reduce(0, +) }

  /// The first issues of a kind, in input order.
  package func examples(of code: IssueCode) -> [Example] { examplesByCode[code] ?? [] }

  /// The kinds that occur: the worst severity first, then the most frequent, then by name.
  package var codes: [IssueCode] {
    Set(countsByPlace.keys.map(\.code)).sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      let (leftCount, rightCount) = (self[left], self[right])
      return leftCount == rightCount ? left.rawValue < right.rawValue : leftCount > rightCount
    }
  }

  /// The columns a kind occurs in, the most frequent first; whole records have no column.
  package func columns(of code: IssueCode) -> [(column: String?, count: Int)] {
    countsByPlace.filter { $0.key.code == code }
      .map { (column: $0.key.column, count: $0.value) }
      .sorted { left, right in
        left.count == right.count
          ? (left.column ?? "") < (right.column ?? "") : left.count > right.count
      }
  }

  /// A kind of issue in a column of one batch.
  private struct Slot {
    let code: IssueCode
    let column: Int16
    var count = 0
    var wantsExamples = true

    func matches(_ issue: Issue) -> Bool { column == issue.sourceColumn && code == issue.code }
  }

  private func example(
    of issue: Issue, in batch: RecordBatch, file: String, _ storedText: (Issue) -> String?
  ) -> Example {
    let location = SourceLocation(of: issue, in: batch, file: file)
    let record = Int(issue.record)
    let value =
      showsValues && issue.sourceColumn >= 0 && record < batch.count
      ? batch.text(record: record, field: Int(issue.sourceColumn)) : nil
    return Example(
      issue: issue, location: location, value: value,
      storedText: showsValues ? storedText(issue) : nil)
  }
}

extension SourceLocation {
  /// Where an issue of a batch is.
  package init(of issue: Issue, in batch: RecordBatch, file: String) {
    let record = Int(issue.record)
    let column = Int(issue.sourceColumn)
    guard (0..<batch.count).contains(record) else {
      self.init(file: file, line: batch.lines.last ?? 1)
      return
    }
    self.init(
      file: file, line: batch.line(ofField: max(0, column), inRecord: record),
      record: batch.recordNumber(record), column: column < 0 ? nil : batch.columnName(column))
  }
}
