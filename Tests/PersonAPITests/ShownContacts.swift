import ContactModel
import JSONSyntax
import PersonAPI

/// Contacts as `list` and `info` would show them, for tests of what reads them.
struct ShownContacts {
  /// A contact: its identifier and the texts of its fields; an absent field is `null`.
  struct Contact {
    var pid: Int
    var values: [PersonField: String]
  }

  var contacts: [Contact] = []

  /// A page with these contacts, read back with some columns.
  func page(_ columns: [PersonField]) throws -> ListPage {
    let records = contacts.map { contact in
      let flat = PersonField.allCases.filter { $0.socialKey == nil && $0 != .pid }.map { field in
        "\"\(field.rawValue)\":\(Self.json(contact.values[field]))"
      }
      let socials = PersonField.socials.map {
        "\"\($0.wireKey)\":\(Self.json(contact.values[$0]))"
      }
      return "{\"pid\":\(contact.pid),\(flat.joined(separator: ",")),"
        + "\"socials\":{\(socials.joined(separator: ","))}}"
    }
    let text = "{\"data\":[\(records.joined(separator: ","))],\"count\":\(contacts.count)}"
    guard case .page(let page) = ListReply(ReplyBody(Array(text.utf8)), columns: columns) else {
      throw Unreadable(text: text)
    }
    return page
  }

  struct Unreadable: Error {
    var text: String
  }

  /// A text as the server writes it: every character that is no ASCII letter by its code.
  private static func json(_ text: String?) -> String {
    guard let text else { return "null" }
    let units = text.utf16.map { unit in
      (48...57).contains(unit) || (97...122).contains(unit)
        ? String(UnicodeScalar(UInt8(unit)))
        : "\\u" + String(repeating: "0", count: 4 - String(unit, radix: 16).count)
          + String(unit, radix: 16)
    }
    return "\"\(units.joined())\""
  }

  /// What would be shown of a row, by the predictor alone.
  static func stored(
    _ predictor: StoredValuePredictor, _ batch: ContactBatch, _ contact: Int
  ) -> [PersonField: String] {
    var values: [PersonField: String] = [:]
    func take(_ value: StoredValue, _ field: PersonField) {
      if case .text(let bytes) = value { values[field] = String(decoding: bytes, as: UTF8.self) }
    }
    let fields = predictor.schema.columns.map(\.field)
    for (field, value) in zip(fields, predictor.storedValues(of: batch, contact: contact)) {
      take(value, field)
    }
    let socials = PersonField.socials.map { field -> [UInt8] in
      guard let column = predictor.schema.column(of: field) else { return [] }
      return Array(batch.bytes[batch.valueRange(contact: contact, column: column)])
    }
    for (field, value) in zip(PersonField.socials, predictor.storedSocials(of: socials)) {
      take(value, field)
    }
    return values
  }
}
