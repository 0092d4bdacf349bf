import GRDB

/// A contact as the real CRM shows it.
struct ObservedRecord {
  /// Which action shows the contact; they disagree about the owner and the source.
  enum Action: Sendable {
    case list
    case info
  }

  private let row: Row?
  private let offset: Int
  private let action: Action
  /// What `info` shows as the source.
  private let source: String

  /// The select list and joins that a record is made from.
  static let selection = """
    SELECT person.*, client.title AS clientTitle, user.login AS login,
      loyalty.title AS loyaltyTitle, clientpath.title AS clientpathTitle
    FROM person
    LEFT JOIN client ON client.clid = person.clid
    LEFT JOIN user ON user.iduser = person.iduser
    LEFT JOIN loyalty ON loyalty.id = person.loyalty
    LEFT JOIN clientpath ON clientpath.id = person.clientpath
    """

  /// An element of `list`, from a row selected with ``selection``.
  init(listed row: Row, site: ObservedSite) {
    self.row = row.copy()
    offset = site.timeZoneOffset
    action = .list
    source = ""
  }

  /// The answer of `info`; a pid that nobody has shows a contact of nothing.
  init(_ pid: Int, site: ObservedSite, in database: Database) throws {
    row = try Row.fetchOne(
      database, sql: Self.selection + " WHERE person.pid = ?", arguments: [pid])
    offset = site.timeZoneOffset
    action = .info
    // The name is looked up as if it were a number, and so finds nothing or something else.
    let name = row?["clientpathTitle"] as String? ?? ""
    source =
      try String.fetchOne(
        database, sql: "SELECT title FROM clientpath WHERE id = ?",
        arguments: [RequestParameters.number(name)]) ?? ""
  }

  /// Writes a field under its name, together with the one that always goes with it.
  func write(_ column: PersonColumn, into json: inout PHPJSONWriter) {
    switch column {
    case .pid:
      write(column, number(column), into: &json)
    case .clid:
      let clid = number(column)
      write(column, clid, into: &json)
      json.key("client")
      json.string(clid ?? 0 <= 0 ? "" : text("clientTitle") ?? "--не найден--")
    case .iduser where action == .list:
      json.key("user")
      json.string(text("login") ?? "")
      write(column, number(column) ?? 0, into: &json)
    case .iduser:
      json.key(column.rawValue)
      json.string(text("login") ?? "")
    case .loyalty:
      json.key(column.rawValue)
      json.string(number(column) ?? 0 == 0 ? nil : text("loyaltyTitle") ?? "")
    case .clientpath:
      json.key(column.rawValue)
      json.string(action == .info ? source : text("clientpathTitle") ?? "")
    case .dateCreate, .dateEdit:
      json.key(column.rawValue)
      json.string(text(column.rawValue).map { CRMDate.shifted($0, by: offset) })
    default:
      json.key(column.rawValue)
      json.string(text(column.rawValue))
    }
  }

  /// Writes the eight social contacts; where none was ever stored, one empty text and seven nulls.
  func writeSocials(into json: inout PHPJSONWriter) {
    json.key("socials")
    json.beginObject()
    for (social, value) in zip(SocialContact.allCases, SocialContact.split(text("social"))) {
      json.key(social.rawValue)
      json.string(value)
    }
    json.endObject()
  }

  private func write(_ column: PersonColumn, _ number: Int?, into json: inout PHPJSONWriter) {
    json.key(column.rawValue)
    if let number { json.number(number) } else { json.null() }
  }

  private func text(_ name: String) -> String? { row.flatMap { $0[name] as String? } }

  private func number(_ column: PersonColumn) -> Int? {
    guard let value = row?[column.rawValue] as DatabaseValue? else { return nil }
    switch value.storage {
    case .int64(let number): return Int(number)
    case .string(let text): return RequestParameters.number(text)
    default: return nil
    }
  }
}
