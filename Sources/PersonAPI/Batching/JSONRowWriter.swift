import ContactModel

/// Writes contacts as objects of texts: `{"person":"…","socials":{"skype":"…"}}`.
struct JSONRowWriter: Sendable {
  private let row: WireRow
  /// The row's columns; the social contacts stand last, since they share an object.
  private let columns: [WireRow.Column]
  /// `"tel":"` for every column, one after the other.
  private let keys: [UInt8]
  private let keyRanges: [Range<Int>]
  /// Where the social contacts begin among the columns.
  private let firstSocial: Int

  private static let socials = Array(#""socials":{"#.utf8)
  private static let emptyPerson = Array(#""person":"""#.utf8)

  init(row: WireRow) {
    self.row = row
    let flat = row.columns.filter { $0.field.socialKey == nil }
    columns = flat + row.columns.filter { $0.field.socialKey != nil }
    firstSocial = flat.count
    var keys: [UInt8] = []
    keyRanges = columns.map { column in
      let start = keys.count
      keys.append(contentsOf: #""\#(column.field.wireKey)":""#.utf8)
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
    let (columns, keys, keyRanges, owner) = (self.columns, self.keys, self.keyRanges, row.owner)
    let ends = contacts.valueEnds.span
    let firstValue = contact * contacts.columnCount
    body.reserve(
      JSONTextEncoder.maximumCount(of: row.byteCount(of: contacts, contact)) + keys.count
        + Self.socials.count + Self.emptyPerson.count + 2 * columns.count + 5)
    if index > 0 { body.write(UInt8(ascii: ",")) }
    body.write(UInt8(ascii: "{"))
    var variables = 0
    var isInSocials = false
    for position in columns.indices {
      let range = columns[position].range(in: ends, firstValue: firstValue)
      let takesOwner = range.isEmpty && columns[position].field == .user && !owner.isEmpty
      guard !range.isEmpty || takesOwner else { continue }
      if variables > 0 { body.write(UInt8(ascii: ",")) }
      if position >= firstSocial, !isInSocials {
        body.write(Self.socials.span)
        isInSocials = true
      }
      body.write(keys.span.extracting(keyRanges[position]))
      if takesOwner {
        body.writeEscaped(owner.span)
      } else {
        body.writeEscaped(values.extracting(range))
      }
      body.write(UInt8(ascii: "\""))
      variables += 1
    }
    if variables == 0 {
      body.write(Self.emptyPerson.span)
      variables = 1
    }
    if isInSocials { body.write(UInt8(ascii: "}")) }
    body.write(UInt8(ascii: "}"))
    return variables
  }
}
