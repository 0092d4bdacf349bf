/// What a column's name says about the property to write: `ADR[HOME].city (2)`.
///
/// The reverse of ``CardColumns/name(row:component:)``. A name that would come back as another one is
/// no property's, and is written as X-COLUMN.
struct XCardColumn {
  /// The property.
  let property: CardProperty
  /// The part of its value, from 0, or ``CardColumns/label``.
  let component: Int
  /// How often the property stands in the card before.
  let occurrence: Int

  /// Properties that RFC 6350 and the documents after it register, and those of RFC 2426.
  private static let registered: Set = [
    "ADR", "ANNIVERSARY", "BDAY", "BIRTHPLACE", "CALADRURI", "CALURI", "CATEGORIES", "CLASS",
    "CLIENTPIDMAP", "CONTACT-URI", "DEATHDATE", "DEATHPLACE", "EMAIL", "EXPERTISE", "FBURL", "FN",
    "GENDER", "GEO", "HOBBY", "IMPP", "INTEREST", "KEY", "KIND", "LABEL", "LANG", "LOGO", "MAILER",
    "MEMBER", "N", "NICKNAME", "NOTE", "ORG", "ORG-DIRECTORY", "PHOTO", "RELATED", "REV", "ROLE",
    "SORT-STRING", "SOUND", "SOURCE", "TEL", "TITLE", "TZ", "UID", "URL",
  ]

  /// - Parameter name: The column's name; `nil` comes back if it is no property's.
  init?(name: String) {
    var rest = name[...]
    occurrence = Self.takeOccurrence(from: &rest)
    let token = rest.prefix { Self.isNameLetter($0) }
    guard Self.registered.contains(String(token)) || token.hasPrefix("X-") else { return nil }
    rest = rest.dropFirst(token.count)
    var types: [String] = []
    if rest.first == "[", let end = rest.firstIndex(of: "]") {
      types = [String(rest[rest.index(after: rest.startIndex)..<end])]
      rest = rest[rest.index(after: end)...]
    }
    property = CardProperty(name: String(token), types: types)
    guard let component = Self.component(String(rest), of: property.structure) else { return nil }
    self.component = component
    let suffix =
      component == CardColumns.label
      ? ".label" : property.structure.suffix(ofComponent: component)
    let counter = occurrence == 0 ? "" : " (\(occurrence + 1))"
    guard property.columnName + suffix + counter == name else { return nil }
  }

  private static func isNameLetter(_ letter: Character) -> Bool {
    letter.isASCII && (letter.isUppercase || letter.isNumber || letter == "-" || letter == "_")
  }

  /// Removes a counter such as ` (2)` from the end of a name.
  private static func takeOccurrence(from name: inout Substring) -> Int {
    guard name.last == ")", let space = name.lastIndex(of: " ") else { return 0 }
    let counter = name[space...].dropFirst(2).dropLast()
    guard let number = Int(counter), number > 1 else { return 0 }
    name = name[..<space]
    return number - 1
  }

  private static func component(
    _ suffix: String, of structure: CardProperty.Structure
  ) -> Int? {
    if suffix == ".label" { return CardColumns.label }
    if let known = structure.componentNames.firstIndex(of: suffix) { return known }
    guard structure == .organization, suffix.hasPrefix(".unit") else { return nil }
    return Int(suffix.dropFirst(".unit".count)).flatMap { $0 < ColumnTable.limit ? $0 : nil }
  }
}
