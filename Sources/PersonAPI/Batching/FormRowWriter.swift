import ContactModel

/// Writes contacts as variables `&persons[0][tel]=…`.
///
/// Brackets stay literal: PHP takes them so, and the body is shorter.
struct FormRowWriter: Sendable {
  private let row: WireRow
  /// `][tel]=` for every column of the row, one after the other.
  private let keys: [UInt8]
  private let keyRanges: [Range<Int>]

  private static let start = Array("&persons[".utf8)
  private static let emptyPerson = Array("][person]=".utf8)
  /// The most bytes that `&persons[` and an index have.
  private static let longestName = 30

  init(row: WireRow) {
    self.row = row
    var keys: [UInt8] = []
    keyRanges = row.columns.map { column in
      let start = keys.count
      let socials = column.field.socialKey == nil ? "" : "[socials]"
      keys.append(contentsOf: "]\(socials)[\(column.field.wireKey)]=".utf8)
      return start..<keys.count
    }
    self.keys = keys
  }

  /// Writes a row; see ``RowWriter/write(_:_:as:to:)``.
  func write(
    _ contacts: ContactBatch, _ contact: Int, as index: Int, to body: inout BodyBuffer
  ) -> Int {
    let values = contacts.bytes.span
    // Local copies of the references, so that nothing is retained and released a value.
    let (columns, keys, keyRanges, owner) = (row.columns, self.keys, self.keyRanges, row.owner)
    let ends = contacts.valueEnds.span
    let firstValue = contact * contacts.columnCount
    body.reserve(
      FormEncoder.maximumCount(of: row.byteCount(of: contacts, contact)) + keys.count
        + Self.emptyPerson.count + (columns.count + 1) * (Self.longestName + 1))
    let start = body.count
    body.write(Self.start.span)
    body.write(decimal: index)
    // Later values repeat the row's name from here.
    let name = start..<body.count
    var variables = 0
    for position in columns.indices {
      let range = columns[position].range(in: ends, firstValue: firstValue)
      let takesOwner = range.isEmpty && columns[position].field == .user && !owner.isEmpty
      guard !range.isEmpty || takesOwner else { continue }
      if variables > 0 { body.repeat(name) }
      body.write(keys.span.extracting(keyRanges[position]))
      if takesOwner {
        body.writeEncoded(owner.span)
      } else {
        body.writeEncoded(values.extracting(range))
      }
      variables += 1
    }
    if variables == 0 {
      body.write(Self.emptyPerson.span)
      variables = 1
    }
    return variables
  }
}
