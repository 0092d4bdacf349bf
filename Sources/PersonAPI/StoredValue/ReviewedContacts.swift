package import ContactModel

/// Contacts as they are to be sent, and what there is to say about them.
package struct ReviewedContacts: Sendable {
  /// The contacts, repaired.
  package var contacts: ContactBatch
  /// What was noticed, in the order of the contacts.
  package var issues: [Issue]
  /// For every contact whether it is not to be sent.
  package var isRejected: [Bool]
}

/// The results of a review while it goes on.
struct ContactReview {
  /// A value to be replaced.
  struct Repair {
    /// The value's index in ``ContactBatch/valueEnds``.
    var index: Int
    /// What takes its place.
    var value: [UInt8]
  }

  var issues: [Issue] = []
  var isRejected: [Bool]
  /// In the order of the values.
  var repairs: [Repair] = []

  init(isRejected: [Bool]) { self.isRejected = isRejected }
}

/// A column as the review sees it; trivial, so that the walk over the values copies it freely.
struct ReviewedColumn: Sendable {
  let field: PersonField
  /// The column of the source its issues name.
  let sourceColumn: Int?
  /// The kinds of bytes that call for an inspection.
  let kinds: UInt8
  /// The length in bytes up to which a value fits whatever its characters.
  let cleanLength: Int
  /// Whether the server trims values and drops a lone `0`.
  let isTrimmed: Bool
  /// What there is to say about every value, because none is stored.
  let certainIssue: IssueCode?
  let invalid: InvalidPolicy
  let isRequired: Bool

  init(_ column: ContactColumn, predictor: StoredValuePredictor) {
    let rules = predictor.variant.storedValues
    let field = column.field
    self.field = field
    sourceColumn = column.sources.first
    let isSocial = field.socialKey != nil
    let length = StoredLength(of: field)
    cleanLength = length?.limit ?? .max
    isTrimmed = length != nil && !isSocial
    invalid = column.invalid ?? predictor.schema.invalid
    isRequired = column.isRequired
    if !predictor.isActive(field) {
      certainIssue = .storedInactiveField
    } else {
      certainIssue = field == .dateCreate && !rules.storesCreationTime ? .storedEmpty : nil
    }
    var kinds = SuspectBytes.Kind.long
    if isTrimmed, field != .rol { kinds |= SuspectBytes.Kind.markup }
    if isSocial || field == .rol { kinds |= SuspectBytes.Kind.semicolon }
    if rules.isBrokenByValues, Self.isPutIntoQueries(field, rules) {
      kinds |= SuspectBytes.Kind.query
    }
    if predictor.route.cleansScalars {
      kinds |= SuspectBytes.Kind.markup | SuspectBytes.Kind.query
    }
    self.kinds = kinds
  }

  private static func isPutIntoQueries(_ field: PersonField, _ rules: StoredValueRules) -> Bool {
    switch field {
    case .mail, .user, .clientpath, .loyalty: true
    case .person: rules.comparesNames
    default: false
    }
  }
}

extension StoredChanges {
  /// The issues that tell of these changes, the gravest first.
  ///
  /// Where nothing is left of a value, how that came about does not matter; blanks at the ends matter
  /// only where nothing else was changed.
  var issueCodes: [IssueCode] {
    if contains(.emptied) { return [.storedEmpty] }
    var codes: [IssueCode] = []
    if contains(.cut) { codes.append(.storedCut) }
    if contains(.tagsRemoved) { codes.append(.storedTagsRemoved) }
    if contains(.charactersLost) { codes.append(.storedCharactersLost) }
    if contains(.shifted) { codes.append(.storedSemicolon) }
    if contains(.quotesChanged) { codes.append(.storedQuotesChanged) }
    return codes.isEmpty && contains(.trimmed) ? [.storedTrimmed] : codes
  }
}

extension ContactBatch {
  /// The batch with some of its values replaced, in order of their indexes; itself without any.
  func replacing(_ repairs: [ContactReview.Repair]) -> ContactBatch {
    guard !repairs.isEmpty else { return self }
    var batch = ContactBatch(columnCount: columnCount)
    batch.bytes.reserveCapacity(bytes.count)
    batch.valueEnds.reserveCapacity(valueEnds.count)
    var start = 0
    var copied = 0
    func copyValues(before index: Int) {
      let end = index == 0 ? 0 : Int(valueEnds[index - 1])
      let shift = batch.bytes.count - start
      batch.bytes.append(contentsOf: bytes[start..<end])
      for value in copied..<index {
        batch.valueEnds.append(UInt32(Int(valueEnds[value]) + shift))
      }
      start = end
      copied = index
    }
    for repair in repairs {
      copyValues(before: repair.index)
      batch.bytes.append(contentsOf: repair.value)
      batch.endValue()
      start = Int(valueEnds[repair.index])
      copied = repair.index + 1
    }
    copyValues(before: valueEnds.count)
    return batch
  }
}
