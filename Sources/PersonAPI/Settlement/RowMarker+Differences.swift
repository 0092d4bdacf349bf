package import ContactModel

/// A field in which a contact is not what was foretold.
package struct FieldDifference: Sendable, Equatable {
  /// The field.
  package var field: PersonField
  /// What was foretold; empty for nothing.
  package var expected: String
  /// What is there; empty for nothing.
  package var found: String

  package init(field: PersonField, expected: String, found: String) {
    self.field = field
    self.expected = expected
    self.found = found
  }
}

extension RowMarker {
  /// The values of a record, those that are empty left out.
  ///
  /// - Parameters:
  ///   - page: A page that was decoded with ``comparedFields`` as its columns.
  ///   - record: Which of its records.
  /// - Returns: The values as ``ContactDetails/values`` has them.
  package func values(of page: ListPage, record: Int) -> [PersonField: String] {
    var values: [PersonField: String] = [:]
    for (index, field) in comparedFields.enumerated() {
      let text = page.records.text(record: record, field: index)
      if !text.isEmpty { values[field] = text }
    }
    return values
  }

  /// The fields in which a stored contact differs from what was foretold for a row.
  ///
  /// There are none exactly where the contact has the row's mark, but for chance.
  ///
  /// - Parameters:
  ///   - contacts: Contacts as they were sent.
  ///   - contact: Which of them is the row.
  ///   - found: The contact's values: ``values(of:record:)``, or those of ``ContactDetails``.
  /// - Returns: The differences in the order of ``comparedFields``, the owner last, where it is compared.
  package func differences(
    of contacts: ContactBatch, contact: Int, from found: [PersonField: String]
  ) -> [FieldDifference] {
    func text(_ field: PersonField, in values: [PersonField: String]) -> String {
      let text = values[field] ?? ""
      return field == .clid && text == "0" ? "" : text
    }
    let expected = expectedValues(of: contacts, contact: contact)
    var differences: [FieldDifference] = []
    for field in comparedFields where Self.isCompared(field) && field != keyField {
      let (old, new) = (text(field, in: expected), text(field, in: found))
      // Bytes, not characters: what only looks alike was changed as well.
      guard !old.utf8.elementsEqual(new.utf8) else { continue }
      differences.append(FieldDifference(field: field, expected: old, found: new))
    }
    if comparedFields.contains(.user), let owner = expected[.user] {
      let shown = found[.user] ?? ""
      if Self.lowercased(Array(owner.utf8)) != Self.lowercased(Array(shown.utf8)) {
        differences.append(FieldDifference(field: .user, expected: owner, found: shown))
      }
    }
    return differences
  }

  /// What is foretold for a row: the texts that are not empty, and its owner.
  private func expectedValues(of contacts: ContactBatch, contact: Int) -> [PersonField: String] {
    var values: [PersonField: String] = [:]
    func take(_ value: StoredValue, _ field: PersonField) {
      guard case .text(let bytes) = value, !bytes.isEmpty else { return }
      values[field] = String(decoding: bytes, as: UTF8.self)
    }
    for (column, value) in zip(
      predictor.schema.columns, predictor.storedValues(of: contacts, contact: contact))
    { take(value, column.field) }
    // A `;` shifts social contacts into those that have no column.
    let socials = predictor.storedSocials(of: predictor.socials(of: contacts, contact: contact))
    for (field, value) in zip(PersonField.socials, socials) { take(value, field) }
    if values[.user] == nil { values[.user] = defaultLogin }
    return values
  }
}
