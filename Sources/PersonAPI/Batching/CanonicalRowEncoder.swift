package import ContactModel

/// Writes a contact in a form that depends only on what is sent, to be fingerprinted.
///
/// For every value that is not empty: the field's name, 0x1E, the value, 0x1F; in the order of
/// ``PersonField``. So a mapping with its columns in another order, or with further columns that are
/// empty, gives the same bytes. The schema's owner counts as the row's `user`, since it is sent.
package struct CanonicalRowEncoder: Sendable {
  private let row: WireRow
  private let columns: [WireRow.Column]
  /// For every column its name and 0x1E, one after the other.
  private let names: [UInt8]
  private let nameRanges: [Range<Int>]

  package init(schema: ContactSchema) {
    row = WireRow(schema: schema)
    columns = row.canonicalColumns
    var names: [UInt8] = []
    nameRanges = columns.map { column in
      let start = names.count
      names.append(contentsOf: column.field.name.utf8)
      names.append(0x1E)
      return start..<names.count
    }
    self.names = names
  }

  /// Appends one contact of a normalized batch.
  package func append(_ contacts: ContactBatch, contact: Int, to output: inout [UInt8]) {
    let (columns, names, nameRanges, owner) = (columns, names, nameRanges, row.owner)
    let values = contacts.bytes.span
    let ends = contacts.valueEnds.span
    let firstValue = contact * contacts.columnCount
    for position in columns.indices {
      let range = columns[position].range(in: ends, firstValue: firstValue)
      let takesOwner = range.isEmpty && columns[position].field == .user && !owner.isEmpty
      guard !range.isEmpty || takesOwner else { continue }
      Self.copy(names.span.extracting(nameRanges[position]), to: &output)
      if takesOwner {
        Self.copy(owner.span, to: &output)
      } else {
        Self.copy(values.extracting(range), to: &output)
      }
      output.append(0x1F)
    }
  }

  private static func copy(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) }
  }
}
