/// What a reading request would show of a value after it was sent.
package enum StoredValue: Sendable, Equatable {
  /// This text, in UTF-8. Numbers are texts too.
  case text([UInt8])
  /// `null`: nothing is stored.
  case nothing
  /// The name of the guide entry with this identifier, whether or not there is one; 0 for none.
  case guideEntry(Int)
  /// What the server puts there of its own accord, such as the default of a guide.
  case decidedByServer
  /// No reading request shows the field.
  case notShown
}

/// What happens to a text on its way into the database, as far as it matters to a person.
package struct StoredChanges: OptionSet, Sendable, Hashable {
  /// A bit for each kind of change.
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// White space or NULs were removed.
  package static let trimmed = StoredChanges(rawValue: 1 << 0)
  /// Something was taken for a tag and removed.
  package static let tagsRemoved = StoredChanges(rawValue: 1 << 1)
  /// Quotes or brackets were replaced or removed.
  package static let quotesChanged = StoredChanges(rawValue: 1 << 2)
  /// Characters that cannot be stored became question marks.
  package static let charactersLost = StoredChanges(rawValue: 1 << 3)
  /// The end was cut off.
  package static let cut = StoredChanges(rawValue: 1 << 4)
  /// A social contact's `;` shifts those behind it.
  package static let shifted = StoredChanges(rawValue: 1 << 5)
  /// There was a text, and nothing of it is stored.
  package static let emptied = StoredChanges(rawValue: 1 << 6)
}
