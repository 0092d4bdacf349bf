package import ContactModel

/// Makes the marks of rows that are to be sent, and reads contacts that were stored in the same way.
///
/// ```swift
/// let marker = RowMarker(predictor: predictor, keyField: nil)
/// marker.mark(contacts, contact: 3, into: &marks)
/// let seen = marker.seen(page)
/// seen[0].matches(marks.stored[0])
/// ```
///
/// A contact is hashed as what a reading request would show of it: each field that is not empty for
/// itself, so that neither the order of the columns nor a field that is empty, off or unknown changes
/// the hash. An empty client is `0`. Compared are the fields of ``isCompared(_:)``; what the server puts
/// there of its own accord, the guides' entries, dates and the key field are not. The owner, where it is
/// shown, takes part in the marks of rows that name one, and of all others if it is known who owns
/// those; logins have no letter case.
package struct RowMarker: Sendable {
  /// Says what is stored.
  package let predictor: StoredValuePredictor
  /// The field that carries the import key.
  package let keyField: PersonField?
  /// The columns to ask `list` for, in order: `pid`, the compared fields that are on, `user` where the
  /// owner is shown, and the key field.
  package let comparedFields: [PersonField]

  /// What is done with a column.
  enum Role: UInt8 {
    case text
    case social
    case client
    case owner
    /// Not compared.
    case none
  }

  /// A column of a schema or page; trivial, so that the loops copy it freely.
  struct Column {
    let field: PersonField
    let role: Role
    let traces: ContactTraces.Kind
    /// What its values' hashes begin with.
    let domain: UInt64
    /// The kinds of bytes that call for the predictor.
    let kinds: UInt8
    /// The length in bytes up to which a value fits whatever its characters.
    let cleanLength: Int
  }

  let columns: [Column]
  let seenColumns: [Column]
  let traces = ContactTraces()
  let ownerDomain = StableHash.domain(PersonField.user.name)
  private let rowDomain = StableHash.domain("row")
  /// Who owns contacts whose row names nobody; `nil` where that does not matter.
  let defaultLogin: String?
  /// The hash of their owner; 0 where there is none, or it is not shown.
  private let defaultOwner: UInt64
  /// The kinds of bytes that any column looks for.
  private let kinds: UInt8

  /// - Parameters:
  ///   - predictor: Says what is stored for the rows of its schema.
  ///   - keyField: The field that carries the import key, which is never compared.
  ///   - caller: The login that sends the rows, who owns those for which neither row nor schema names
  ///     an owner; `nil` if theirs is not to be compared.
  package init(
    predictor: StoredValuePredictor, keyField: PersonField? = nil, caller: String? = nil
  ) {
    self.predictor = predictor
    self.keyField = keyField
    let compared = PersonField.allCases.filter {
      Self.isCompared($0) && $0 != keyField && predictor.isActive($0)
    }
    let isOwnerShown = predictor.isActive(.user)
    comparedFields =
      [.pid] + compared + (isOwnerShown ? [.user] : []) + [keyField].compactMap { $0 }
    columns = predictor.schema.columns.map {
      Self.column($0.field, isCompared: compared.contains($0.field), predictor)
    }
    seenColumns = comparedFields.map {
      Self.column($0, isCompared: compared.contains($0), predictor)
    }
    kinds = columns.reduce(0) { $0 | $1.kinds }
    let owners = [predictor.schema.owner, caller].compactMap(\.self)
    defaultLogin = owners.first { !$0.isEmpty }
    let owner = Self.lowercased(Array((defaultLogin ?? "").utf8))
    defaultOwner =
      owner.isEmpty || !isOwnerShown
      ? 0 : StableHash.hash(owner.span, 0..<owner.count, domain: ownerDomain)
  }

  /// Whether a field's stored value is foretold and read back: what people see of a contact, its social
  /// contacts and its client.
  package static func isCompared(_ field: PersonField) -> Bool {
    switch field {
    case .person, .ptitle, .tel, .fax, .mob, .mail, .rol, .clid,
      .input1, .input2, .input3, .input4, .input5,
      .input6, .input7, .input8, .input9, .input10:
      true
    default: field.socialKey != nil
    }
  }

  /// Marks a contact that is to be sent.
  ///
  /// - Parameters:
  ///   - contacts: Reviewed contacts of the predictor's schema, as they are sent.
  ///   - contact: Which of them.
  ///   - marks: Where its mark goes.
  /// - Complexity: O(*n*) in the contact's bytes. Values that are stored as they are sent are hashed
  ///   where they stand, without an allocation; the predictor is asked about the others.
  package func mark(_ contacts: ContactBatch, contact: Int, into marks: inout RowMarks) {
    let bytes = contacts.bytes.span
    let ends = contacts.valueEnds.span
    let columns = self.columns.span
    let firstValue = contact * contacts.columnCount
    let firstByte = firstValue == 0 ? 0 : Int(ends[firstValue - 1])
    let lastByte = columns.isEmpty ? firstByte : Int(ends[firstValue + columns.count - 1])
    // Nearly all contacts hold no byte that matters; those that do are looked at value by value.
    let isSuspect = SuspectBytes.mayOccur(in: bytes, firstByte..<lastByte)
    var socialsAreClean = lastByte - firstByte < 65_000
    if isSuspect {
      var start = firstByte
      for index in columns.indices {
        let end = Int(ends[firstValue + index])
        if columns[index].role == .social, hasSuspect(bytes, start..<end, columns[index].kinds) {
          socialsAreClean = false
        }
        start = end
      }
    }
    var sum: UInt64 = 0
    var owner = defaultOwner
    let (zero, space) = (UInt8(ascii: "0"), ASCII.space)
    var start = firstByte
    for index in columns.indices {
      let range = start..<Int(ends[firstValue + index])
      start = range.upperBound
      guard !range.isEmpty else { continue }
      let column = columns[index]
      let isClean: Bool
      switch column.role {
      case .none: continue
      case .owner:
        owner = ownerHash(bytes, range)
        continue
      case .text:
        isClean =
          range.count <= column.cleanLength && bytes[range.lowerBound] > space
          && bytes[range.upperBound - 1] > space
          && (range.count > 1 || bytes[range.lowerBound] != zero)
          && !(isSuspect && hasSuspect(bytes, range, column.kinds))
      case .client: isClean = Self.isPlainNumber(bytes, range)
      case .social:
        guard socialsAreClean else { continue }
        isClean = true
      }
      if isClean {
        sum &+= StableHash.hash(bytes, range, domain: column.domain)
        if column.traces != .none { traces.add(column.traces, bytes, range, to: &marks) }
      } else {
        addStored(
          predictor.storedValue(of: Array(contacts.bytes[range]), in: column.field), column,
          to: &sum, &marks)
      }
    }
    if !socialsAreClean {
      let values = predictor.storedSocials(of: predictor.socials(of: contacts, contact: contact))
      for (field, value) in zip(PersonField.socials, values) where predictor.isActive(field) {
        addStored(value, Self.column(field, isCompared: true, predictor), to: &sum, &marks)
      }
    }
    marks.endRow(stored: finish(sum &+ owner))
  }

  /// Adds what is stored for a value.
  private func addStored(
    _ value: StoredValue, _ column: Column, to sum: inout UInt64, _ marks: inout RowMarks
  ) {
    guard case .text(let bytes) = value else { return }
    add(bytes.span, 0..<bytes.count, column, to: &sum, &marks)
  }

  /// Adds a value as it is shown; an empty one and a client `0` add nothing.
  func add(
    _ text: Span<UInt8>, _ range: Range<Int>, _ column: Column, to sum: inout UInt64,
    _ marks: inout RowMarks
  ) {
    guard !range.isEmpty else { return }
    if column.role == .client, range.count == 1, text[range.lowerBound] == UInt8(ascii: "0") {
      return
    }
    sum &+= StableHash.hash(text, range, domain: column.domain)
    traces.add(column.traces, text, range, to: &marks)
  }

  /// The hash of a row whose fields' hashes have this sum.
  @inline(__always)
  func finish(_ sum: UInt64) -> UInt64 { StableHash.fold(sum ^ rowDomain, StableHash.multiplier) }

  /// The hash of an owner's login; 0 where the owner is not shown.
  func ownerHash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    guard predictor.isActive(.user), !range.isEmpty else { return 0 }
    var login: [UInt8] = []
    for index in range { login.append(text[index]) }
    login = Self.lowercased(login)
    return StableHash.hash(login.span, 0..<login.count, domain: ownerDomain)
  }

  @inline(__always)
  private func hasSuspect(_ bytes: Span<UInt8>, _ range: Range<Int>, _ wanted: UInt8) -> Bool {
    SuspectBytes.occur(in: bytes, range, kinds: wanted)
  }

  /// Whether a number is stored as the text it is: no sign, no zero in front, not too long.
  @inline(__always)
  private static func isPlainNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 9, bytes[range.lowerBound] != UInt8(ascii: "0") else { return false }
    for index in range where bytes[index] &- UInt8(ascii: "0") > 9 { return false }
    return true
  }

  /// A login in small letters.
  static func lowercased(_ text: [UInt8]) -> [UInt8] {
    text.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  private static func column(
    _ field: PersonField, isCompared: Bool, _ predictor: StoredValuePredictor
  ) -> Column {
    let role: Role
    switch field {
    case .user: role = .owner
    case .clid: role = isCompared ? .client : .none
    default: role = !isCompared ? .none : field.socialKey != nil ? .social : .text
    }
    var kinds = SuspectBytes.Kind.long
    if role == .text, field != .rol { kinds |= SuspectBytes.Kind.markup }
    if role == .social || field == .rol { kinds |= SuspectBytes.Kind.semicolon }
    if predictor.route.cleansScalars { kinds |= SuspectBytes.Kind.markup | SuspectBytes.Kind.query }
    return Column(
      field: field, role: role, traces: isCompared ? ContactTraces.Kind(field) : .none,
      domain: StableHash.domain(field.name), kinds: kinds,
      cleanLength: StoredLength(of: field)?.limit ?? .max)
  }
}
