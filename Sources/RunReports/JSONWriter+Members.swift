package import ContactModel
package import JSONSyntax

/// The members that ferry's JSON documents have again and again.
extension JSONWriter {
  /// Writes a member with a text, or with null.
  package mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { string(text) } else { null() }
  }

  /// Writes a member that is true or false.
  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// Writes a member with a whole number, or with null.
  package mutating func member(_ name: String, _ number: Int?) {
    key(name)
    if let number { int(number) } else { null() }
  }

  /// Writes a member whose value is an array of objects.
  package mutating func array<Element>(
    _ name: String, of elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements {
      beginObject()
      write(&self, element)
      endObject()
    }
    endArray()
  }

  /// Writes a member whose value is an object with a number for every kind of outcome.
  package mutating func member(_ name: String, _ outcomes: OutcomeCounts) {
    key(name)
    beginObject()
    for kind in OutcomeKind.allCases {
      member(kind.jsonKey, outcomes[kind])
    }
    endObject()
  }
}

extension OutcomeKind {
  /// The kind's key in JSON documents.
  package var jsonKey: String { self == .notAttempted ? "notAttempted" : rawValue }
}
