import Foundation
import GRDB
import Testing

@testable import CRMSandbox

@Suite("Values as recorded", .enabled(if: ReplayExchange.folder != nil))
struct ValueMatrixTests {
  private func matrix(_ name: String) throws -> JSONValue {
    let server = name.contains(".") ? "" : ".php74"
    let file = try #require(ReplayExchange.folder)
      .appendingPathComponent("matrix-\(name)\(server).json")
    return try JSONValue(text: String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  private func sandbox(
    _ profile: SandboxProfile = .php74, findsDuplicates: Bool = false
  ) throws -> SandboxApplication {
    try SandboxApplication(
      SandboxConfiguration(
        profile: profile, fixture: .recordings, findsDuplicates: findsDuplicates))
  }

  private func credentials(_ action: String) -> [(String, String)] {
    [
      ("login", "chief@test.invalid"), ("apikey", SandboxFixture.recordings.apikey),
      ("action", action),
    ]
  }

  private func person(_ pid: Int, in application: SandboxApplication) async throws -> JSONValue? {
    try await application.store.database.read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM person WHERE pid = ?", arguments: [pid])
        .map(JSONValue.init(row:))
    }
  }

  private static let texts = [
    "person", "ptitle", "tel", "fax", "mob", "rol", "input1", "input7", "input10",
  ]

  @Test(
    "what becomes of a value in every kind of field",
    arguments: ["add-form", "add-json", "addlist-form", "v3-json"])
  func values(_ mode: String) async throws {
    let application = try sandbox()
    for row in try matrix("values-\(mode)")["rows"].array {
      let sent = try #require(row["sent"].text)
      let request = try self.request(mode, sent)
      let reply = await application.respond(request)
      #expect(String(decoding: reply.body, as: UTF8.self) == row["reply"].text, "\(sent)")
      let pid = try #require(row["pids"].array.first?.text.flatMap { Int($0) })
      let kept = try #require(try await person(pid, in: application))
      for name in ["person", "ptitle", "social"] {
        #expect(kept[name] == row["db"][name], "\(name): \(sent)")
      }
      guard case .object = row["info"] else { continue }
      for name in Self.texts {
        #expect(kept[name] == row["info"][name], "\(name): \(sent)")
      }
    }
  }

  private func request(_ mode: String, _ sent: String) throws -> SandboxRequest {
    let socials = ["blog", "mykrug"]
    switch mode {
    case "add-form":
      return .recordedForm(
        credentials("add") + Self.texts.map { ($0, sent) }
          + socials.map { ("socials[\($0)]", sent) })
    case "addlist-form":
      return .recordedForm(
        credentials("add.list") + Self.texts.map { ("persons[0][\($0)]", sent) }
          + socials.map { ("persons[0][socials][\($0)]", sent) })
    default:
      let value = String(decoding: try JSONEncoder().encode(sent), as: UTF8.self)
      let fields =
        Self.texts.map { "\"\($0)\":\(value)" }
        + ["\"socials\":{\(socials.map { "\"\($0)\":\(value)" }.joined(separator: ","))}"]
      let row = fields.joined(separator: ",")
      let isV3 = mode == "v3-json"
      return SandboxRequest(
        method: "POST", path: isV3 ? "/developer/v3/person/add.list" : "/developer/v2/person",
        headers: [
          ("Content-Type", "application/json"), ("login", "chief@test.invalid"),
          ("apikey", SandboxFixture.recordings.apikey),
        ],
        body: Array((isV3 ? "{\"persons\":[{\(row)}]}" : "{\"action\":\"add\",\(row)}").utf8))
    }
  }

  @Test("tags, blanks and brackets go as strip_tags and trim would have it")
  func tags() throws {
    for row in try matrix("striptags")["rows"].array {
      let sent = try #require(row["sent"].text)
      let cleaned = ContactText.cleaned(Array(sent.utf8))
      #expect(
        String(decoding: cleaned, as: UTF8.self) == row["stored"].text ?? "",
        "\(sent.debugDescription)")
    }
  }

  @Test("texts are cut at the width of their column")
  func lengths() async throws {
    let application = try sandbox()
    for row in try matrix("lengths").array {
      let column = try #require(row["column"].text)
      let isCyrillic = row["kind"].text == "cyr"
      var fields = [("persons[0][person]", "Длина")]
      if let count = row["sent_chars"].integer {
        let text = String(repeating: isCyrillic ? "я" : "x", count: count)
        fields.removeAll { $0.0 == "persons[0][\(column)]" }
        fields.append(("persons[0][\(column)]", text))
      } else {
        fields += [
          ("persons[0][socials][blog]", String(repeating: "b", count: 65_530)),
          ("persons[0][socials][skype]", "skype"), ("persons[0][socials][mykrug]", "tail"),
        ]
      }
      let reply = await application.respond(.recordedForm(credentials("add.list") + fields))
      let body = String(decoding: reply.body, as: UTF8.self)
      #expect(body == row["reply"].text)
      let pid = try #require(Int(body.drop { !$0.isNumber }.prefix { $0.isNumber }))
      let kept = try #require(try await person(pid, in: application))
      if let count = row["stored_chars"].integer {
        #expect(kept[column].text?.unicodeScalars.count == count, "\(column)")
      } else {
        let parts = kept["social"].text?.split(separator: ";", omittingEmptySubsequences: false)
        #expect(parts?.map(\.count) == [65_530, 0, 0, 0, 1])
      }
    }
  }

  @Test("what kills a batch, and how much of it is stored then", arguments: ["php74", "php82"])
  func poison(_ server: String) async throws {
    let rows = try matrix("poison.\(server)")["rows"].array
    for row in rows {
      let field = try #require(row["field"].text)
      let value = try #require(row["value"].text)
      let application = try sandbox(
        server == "php74" ? .php74 : .php82, findsDuplicates: row["duplicates_module"].text == "on")
      let names = field == "person" ? ["До Яда", value, "После Яда"] : ["До", "Яд", "После"]
      var fields = names.enumerated().map { ("persons[\($0)][person]", $1) }
      if field != "person" { fields.append(("persons[1][\(field)]", value)) }
      let reply = await application.respond(.recordedForm(credentials("add.list") + fields))
      let isFatal = String(decoding: reply.body, as: UTF8.self).hasPrefix("<br />")
      #expect(isFatal == (row["reply"].text != "json"), "\(field): \(value)")
      let count = try await application.store.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM person")
      }
      #expect(count == row["rows_stored"].integer, "\(field): \(value)")
    }
  }
}

extension SandboxRequest {
  /// A form of variables in this order.
  static func recordedForm(_ variables: [(String, String)]) -> SandboxRequest {
    let encoded = { (text: String) in
      text.utf8.map { byte in
        byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || byte == 0x2E)
          ? String(UnicodeScalar(byte))
          : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }.joined()
    }
    let texts = variables.map { "\(encoded($0.0))=\(encoded($0.1))" }
    return SandboxRequest(
      method: "POST", path: "/developer/v2/person",
      headers: [("Content-Type", "application/x-www-form-urlencoded")],
      body: Array(texts.joined(separator: "&").utf8))
  }
}

extension JSONValue {
  /// A row of a table, as the recordings show it.
  init(row: Row) {
    var members: [String: JSONValue] = [:]
    for (name, value) in row {
      switch value.storage {
      case .null: members[name] = .null
      case .int64(let number): members[name] = .number(Double(number))
      default: members[name] = String.fromDatabaseValue(value).map { .string($0) } ?? .null
      }
    }
    self = .object(members)
  }
}
