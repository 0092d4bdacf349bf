package import ContactModel

/// What reading contacts back showed, beside the outcomes.
///
/// A run reads back what it cannot know otherwise, and at its end everything it created. Counts are
/// whole; of places only the first few are kept, so that the memory does not grow with the run.
package struct ReadBackSummary: Sendable, Equatable {
  /// Created contacts without an answer that were found by their import key.
  package var foundByKey = 0
  /// Created contacts without an answer that were found by their values.
  package var foundByValues = 0
  /// Created contacts whose stored values were compared with what was foretold.
  package var comparedCount = 0
  /// Created contacts that nobody could read back, so that they were not compared.
  package var unreadCount = 0
  /// Stored values that are not as foretold.
  package var differences: DifferenceTally
  /// The first contacts that are stored twice; ``RunSummary/doubledCount`` says how many there are.
  package var doubled: [DoubledContact] = []

  /// Nothing has been read back yet.
  package init(differences: DifferenceTally = DifferenceTally()) {
    self.differences = differences
  }

  /// Whether there is nothing to be said.
  package var isEmpty: Bool { self == Self(differences: DifferenceTally(like: differences)) }

  /// How many doubled contacts and differences are kept as examples.
  package static let exampleCount = 20

  /// Keeps a doubled contact, if there is room for it.
  package mutating func add(_ contact: DoubledContact) {
    if doubled.count < Self.exampleCount { doubled.append(contact) }
  }
}

/// A row that is stored twice: a request that had been given up for lost came after all.
package struct DoubledContact: Sendable, Equatable {
  /// The source, as the user named it.
  package var file: String
  /// The record's number, from 1.
  package var record: Int
  /// The contact that counts as the row's.
  package var pid: Int
  /// The contact that came later, which `ferry undo --doubled` deletes.
  package var laterPID: Int

  /// A row and its two contacts.
  package init(file: String, record: Int, pid: Int, laterPID: Int) {
    self.file = file
    self.record = record
    self.pid = pid
    self.laterPID = laterPID
  }
}

/// A field that holds something else than was foretold.
package struct StoredDifference: Sendable, Equatable {
  /// The source, as the user named it.
  package var file: String
  /// The record's number, from 1.
  package var record: Int
  /// The contact.
  package var pid: Int
  /// The field.
  package var field: PersonField
  /// What was foretold; empty for nothing.
  package var expected: String
  /// What the CRM shows; empty for nothing.
  package var found: String

  /// A field of a contact with both its values.
  package init(
    file: String, record: Int, pid: Int, field: PersonField, expected: String, found: String
  ) {
    self.file = file
    self.record = record
    self.pid = pid
    self.field = field
    self.expected = expected
    self.found = found
  }
}

/// Counts differences by field and keeps the first few.
package struct DifferenceTally: Sendable, Equatable {
  /// Whether the examples hold values, which are people's data.
  package let showsValues: Bool
  /// How many differences there are in each field.
  package private(set) var countsByField: [PersonField: Int] = [:]
  /// How many contacts differ in at least one field.
  package private(set) var contactCount = 0
  /// The first differences; without their values unless these are to be shown.
  package private(set) var examples: [StoredDifference] = []

  /// A tally of nothing yet.
  package init(showsValues: Bool = false) { self.showsValues = showsValues }

  /// An empty tally of the same kind.
  init(like other: DifferenceTally) { self.init(showsValues: other.showsValues) }

  /// Counts the differences of one contact.
  package mutating func add(_ differences: [StoredDifference]) {
    guard !differences.isEmpty else { return }
    contactCount += 1
    for difference in differences {
      countsByField[difference.field, default: 0] += 1
      guard examples.count < ReadBackSummary.exampleCount else { continue }
      var example = difference
      if !showsValues { (example.expected, example.found) = ("", "") }
      examples.append(example)
    }
  }

  /// Adds another tally, whose contacts come after this one's.
  package mutating func merge(_ other: DifferenceTally) {
    countsByField.merge(other.countsByField, uniquingKeysWith: +)
    contactCount += other.contactCount
    let room = ReadBackSummary.exampleCount - examples.count
    for example in other.examples.prefix(max(0, room)) {
      var example = example
      if !showsValues { (example.expected, example.found) = ("", "") }
      examples.append(example)
    }
  }

  /// How many values differ.
  package var total: Int { countsByField.values.reduce(0, +) }

  /// The fields that differ, the most frequent first, then in the API's order.
  package var fields: [(field: PersonField, count: Int)] {
    PersonField.allCases.enumerated()
      .compactMap { place, field in countsByField[field].map { (place, field, $0) } }
      .sorted { ($1.2, $0.0) < ($0.2, $1.0) }
      .map { (field: $0.1, count: $0.2) }
  }
}
