import GRDB

extension ObservedReply {
  /// The body of `fields`: the active fields by their titles, the social contacts as one object.
  static func fields(_ active: [PersonColumn]) -> [UInt8] {
    var json = PHPJSONWriter(capacity: 2048, russianLetters: .restored)
    json.beginObject()
    json.key("data")
    json.beginObject()
    for column in active where column != .social {
      json.key(column.rawValue)
      json.string(title(of: column))
    }
    json.key("social")
    json.beginObject()
    for social in SocialContact.allCases {
      json.key(social.rawValue)
      json.string(social.title)
    }
    json.endObject()
    json.endObject()
    json.endObject()
    return json.bytes
  }

  /// What a fresh installation calls a field; administrators change these.
  private static func title(of column: PersonColumn) -> String {
    switch column {
    case .iduser: "Куратор"
    case .clientpath: "Канал привлечения"
    case .input7: "Добавочный"
    case .input2, .input3, .input4, .input5, .input6, .input8, .input9, .input10: "доп.поле"
    default: column.title
    }
  }

  /// The body of `user.list`, those without access included.
  static func users(in database: Database) throws -> [UInt8] {
    try data(of: "SELECT * FROM user ORDER BY iduser", in: database) { row, json in
      json.key("iduser")
      json.number(row["iduser"])
      json.key("uid")
      json.null()
      json.key("oid")
      json.bool(false)
      for name in ["title", "login", "email"] {
        json.key(name)
        json.string(row[name] as String)
      }
      json.key("active")
      json.string(row["isActive"] ? "yes" : "no")
    }
  }

  /// The body of the guide of sources.
  static func sources(in database: Database) throws -> [UInt8] {
    try data(of: "SELECT * FROM clientpath ORDER BY id", in: database) { row, json in
      json.key("id")
      json.number(row["id"])
      json.key("title")
      json.string(row["title"] as String)
      json.key("utm_source")
      let utm = row["utm"] as String?
      json.string(utm)
      json.key("destination")
      // Both are missing in what a text has made.
      json.string(utm.map { _ in "" })
    }
  }

  /// The body of the list of clients: `word` narrows it, `filter[title]` does not.
  static func clients(_ parameters: PHPArray, in database: Database) throws -> [UInt8] {
    let text = { (name: StaticString) in
      String(decoding: parameters[name]?.string ?? [], as: UTF8.self)
    }
    let word = text("word")
    let named = text("fields").split(separator: ",").map { RequestParameters.trimmed(String($0)) }
    let fields = named.isEmpty ? ["clid", "title"] : named.filter(["clid", "title"].contains)
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT clid, title FROM client WHERE ? = '' OR crm_like(title, ?) ORDER BY clid",
      arguments: [word, "%\(word)%"])
    let offset = max(0, parameters["offset"]?.integer ?? 0)
    let page = rows.dropFirst(offset.multipliedReportingOverflow(by: 200).partialValue).prefix(200)
    var json = PHPJSONWriter(capacity: 1024, russianLetters: .restored)
    json.beginObject()
    if !page.isEmpty {
      json.key("data")
      json.beginArray()
      for row in page {
        json.beginObject()
        for field in fields {
          json.key(field)
          if field == "clid" { json.number(row["clid"]) } else { json.string(row[field] as String) }
        }
        json.endObject()
      }
      json.endArray()
    }
    json.key("count")
    json.number(rows.count)
    json.endObject()
    return json.bytes
  }

  private static func data(
    of query: String, in database: Database, _ write: (Row, inout PHPJSONWriter) -> Void
  ) throws -> [UInt8] {
    var json = PHPJSONWriter(capacity: 1024, russianLetters: .restored)
    json.beginObject()
    json.key("data")
    json.beginArray()
    let rows = try Row.fetchCursor(database, sql: query)
    while let row = try rows.next() {
      json.beginObject()
      write(row, &json)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes
  }
}
