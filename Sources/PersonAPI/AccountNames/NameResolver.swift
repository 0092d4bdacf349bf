package import ContactModel

/// Puts in the place of names what the server takes for them, and finds those it does not know.
///
/// Owners are logins everywhere; a guide's entry goes as its number to servers that take numbers,
/// and as its title to those that take texts; a client goes as its number. A name the account does
/// not know is never sent to a server that would store the contact without its owner, or with
/// another entry of the guide.
package struct NameResolver: Sendable {
  /// What the account knows.
  package var names: AccountNames

  private let columns: [Column]
  private let columnCount: Int

  /// A column that holds names.
  private struct Column: Sendable {
    var index: Int
    var field: PersonField
    /// The column of the source that its issues name.
    var source: Int?
    var invalid: InvalidPolicy
    /// Values the mapping gives by number (`{ id: N }`), which are no names.
    var numbers: Set<String>
  }

  /// - Parameters:
  ///   - schema: The contacts' columns.
  ///   - variant: The kind of server.
  ///   - names: What the account knows.
  ///   - numbers: Guide entries that the mapping itself names by number, as they stand in contacts.
  package init(
    schema: ContactSchema, variant: Variant, names: AccountNames,
    numbers: [PersonField: Set<String>] = [:]
  ) {
    self.names = names
    columnCount = schema.columns.count
    columns = schema.columns.enumerated().compactMap { index, column in
      let holdsNames =
        switch column.field {
        case .user: names.owners != nil
        case .clid: column.isLookedUp
        case .loyalty, .clientpath: names.knows(column.field) || !variant.takesGuideTexts
        default: false
        }
      guard holdsNames else { return nil }
      return Column(
        index: index, field: column.field, source: column.sources.first,
        invalid: column.invalid ?? schema.invalid,
        numbers: numbers[column.field] ?? [])
    }
    sendsTitles = variant.takesGuideTexts
  }

  private let sendsTitles: Bool

  /// Whether no column holds names.
  package var isEmpty: Bool { columns.isEmpty }

  /// The names of a batch that are not known yet, each once, in order.
  ///
  /// - Parameters:
  ///   - field: `clid` for titles of clients, `clientpath` for entries of the guide.
  ///   - contacts: The batch.
  ///   - isRejected: The contacts that do not matter.
  /// - Returns: The names as they stand in the contacts.
  package func unknownNames(
    of field: PersonField, in contacts: ContactBatch, isRejected: [Bool]
  ) -> [String] {
    guard let column = columns.first(where: { $0.field == field }) else { return [] }
    var seen: Set<String> = []
    var unknown: [String] = []
    for contact in 0..<contacts.count where !isRejected[contact] {
      let text = contacts.text(contact: contact, column: column.index)
      guard !text.isEmpty, seen.insert(text).inserted else { continue }
      let isKnown =
        field == .clid ? names.clients[text] != nil : number(of: text, column) != nil
      if !isKnown { unknown.append(text) }
    }
    return unknown
  }

  /// Resolves the names of a batch.
  ///
  /// - Returns: The contacts with what is to be sent; an issue for every name that is not known, in
  ///   record order; which contacts are not to be sent. A name that may not be sent is left out under
  ///   `invalid: drop`; otherwise its contact is rejected, also under `keep`.
  package func resolve(_ contacts: ContactBatch, isRejected: [Bool]) -> Resolution {
    var resolution = Resolution(contacts: contacts, issues: [], isRejected: isRejected)
    guard !columns.isEmpty else { return resolution }
    var resolved = ContactBatch(
      columnCount: contacts.columnCount, reservingContacts: contacts.count,
      bytes: contacts.bytes.count)
    var byIndex: [Column?] = Array(repeating: nil, count: columnCount)
    for column in columns { byIndex[column.index] = column }
    for contact in 0..<contacts.count {
      for index in 0..<columnCount {
        let range = contacts.valueRange(contact: contact, column: index)
        if let column = byIndex[index], !range.isEmpty, !isRejected[contact] {
          let text = String(decoding: contacts.bytes[range], as: UTF8.self)
          let answer = answer(for: text, column)
          if let code = answer.issue {
            resolution.issues.append(
              Issue(code, record: contact, sourceColumn: column.source, field: column.field))
          }
          if let value = answer.value {
            resolved.bytes.append(contentsOf: value.utf8)
          } else if column.invalid != .drop {
            resolution.isRejected[contact] = true
          }
        } else {
          resolved.bytes.append(contentsOf: contacts.bytes[range])
        }
        resolved.endValue()
      }
    }
    resolution.contacts = resolved
    return resolution
  }

  /// What is sent for a name; `nil` where it may not be sent.
  private func answer(for text: String, _ column: Column) -> (value: String?, issue: IssueCode?) {
    switch column.field {
    case .user:
      guard let owner = names.owner(text) else { return (nil, .ownerUnknown) }
      return (owner.login, owner.isActive ? nil : .ownerInactive)
    case .clid:
      switch names.clients[text] ?? .none {
      case .one(let number): return (String(number), nil)
      case .none: return (nil, .clientUnknown)
      case .several: return (nil, .clientAmbiguous)
      }
    default:
      guard let number = number(of: text, column) else { return (nil, .guideUnknown) }
      return (sendsTitles ? text : String(number), nil)
    }
  }

  /// The number of a guide's entry.
  private func number(of text: String, _ column: Column) -> Int? {
    column.numbers.contains(text) ? Int(text) : names.entry(text, of: column.field)
  }
}

/// A batch whose names have been resolved.
package struct Resolution: Sendable {
  /// The contacts as they are to be sent.
  package var contacts: ContactBatch
  /// What was noticed, in record order.
  package var issues: [Issue]
  /// Whether each is not to be sent.
  package var isRejected: [Bool]
}
