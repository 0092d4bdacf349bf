import ContactModel

/// Writes contacts as rows of an addlist body, in one ``WireFormat``.
enum RowWriter: Sendable {
  case form(FormRowWriter)
  case json(JSONRowWriter)

  init(row: WireRow, format: WireFormat) {
    switch format {
    case .form: self = .form(FormRowWriter(row: row))
    case .json: self = .json(JSONRowWriter(row: row))
    }
  }

  /// What stands before the rows.
  func head(credentials: Credentials) -> [UInt8] {
    switch self {
    case .form: FormBody(credentials: credentials).head
    case .json: Array(#"{"persons":["#.utf8)
    }
  }

  /// What stands behind the rows.
  func tail(variant: Variant) -> [UInt8] {
    switch self {
    case .form: Array("&action=\(variant.wireName(of: .addList))".utf8)
    case .json: Array("]}".utf8)
    }
  }

  /// Writes a row behind the body.
  ///
  /// - Parameters:
  ///   - contacts: A normalized batch.
  ///   - contact: Which contact of it.
  ///   - index: Which row of the request it becomes.
  ///   - body: The body so far.
  /// - Returns: How many variables it has.
  /// - Complexity: O(*n*) in the contact's bytes; allocates only where the body has no room for them.
  func write(
    _ contacts: ContactBatch, _ contact: Int, as index: Int, to body: inout BodyBuffer
  ) -> Int {
    switch self {
    case .form(let writer): writer.write(contacts, contact, as: index, to: &body)
    case .json(let writer): writer.write(contacts, contact, as: index, to: &body)
    }
  }

  /// How many bytes less the row would take as the first of a request.
  func excess(ofRow index: Int, variables: Int) -> Int {
    switch self {
    case .form: (index.description.utf8.count - 1) * variables
    case .json: index == 0 ? 0 : 1
    }
  }
}

extension WireRow {
  /// How many bytes a contact's values have: they stand side by side, so this needs no look at each.
  func byteCount(of contacts: ContactBatch, _ contact: Int) -> Int {
    guard contacts.columnCount > 0 else { return owner.count }
    let first = contacts.valueRange(contact: contact, column: 0)
    let last = contacts.valueRange(contact: contact, column: contacts.columnCount - 1)
    return owner.count + last.upperBound - first.lowerBound
  }
}
