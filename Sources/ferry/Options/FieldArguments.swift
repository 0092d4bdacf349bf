import ArgumentParser
import ContactModel
import PersonAPI

/// Names of fields separated by commas.
enum FieldList {
  static func parse(_ text: String?) throws -> [PersonField] {
    guard let text else { return [] }
    return try text.split(separator: ",").map { try FieldName.parse(String($0)) }
  }
}

/// The name of a field.
enum FieldName {
  static func parse(_ text: String) throws -> PersonField {
    var name = text
    while name.first == " " { name.removeFirst() }
    while name.last == " " { name.removeLast() }
    guard let field = PersonField(rawValue: name) ?? PersonField(rawValue: "socials.\(name)")
    else {
      let names = PersonField.allCases.map(\.name).joined(separator: ", ")
      throw ValidationError(
        "'\(name)' is not a field; the fields are \(names)",
        "'\(name)' — такого поля нет; есть \(names)")
    }
    return field
  }
}

/// A field and a value, written `field=value`.
enum Assignment {
  static func parse(_ text: String) throws -> FieldValue {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw ValidationError(
        "'\(text)' is not of the form field=value", "'\(text)' не имеет вида поле=значение")
    }
    return FieldValue(try FieldName.parse(String(parts[0])), String(parts[1]))
  }
}

extension Assignment {
  /// Parses assignments to different fields, all of which can be written.
  static func parseAll(_ texts: [String]) throws -> [FieldValue] {
    let values = try texts.map(parse)
    for (index, value) in values.enumerated() {
      guard value.field.isWritable else {
        throw ValidationError(
          "'\(value.field.name)' is given by the CRM and cannot be set",
          "'\(value.field.name)' назначает сама CRM, задать его нельзя")
      }
      if values[..<index].contains(where: { $0.field == value.field }) {
        throw ValidationError(
          "'\(value.field.name)' is given twice", "'\(value.field.name)' задано дважды")
      }
    }
    return values
  }
}

/// A condition of a list, written `field=text`.
enum Condition {
  /// Parses conditions on different fields: of two on one the CRM takes the last.
  static func parseAll(_ texts: [String]) throws -> [ListRequest.Condition] {
    let conditions = try texts.map(parse)
    for (index, condition) in conditions.enumerated()
    where conditions[..<index].contains(where: { $0.field == condition.field }) {
      throw ValidationError(
        "--filter has '\(condition.field)' twice, and the CRM takes one text for a field",
        "в --filter поле '\(condition.field)' стоит дважды, а CRM берёт для поля один текст")
    }
    return conditions
  }

  static func parse(_ text: String) throws -> ListRequest.Condition {
    let value = try Assignment.parse(text)
    if value.field == .user {
      throw ValidationError(
        "the CRM filters by no login; use --user", "по логину CRM не фильтрует; используйте --user")
    }
    // None of these is a column of the CRM's own table.
    guard value.field.socialKey == nil, value.field != .client, value.field != .mperson else {
      throw ValidationError(
        "the CRM cannot filter by '\(value.field.name)'",
        "по полю '\(value.field.name)' CRM не фильтрует")
    }
    return ListRequest.Condition(field: value.field.name, value: value.value)
  }
}

/// Days as the list's filters want them: both ends given, with times, so that whole days are meant.
enum Day {
  static let first = "1970-01-01 00:00:00"
  static let last = "9999-12-31 23:59:59"

  static func begin(_ text: String?) throws -> String? {
    try text.map { try check($0) + " 00:00:00" }
  }

  static func end(_ text: String?) throws -> String? {
    try text.map { try check($0) + " 23:59:59" }
  }

  private static func check(_ text: String) throws -> String {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1970...9999).contains(year), (1...12).contains(month),
      (1...daysIn(month, of: year)).contains(day)
    else {
      throw ValidationError(
        "'\(text)' is not a date; write it as 2026-01-31",
        "'\(text)' — не дата; пишите так: 2026-01-31")
    }
    return text
  }

  private static func daysIn(_ month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
