import ContactModel
import JSONSyntax
import PersonAPI
import Testing

/// The rows of the table after recorded calls, against what is predicted for every value sent.
@Suite("stored rows against recordings", .enabled(if: Recordings.arePresent))
struct StoredRowTests {
  /// The fields of a fresh install; rows of other recordings had more.
  static let defaultFields: Set<PersonField> = [
    .clid, .ptitle, .person, .tel, .fax, .mob, .mail, .iduser, .input7,
  ]

  @Test("every row that add and add.list stored holds what is predicted")
  func added() throws {
    var count = 0
    for prefix in ["add-", "addlist-", "idem-", "v3-add", "json-add"] {
      for exchange in try Recordings.exchanges(prefix) {
        let sent = Self.sentRows(exchange)
        let stored = Self.storedRows(exchange)
        guard sent.count == stored.count else { continue }
        for (sent, stored) in zip(sent, stored) {
          try check(sent, stored, exchange)
          count += 1
        }
      }
    }
    #expect(count > 60)
  }

  @Test("an update stores what is predicted, too")
  func updated() throws {
    for exchange in try Recordings.exchanges("update-") {
      guard let stored = exchange.document["row_after"] else { continue }
      let sent = try #require(exchange.document["request"]?["params"])
      try check(sent, stored, exchange)
    }
  }

  private func check(
    _ sent: JSONValue, _ stored: JSONValue, _ exchange: Recordings.Exchange
  ) throws {
    let predictor = StoredValueMatrixTests.predictor(
      Self.route(exchange),
      active: exchange.name.contains("defaultform") || exchange.name.contains("inactive")
        ? Self.defaultFields : nil)
    for member in sent.members ?? [] {
      guard let field = PersonField(rawValue: member.key), let text = Self.text(member.value),
        let column = stored[field.name]
      else { continue }
      let place: Comment = "\(exchange.name) \(field)"
      switch predictor.storedValue(of: Array(text.utf8), in: field) {
      case .text(let bytes):
        #expect(Self.text(column) == String(decoding: bytes, as: UTF8.self), place)
      case .nothing where field == .loyalty: #expect(column.integer == 0, place)
      case .nothing: #expect(column == .null, place)
      case .guideEntry(let id): #expect(column.integer == id, place)
      case .decidedByServer, .notShown: break
      }
    }
    guard let socials = sent["socials"]?.members else { return }
    let values = PersonField.socials.map { field in
      Array((socials.last { $0.key == field.wireKey }?.value.string ?? "").utf8)
    }
    guard socials.allSatisfy({ $0.value.string != nil }), !predictor.route.isUpdate,
      let column = stored["social"]
    else { return }
    let joined = String(decoding: predictor.storedSocialColumn(of: values), as: UTF8.self)
    #expect((column.string ?? "") == joined, "\(exchange.name)")
  }

  static func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    case .bool(true): "1"
    default: nil
    }
  }

  static func sentRows(_ exchange: Recordings.Exchange) -> [JSONValue] {
    guard let parameters = exchange.document["request"]?["params"] else { return [] }
    guard let persons = parameters["persons"] else { return [parameters] }
    let rows = persons.elements ?? persons.members?.map(\.value) ?? []
    // Rows without a name are not stored.
    return rows.filter { !($0["person"]?.string ?? "").allSatisfy(\.isWhitespace) }
  }

  private static func storedRows(_ exchange: Recordings.Exchange) -> [JSONValue] {
    if let rows = exchange.document["stored_rows"]?.elements { return rows }
    return [exchange.document["stored_row"] ?? exchange.document["stored"]].compactMap { $0 }
  }

  static func route(_ exchange: Recordings.Exchange) -> ValueRoute {
    let request = exchange.document["request"]
    let isJSON = request?["headers"]?["Content-Type"]?.string == "application/json"
    switch request?["params"]?["action"]?.string {
    case "update": return isJSON ? .updateJSON : .updateForm
    case "add": return isJSON ? .addJSON : .addForm
    default: return isJSON ? .listJSON : .listForm
    }
  }
}
