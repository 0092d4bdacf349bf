package import ContactModel

/// Foretells what the server stores for a value, and so what `info` and `list` show of it later.
///
/// A pure function of the value: it knows no guide, no user and no client, and takes the database
/// for one that cuts what is too long (the CRM's own demand on it).
///
/// ```swift
/// predictor.storedValue(of: Array("ООО \"Ива\" <b>".utf8), in: .ptitle)   // ООО ”Ива”
/// ```
package struct StoredValuePredictor: Sendable {
  /// The contacts' columns.
  package let schema: ContactSchema
  /// The server.
  package let variant: Variant
  /// The way the values go.
  package let route: ValueRoute
  /// The fields that are switched on; `nil` for all.
  package let activeFields: Set<PersonField>?

  package init(
    schema: ContactSchema, variant: Variant, route: ValueRoute = .listForm,
    activeFields: Set<PersonField>? = nil
  ) {
    self.schema = schema
    self.variant = variant
    self.route = route
    self.activeFields = activeFields
  }

  /// Whether the server takes values of a field at all.
  ///
  /// The owner goes by its number as well as by its login; what no administrator can switch off is
  /// always on.
  package func isActive(_ field: PersonField) -> Bool {
    guard let activeFields else { return true }
    switch field {
    case .pid, .person, .mperson, .dateCreate, .dateEdit: return true
    case .user, .iduser: return activeFields.contains(.user) || activeFields.contains(.iduser)
    case .client: return activeFields.contains(.clid)
    default: return activeFields.contains(field)
    }
  }

  /// What is shown of a value after it was sent.
  ///
  /// Social contacts share one column of the database; this one is taken to be the only one of its
  /// contact. ``storedSocials(of:)`` has them together.
  package func storedValue(of bytes: [UInt8], in field: PersonField) -> StoredValue {
    prediction(of: bytes, in: field).value
  }

  /// What is shown of a contact, in the schema's order.
  package func storedValues(of contacts: ContactBatch, contact: Int) -> [StoredValue] {
    var socials: [StoredValue]?
    return schema.columns.indices.map { column in
      let field = schema.columns[column].field
      guard let index = PersonField.socials.firstIndex(of: field), isActive(field) else {
        return storedValue(
          of: Array(contacts.bytes[contacts.valueRange(contact: contact, column: column)]),
          in: field)
      }
      let shown = socials ?? storedSocials(of: self.socials(of: contacts, contact: contact))
      socials = shown
      return shown[index]
    }
  }

  /// What is shown of the eight social contacts of one contact, in the API's order.
  ///
  /// They are joined by `;`, cut as one, and taken apart again: a `;` inside shifts those behind it,
  /// and what was cut off is `null`. Where all are empty the first is empty and the others `null`.
  ///
  /// - Precondition: There are eight.
  package func storedSocials(of values: [[UInt8]]) -> [StoredValue] {
    let parts = storedSocialColumn(of: values)
      .split(separator: ASCII.semicolon, omittingEmptySubsequences: false)
    return PersonField.socials.indices.map {
      $0 < parts.count ? .text(Array(parts[$0])) : .nothing
    }
  }

  /// What the database holds for the eight social contacts of one contact: all in one text.
  ///
  /// - Precondition: There are eight.
  package func storedSocialColumn(of values: [[UInt8]]) -> [UInt8] {
    precondition(values.count == PersonField.socials.count, "all social contacts")
    return joinedSocials(values).text.bytes
  }

  /// The social contacts of a contact; those without a column are empty.
  func socials(of contacts: ContactBatch, contact: Int) -> [[UInt8]] {
    PersonField.socials.map { field in
      guard let column = schema.column(of: field) else { return [] }
      return Array(contacts.bytes[contacts.valueRange(contact: contact, column: column)])
    }
  }

  /// The column of the database that holds the social contacts, and how long it was before the cut.
  func joinedSocials(_ values: [[UInt8]]) -> (text: StorableText, uncut: Int) {
    let cleaned = values.map { value in
      guard route == .updateForm else { return value }
      var text = StorableText(value)
      text.cleanScalar()
      return text.bytes
    }
    let isEmpty = cleaned.allSatisfy(\.isEmpty)
    var text = StorableText(isEmpty ? [] : Array(cleaned.joined(separator: [ASCII.semicolon])))
    text.encode()
    let uncut = text.bytes.count
    if let length = StoredLength(of: .blog) { text.cut(at: length) }
    return (text, uncut)
  }
}

