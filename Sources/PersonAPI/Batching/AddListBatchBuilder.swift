package import ContactModel

/// Fills addlist requests with contacts, one row at a time, until the next row would exceed a limit.
///
/// The body reads `login=…&apikey=…&persons[0][person]=…&…&action=addlist`: credentials first, the
/// action last (DESIGN, law 4). Row *i* of a request is `persons[i]`, its `person` comes first, then
/// the schema's order; empty values are left out. A row without any value still sends an empty
/// `person`, so that the reply has an element for it. Brackets stay literal: PHP takes them so, and
/// the body is shorter.
///
/// ```swift
/// switch builder.append(contacts, contact: 0) {
/// case .appended: …
/// case .full: send(builder.finish())      // then append the contact again
/// case .tooLarge: …                       // it will never fit: reject it
/// }
/// ```
package struct AddListBatchBuilder: Sendable {
  /// What became of a contact handed to the builder.
  package enum AppendResult: Sendable, Equatable {
    /// It is in the request.
    case appended
    /// It is not: the request has to be finished first.
    case full
    /// It is not, and no request can hold it.
    case tooLarge
  }

  /// How many rows the request has.
  package private(set) var rowCount = 0
  /// How many variables the request has, credentials and action included.
  package private(set) var variableCount = Self.ownVariables
  /// How many bytes the body would have if it were finished now.
  package var byteCount: Int { body.count + tail.count }

  private let row: WireRow
  private let limits: AddListLimits
  private let head: [UInt8]
  private let tail: [UInt8]
  /// `][tel]=` for every column of the row, one after the other.
  private let keys: [UInt8]
  private let keyRanges: [Range<Int>]
  private var body: FormBuffer

  /// login, apikey and action.
  private static let ownVariables = 3

  package init(
    schema: ContactSchema, credentials: Credentials, variant: Variant,
    limits: AddListLimits = AddListLimits()
  ) {
    row = WireRow(schema: schema)
    self.limits = limits
    head = FormBody(credentials: credentials).head
    tail = Array("&action=\(variant.addListName)".utf8)
    var keys: [UInt8] = []
    keyRanges = row.columns.map { column in
      let start = keys.count
      let socials = column.field.socialKey == nil ? "" : "[socials]"
      keys.append(contentsOf: "]\(socials)[\(column.field.wireKey)]=".utf8)
      return start..<keys.count
    }
    self.keys = keys
    body = FormBuffer(head)
  }

  /// Appends a contact of a normalized batch as the next row.
  ///
  /// - Complexity: O(*n*) in the contact's bytes; allocates only while the body grows beyond every
  ///   earlier one.
  package mutating func append(_ contacts: ContactBatch, contact: Int) -> AppendResult {
    guard rowCount < limits.maximumRows else { return .full }
    let name = Array("&persons[\(rowCount)".utf8)
    let start = body.count
    let variables = writeRow(contacts, contact, name)
    if variableCount + variables <= limits.maximumVariables, byteCount <= limits.maximumBytes {
      rowCount += 1
      variableCount += variables
      return .appended
    }
    // In a request of its own the row's index has one digit.
    let alone = body.count - start - variables * (name.count - "&persons[0".utf8.count)
    body.truncate(to: start)
    let fitsAlone =
      Self.ownVariables + variables <= limits.maximumVariables
      && head.count + alone + tail.count <= limits.maximumBytes
    return fitsAlone ? .full : .tooLarge
  }

  /// Ends the request with its action and begins the next one.
  ///
  /// - Returns: The body. Without a row it is the request that stores nothing and tells variants
  ///   apart.
  package mutating func finish() -> [UInt8] {
    var finished: [UInt8] = []
    finished.reserveCapacity(byteCount)
    finished.append(contentsOf: body.contents)
    finished.append(contentsOf: tail)
    body.truncate(to: head.count)
    rowCount = 0
    variableCount = Self.ownVariables
    return finished
  }

  /// Writes a row behind the body and returns how many variables it has.
  private mutating func writeRow(_ contacts: ContactBatch, _ contact: Int, _ name: [UInt8]) -> Int {
    let values = contacts.bytes.span
    // Local copies of the references, so that nothing is retained and released a value.
    let (columns, keys, keyRanges, owner) = (row.columns, self.keys, self.keyRanges, row.owner)
    let ends = contacts.valueEnds.span
    let firstValue = contact * contacts.columnCount
    body.reserve(room(contacts, contact, name))
    var variables = 0
    for position in columns.indices {
      let range = columns[position].range(in: ends, firstValue: firstValue)
      let takesOwner = range.isEmpty && columns[position].field == .user && !owner.isEmpty
      guard !range.isEmpty || takesOwner else { continue }
      body.write(name.span)
      body.write(keys.span.extracting(keyRanges[position]))
      if takesOwner {
        body.writeEncoded(owner.span)
      } else {
        body.writeEncoded(values.extracting(range))
      }
      variables += 1
    }
    if variables == 0 {
      body.write(name.span)
      body.write(Self.emptyPerson.span)
      variables = 1
    }
    return variables
  }

  /// More bytes than a row can take: its values stand side by side, so this needs no look at each.
  private func room(_ contacts: ContactBatch, _ contact: Int, _ name: [UInt8]) -> Int {
    var values = row.owner.count
    if contacts.columnCount > 0 {
      let first = contacts.valueRange(contact: contact, column: 0)
      let last = contacts.valueRange(contact: contact, column: contacts.columnCount - 1)
      values += last.upperBound - first.lowerBound
    }
    return FormEncoder.maximumCount(of: values) + keys.count + Self.emptyPerson.count
      + (row.columns.count + 1) * (name.count + 1)
  }

  private static let emptyPerson = Array("][person]=".utf8)
}
