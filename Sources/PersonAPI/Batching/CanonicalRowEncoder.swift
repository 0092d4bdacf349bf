package import ContactModel

/// Writes a contact in a form that depends only on what is sent, to be fingerprinted.
///
/// For every value that is not empty: the field's name, 0x1E, the value, 0x1F; in the order of
/// ``PersonField``. So a mapping with its columns in another order, or with further columns that are
/// empty, gives the same bytes. The schema's owner counts as the row's `user`, since it is sent.
package struct CanonicalRowEncoder: Sendable {
  private let row: WireRow
  private let columns: [WireRow.Column]
  private let names: [[UInt8]]

  package init(schema: ContactSchema) {
    row = WireRow(schema: schema)
    columns = row.canonicalColumns
    names = columns.map { Array($0.field.name.utf8) + [0x1E] }
  }

  /// Appends one contact of a normalized batch.
  package func append(_ contacts: ContactBatch, contact: Int, to output: inout [UInt8]) {
    for (column, name) in zip(columns, names) {
      let range = row.range(of: column, contact: contact, in: contacts)
      let takesOwner = row.takesOwner(column, range: range)
      guard !range.isEmpty || takesOwner else { continue }
      output.append(contentsOf: name)
      output.append(contentsOf: takesOwner ? row.owner[...] : contacts.bytes[range])
      output.append(0x1F)
    }
  }
}
