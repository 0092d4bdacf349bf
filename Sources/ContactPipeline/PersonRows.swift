import ContactFormats
package import ContactModel
import JSONSyntax
package import PersonAPI

/// Contacts given as a JSON array, for one addlist request that goes out as it is.
///
/// The array holds objects of field names and texts; numbers count as their text, `null` as nothing,
/// and `socials` may be an object of its own.
package struct PersonRows: Sendable {
  /// Why a document is no such array, or does not fit.
  package enum Problem: Error, Sendable, Equatable {
    /// It is not a JSON array with at least one element.
    case notAnArray
    /// An element is not an object.
    case notAnObject
    /// A member's name is no field, or not one that can be set.
    case unknownField(String)
    /// A member's value is neither text nor number.
    case notText(String)
    /// There are more rows than one request can take.
    case tooMany
  }

  private let rows: [[PersonField: String]]

  /// How many contacts there are.
  package var count: Int { rows.count }

  /// The values of each contact.
  package var values: [[FieldValue]] {
    rows.map { row in row.map { FieldValue($0.key, $0.value) } }
  }

  /// Reads a document.
  ///
  /// - Throws: ``Problem``.
  package init(json: [UInt8]) throws(Problem) {
    guard let value = try? JSONValue(parsing: json.span), let elements = value.elements,
      !elements.isEmpty
    else { throw .notAnArray }
    var rows: [[PersonField: String]] = []
    for element in elements { rows.append(try Self.row(element)) }
    self.rows = rows
  }

  private static func row(_ value: JSONValue) throws(Problem) -> [PersonField: String] {
    guard let members = value.members else { throw .notAnObject }
    var row: [PersonField: String] = [:]
    for member in members {
      let isNested = member.key == "socials" && member.value.members != nil
      for inner in isNested ? member.value.members ?? [] : [member] {
        let name = isNested ? "socials.\(inner.key)" : inner.key
        guard let field = PersonField(rawValue: name) ?? PersonField(rawValue: "socials.\(name)"),
          field.isWritable
        else { throw .unknownField(inner.key) }
        switch inner.value {
        case .string(let text), .number(let text): row[field] = text
        case .null: break
        default: throw .notText(inner.key)
        }
      }
    }
    return row
  }

  /// The request's body.
  ///
  /// - Throws: ``Problem/tooMany`` if the contacts do not fit into one request.
  package func body(credentials: Credentials, variant: Variant) throws(Problem) -> [UInt8] {
    let fields = PersonField.allCases.filter { field in rows.contains { $0[field] != nil } }
    let schema = ContactSchema(columns: fields.map { ContactColumn(field: $0, treatment: .text) })
    var contacts = ContactBatch(columnCount: fields.count)
    for row in rows {
      for field in fields {
        contacts.bytes.append(contentsOf: (row[field] ?? "").utf8)
        contacts.endValue()
      }
    }
    var builder = AddListBatchBuilder(
      schema: schema, credentials: credentials, variant: variant,
      limits: AddListLimits(maximumRows: rows.count))
    for contact in rows.indices {
      guard builder.append(contacts, contact: contact) == .appended else { throw .tooMany }
    }
    return builder.finish()
  }
}

extension PersonRows.Problem {
  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    switch self {
    case .notAnArray:
      language.pick(
        "this is not a JSON array of objects with field names and texts",
        "это не массив JSON из объектов с именами полей и текстами")
    case .notAnObject:
      language.pick(
        "every element of the array has to be an object of field names and texts",
        "каждый элемент массива должен быть объектом из имён полей и текстов")
    case .unknownField(let name):
      language.pick(
        "'\(name)' is not a field that can be set; 'ferry person fields' lists them",
        "'\(name)' — не поле, которое можно задать; их список даёт 'ferry person fields'")
    case .notText(let name):
      language.pick(
        "'\(name)' has to be a text; put it in quotes",
        "значение '\(name)' должно быть текстом; возьмите его в кавычки")
    case .tooMany:
      language.pick(
        "these are too many rows for one request; use 'ferry import'",
        "для одного запроса строк слишком много; используйте 'ferry import'")
    }
  }
}
