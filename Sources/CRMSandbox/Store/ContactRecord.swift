import GRDB

/// A contact as it is read: its row together with the names behind its numbers.
struct ContactRecord {
  /// How an answer shows who owns the contact.
  enum Owner {
    /// `user` is the login and `iduser` the number; so does `list`.
    case numberAndLogin
    /// `iduser` is the login; so does `info`.
    case login
  }

  private let row: Row
  /// Seconds east of Greenwich, in which dates are shown.
  private let offset: Int

  /// Keeps a copy of a row selected with ``selection``.
  init(_ row: Row, offset: Int) {
    self.row = row.copy()
    self.offset = offset
  }

  private static let columns = PersonColumn.readable
  private static let columnPlaces = Dictionary(
    uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
  private static let clientPlace = columns.count
  private static let loginPlace = columns.count + 1
  private static let loyaltyPlace = columns.count + 2
  private static let clientpathPlace = columns.count + 3
  private static let socialsPlace = columns.count + 4

  /// The select list and joins that a record is made from.
  static let selection: String = {
    let names =
      columns.map { "person.\($0.rawValue)" }
      + ["client.title", "user.login", "loyalty.title", "clientpath.title"]
      + ["person.social"]
    return """
      SELECT \(names.joined(separator: ", ")) FROM person
      LEFT JOIN client ON client.clid = person.clid
      LEFT JOIN user ON user.iduser = person.iduser
      LEFT JOIN loyalty ON loyalty.id = person.loyalty
      LEFT JOIN clientpath ON clientpath.id = person.clientpath
      """
  }()

  /// The number of the owner; 0 where it is nobody.
  var owner: Int { number(.iduser) }

  /// Writes the chosen fields as an object; PHP writes an array without keys as `[]`.
  func write(_ selection: FieldSelection, owner: Owner, into json: inout PHPJSONWriter) {
    guard !selection.columns.isEmpty || selection.includesSocials else {
      json.beginArray()
      json.endArray()
      return
    }
    json.beginObject()
    for column in selection.columns { write(column, owner: owner, into: &json) }
    if selection.includesSocials { writeSocials(into: &json) }
    json.endObject()
  }

  private func write(_ column: PersonColumn, owner: Owner, into json: inout PHPJSONWriter) {
    switch (column, owner) {
    case (.pid, _):
      json.key(column.rawValue)
      json.number(number(column))
    case (.clid, _):
      let clid = number(column)
      json.key(column.rawValue)
      // The documentation shows a number in `list` and a text in `info`.
      if case .login = owner { json.string(String(clid)) } else { json.number(clid) }
      json.key("client")
      json.string(clid == 0 ? "" : row[Self.clientPlace] ?? "--не найден--")
    case (.iduser, .numberAndLogin):
      json.key("user")
      json.string(row[Self.loginPlace] ?? "")
      json.key(column.rawValue)
      json.number(number(column))
    case (.iduser, .login):
      json.key(column.rawValue)
      json.string(row[Self.loginPlace] ?? "")
    case (.loyalty, _):
      json.key(column.rawValue)
      if number(column) == 0 { json.null() } else { json.string(row[Self.loyaltyPlace] ?? "") }
    case (.clientpath, _):
      json.key(column.rawValue)
      json.string(row[Self.clientpathPlace] ?? "")
    case (.dateCreate, _), (.dateEdit, _):
      json.key(column.rawValue)
      json.string(
        Self.columnPlaces[column].flatMap { row[$0] as String? }
          .map { CRMDate.shifted($0, by: offset) })
    default:
      json.key(column.rawValue)
      json.string(Self.columnPlaces[column].flatMap { row[$0] as String? })
    }
  }

  /// Writes eight texts; where none was ever stored, one empty text and seven nulls.
  private func writeSocials(into json: inout PHPJSONWriter) {
    let values = SocialContact.split(row[Self.socialsPlace])
    json.key("socials")
    json.beginObject()
    for (social, value) in zip(SocialContact.allCases, values) {
      json.key(social.rawValue)
      json.string(value)
    }
    json.endObject()
  }

  /// A number; the owner's is kept as a text, which may be none.
  private func number(_ column: PersonColumn) -> Int {
    guard let place = Self.columnPlaces[column] else { return 0 }
    let value: DatabaseValue = row[place]
    switch value.storage {
    case .int64(let number): return Int(number)
    case .string(let text): return RequestParameters.number(text)
    default: return 0
    }
  }
}
