package import ContactModel

/// Asks for the active fields.
package struct FieldsRequest: PersonRequest {
  package init() {}

  package var action: Action { .fields }
  /// Appends the request's own parameters.
  package func append(to parameters: inout RequestParameters, variant: Variant) {}
}

/// Asks for one contact.
package struct InfoRequest: PersonRequest {
  /// The contact's identifier.
  package var pid: Int
  /// The fields wanted, `pid` always among them; empty for all.
  package var fields: [PersonField]
  /// Whether the social contacts are wanted; they come anyway if ``fields`` names one.
  package var wantsSocials: Bool

  package init(pid: Int, fields: [PersonField] = [], wantsSocials: Bool = true) {
    self.pid = pid
    self.fields = fields
    self.wantsSocials = wantsSocials
  }

  package var action: Action { .info }

  /// Appends the request's own parameters.
  package func append(to parameters: inout RequestParameters, variant: Variant) {
    parameters.append("pid", "\(pid)")
    parameters.append(fields: fields, wantsSocials: wantsSocials)
  }
}

/// Asks for a page of contacts.
///
/// A page has 200 records, always. Only pages in the order `pid`, oldest first, stay whole while
/// contacts are being added.
package struct ListRequest: PersonRequest {
  /// Which way the records are sorted.
  package enum Direction: String, Sendable, CaseIterable {
    /// Descending.
    case newestFirst = "new"
    /// Ascending; with the order `pid`, pages stay whole.
    case oldestFirst = "old"
  }

  /// How many records a page has.
  package static let pageSize = 200

  /// The page, from 0.
  package var page: Int
  /// The field to sort by; `nil` for the server's default, `date_create`.
  package var order: String?
  /// Which way; `nil` for the server's default, newest first.
  package var first: Direction?
  /// The login of the owner whose contacts are wanted.
  package var user: String?
  /// Only records created after this date, or from it on if both dates are given.
  package var dateStart: String?
  /// Only records created before this date, or until it if both dates are given.
  package var dateEnd: String?
  /// A text to search for in person, ptitle, tel and mail.
  package var word: String?
  /// The fields wanted, `pid` always among them; empty for all.
  package var fields: [PersonField]
  /// Whether the social contacts are wanted; they come anyway if ``fields`` names one.
  package var wantsSocials: Bool
  /// Further conditions: a column's name and a text that its value contains.
  package var filter: [Condition]

  /// A column and a text that its value contains.
  package struct Condition: Sendable, Equatable {
    /// The column's name, such as `clid` or `input7`.
    package var field: String
    /// The text.
    package var value: String

    package init(field: String, value: String) {
      self.field = field
      self.value = value
    }
  }

  package init(
    page: Int = 0, order: String? = nil, first: Direction? = nil, user: String? = nil,
    dateStart: String? = nil, dateEnd: String? = nil, word: String? = nil,
    fields: [PersonField] = [], wantsSocials: Bool = false, filter: [Condition] = []
  ) {
    self.page = page
    self.order = order
    self.first = first
    self.user = user
    self.dateStart = dateStart
    self.dateEnd = dateEnd
    self.word = word
    self.fields = fields
    self.wantsSocials = wantsSocials
    self.filter = filter
  }

  package var action: Action { .list }

  /// Appends the request's own parameters.
  package func append(to parameters: inout RequestParameters, variant: Variant) {
    parameters.append("offset", "\(page)")
    if let order { parameters.append("order", order) }
    if let first { parameters.append("first", first.rawValue) }
    if let user { parameters.append("user", user) }
    if let dateStart { parameters.append("dateStart", dateStart) }
    if let dateEnd { parameters.append("dateEnd", dateEnd) }
    if let word { parameters.append("word", word) }
    parameters.append(fields: fields, wantsSocials: wantsSocials)
    for condition in filter { parameters.append("filter", condition.field, condition.value) }
  }
}

extension RequestParameters {
  fileprivate mutating func append(fields: [PersonField], wantsSocials: Bool) {
    if !fields.isEmpty { append("fields", PersonField.listedNames(fields)) }
    // Only `yes` is understood.
    if wantsSocials || fields.contains(where: { $0.socialKey != nil }) { append("socinfo", "yes") }
  }
}