extension StoredValuePredictor {
  /// What is shown of a value, and what happened to it on its way.
  package struct Prediction: Sendable, Equatable {
    /// What is shown.
    package var value: StoredValue
    /// What happened on the way.
    package var changes: StoredChanges = []
  }

  /// What is shown of a value after it was sent, and what happened to it on its way.
  package func prediction(of bytes: [UInt8], in field: PersonField) -> Prediction {
    switch field {
    case .mperson: return Prediction(value: .notShown)
    case .loyalty, .clientpath: return Prediction(value: storedGuideEntry(of: bytes, in: field))
    default: break
    }
    guard isActive(field) else { return Prediction(value: .nothing) }
    switch field {
    case .pid, .iduser, .client, .dateEdit: return Prediction(value: .decidedByServer)
    case .user: return Prediction(value: bytes.isEmpty ? .decidedByServer : .text(bytes))
    case .clid: return Prediction(value: .text(Array("\(bytes.leadingInteger)".utf8)))
    case .dateCreate:
      let isTaken = variant.storedValues.storesCreationTime && !bytes.isEmpty
      return Prediction(value: isTaken ? .text(bytes) : .decidedByServer)
    default:
      return field.socialKey == nil ? storedText(of: bytes, in: field) : storedSocial(bytes, field)
    }
  }

  private func storedText(of bytes: [UInt8], in field: PersonField) -> Prediction {
    var text = StorableText(bytes)
    if route.cleansScalars { text.cleanScalar() }
    // A `0` that only shows when blanks or tags around it are gone is stored.
    if !route.isUpdate, text.isNothing { return nothing(insteadOf: bytes, text.changes) }
    // Blanks at the ends go first, so that a `<` before them is one at the end.
    text.trim()
    if route.isUpdate { text.breakLines() }
    if field == .rol {
      text.normalizeParts()
    } else {
      text.removeTags()
      text.trim()
      text.replaceQuotes()
    }
    text.encode()
    if let length = StoredLength(of: field) { text.cut(at: length) }
    if !route.isUpdate, text.bytes.isEmpty { return nothing(insteadOf: bytes, text.changes) }
    return Prediction(value: .text(text.bytes), changes: text.changes)
  }

  private func nothing(insteadOf bytes: [UInt8], _ changes: StoredChanges) -> Prediction {
    Prediction(value: .nothing, changes: bytes.isEmpty ? [] : changes.union(.emptied))
  }

  private func storedSocial(_ bytes: [UInt8], _ field: PersonField) -> Prediction {
    let values = PersonField.socials.map { $0 == field ? bytes : [] }
    let index = PersonField.socials.firstIndex(of: field) ?? 0
    var changes = joinedSocials(values).text.changes
    if bytes.contains(ASCII.semicolon) { changes.insert(.shifted) }
    return Prediction(value: storedSocials(of: values)[index], changes: changes)
  }

  /// A guide entry is stored by its identifier even while its field is off, but not shown then.
  ///
  /// An update keeps the source it finds where the text names no identifier.
  private func storedGuideEntry(of bytes: [UInt8], in field: PersonField) -> StoredValue {
    guard isActive(field) else { return .notShown }
    if bytes.isEmpty { return field == .loyalty ? .nothing : .decidedByServer }
    if variant.takesGuideTexts { return .text(bytes) }
    let identifier = bytes.leadingInteger
    let keepsOld = route.isUpdate && field == .clientpath && identifier == 0
    return keepsOld ? .decidedByServer : .guideEntry(identifier)
  }
}

extension Array<UInt8> {
  /// The number a text begins with, as PHP reads it and an integer column holds it; 0 without one.
  var leadingInteger: Int {
    var rest = self[...].drop { $0 == ASCII.space || (0x09...0x0D).contains($0) }
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var number = 0
    for byte in rest {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
      number = Swift.min(number * 10 + Int(byte - UInt8(ascii: "0")), Int(Int32.max) + 1)
    }
    return isNegative ? -number : Swift.min(number, Int(Int32.max))
  }
}
