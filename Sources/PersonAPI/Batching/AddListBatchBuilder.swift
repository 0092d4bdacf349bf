package import ContactModel

/// Fills addlist requests with contacts, one row at a time, until the next row would exceed a limit.
///
/// A form reads `login=…&apikey=…&persons[0][person]=…&…&action=addlist`: credentials first, the
/// action last (DESIGN, law 4). JSON reads `{"persons":[{"person":"…"},…]}`. Row *i* of a request is
/// `persons[i]`, its `person` comes first, then the schema's order; empty values are left out. A row
/// without any value still sends an empty `person`, so that the reply has an element for it.
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

  private let rows: RowWriter
  private let limits: AddListLimits
  private let head: [UInt8]
  private let tail: [UInt8]
  private var body: BodyBuffer

  /// login, apikey and action.
  private static let ownVariables = 3

  package init(
    schema: ContactSchema, credentials: Credentials, variant: Variant,
    limits: AddListLimits = AddListLimits()
  ) {
    rows = RowWriter(row: WireRow(schema: schema), format: variant.format)
    var limits = limits
    if !variant.format.countsVariables { limits.maximumVariables = .max }
    self.limits = limits
    head = rows.head(credentials: credentials)
    tail = rows.tail(variant: variant)
    body = BodyBuffer(head)
  }

  /// Appends a contact of a normalized batch as the next row.
  ///
  /// - Complexity: O(*n*) in the contact's bytes; allocates only while the body grows beyond every
  ///   earlier one.
  package mutating func append(_ contacts: ContactBatch, contact: Int) -> AppendResult {
    guard rowCount < limits.maximumRows else { return .full }
    let start = body.count
    let variables = rows.write(contacts, contact, as: rowCount, to: &body)
    if variableCount + variables <= limits.maximumVariables, byteCount <= limits.maximumBytes {
      rowCount += 1
      variableCount += variables
      return .appended
    }
    let alone = body.count - start - rows.excess(ofRow: rowCount, variables: variables)
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
}
