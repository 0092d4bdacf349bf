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
  /// For every column of the row, `][tel]=`.
  private let keys: [[UInt8]]
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
    keys = row.columns.map { column in
      let socials = column.field.socialKey == nil ? "" : "[socials]"
      return Array("]\(socials)[\(column.field.wireKey)]=".utf8)
    }
    body = FormBuffer(head)
  }

  /// Appends a contact of a normalized batch as the next row.
  ///
  /// - Complexity: O(*n*) in the contact's bytes; allocates only while the body grows beyond every
  ///   earlier one.
  package mutating func append(_ contacts: ContactBatch, contact: Int) -> AppendResult {
    guard rowCount < limits.maximumRows else { return .full }
    var variables = 0
    var room = 0
    for (column, key) in zip(row.columns, keys) {
      let range = row.range(of: column, contact: contact, in: contacts)
      let count = row.takesOwner(column, range: range) ? row.owner.count : range.count
      guard count > 0 else { continue }
      variables += 1
      room += key.count + FormEncoder.maximumCount(of: count)
    }
    let rowVariables = max(variables, 1)
    if Self.ownVariables + rowVariables > limits.maximumVariables { return .tooLarge }
    if variableCount + rowVariables > limits.maximumVariables { return .full }

    let name = Array("&persons[\(rowCount)".utf8)
    let start = body.count
    body.reserve(room + rowVariables * (name.count + Self.emptyPerson.count))
    if variables == 0 {
      body.write(name)
      body.write(Self.emptyPerson)
    } else {
      writeRow(contacts, contact, name)
    }
    if byteCount > limits.maximumBytes {
      // In a request of its own the row's index has one digit.
      let alone = body.count - start - rowVariables * (name.count - "&persons[0".utf8.count)
      body.truncate(to: start)
      return head.count + alone + tail.count > limits.maximumBytes ? .tooLarge : .full
    }
    rowCount += 1
    variableCount += rowVariables
    return .appended
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

  private mutating func writeRow(_ contacts: ContactBatch, _ contact: Int, _ name: [UInt8]) {
    let values = contacts.bytes.span
    for (column, key) in zip(row.columns, keys) {
      let range = row.range(of: column, contact: contact, in: contacts)
      let takesOwner = row.takesOwner(column, range: range)
      guard !range.isEmpty || takesOwner else { continue }
      body.write(name)
      body.write(key)
      if takesOwner {
        // A copy of the reference: `body` may not change while `self` lends a span.
        let owner = row.owner
        body.writeEncoded(owner.span)
      } else {
        body.writeEncoded(values.extracting(range))
      }
    }
  }

  private static let emptyPerson = Array("][person]=".utf8)
}
