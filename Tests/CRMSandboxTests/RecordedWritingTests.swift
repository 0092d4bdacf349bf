import Foundation
import GRDB
import Testing

@testable import CRMSandbox

@Suite("Writing as recorded", .enabled(if: RecordedExchange.arePresent))
struct RecordedWritingTests {
  private static let prefixes = [
    "add-", "addlist-", "doubles-", "json-add", "len-", "strict-", "tz-", "update-", "utf8-",
    "v3-add", "value-addlist-", "hide-add", "hide-poison", "hide-v3-poison", "mail-per-row",
    "idem-uid", "json-update", "host-",
  ]

  /// Exchanges that say nothing by themselves.
  private static let apart: Set<String> = [
    // The second of two updates; see `sameSecond`.
    "update-identical-same-second"
  ]

  static let exchanges: [String] = prefixes.flatMap { prefix in
    ((try? RecordedExchange.all(prefix)) ?? []).map(\.name)
  }.filter { name in
    !apart.contains(String(name.prefix { $0 != "." })) && !name.contains("-list.")
      && !name.contains("tz-kolkata")
  }

  @Test("replies and stored rows are the recorded ones", arguments: exchanges)
  func replay(_ name: String) async throws {
    let exchange = try #require(try RecordedExchange.all(name + ".json").first)
    let request = try #require(exchange.request)
    let application = try SandboxApplication(exchange.configuration)
    let reply = await application.respond(request)
    #expect(reply.status == exchange.status)
    #expect(String(decoding: reply.body, as: UTF8.self) == exchange.body)
    for (kept, expected) in try await exchange.rows(of: application) {
      #expect(kept == expected)
    }
  }
}

extension RecordedExchange {
  /// What stood in the CRM before the exchange.
  fileprivate var configuration: SandboxConfiguration {
    var fixture = SandboxFixture.recordings
    if name.contains("defaultform") || name.contains("inactive") {
      fixture.activeFields = SandboxFixture.freshFields
    }
    if name.hasPrefix("json-") { fixture.activeFields = SandboxFixture.freshFields }
    fixture.nextPid = firstPid ?? 1001
    var contact: [String: String] = [:]
    // What was refused is stored as it was before.
    let before = name.hasPrefix("strict-update") ? document["stored"] : document["row_before"]
    if case .object(let row) = before {
      for (key, value) in row { contact[key] = value.text ?? value.integer.map(String.init) }
    } else if name.hasSuffix("-update") || name.contains("-update.") {
      contact = ["pid": "\(firstPid ?? 1001)", "person": "x", "clid": "0", "clientpath": "2"]
      contact["social"] = document["stored"]["social"].text
    }
    if !contact.isEmpty {
      contact["date_create"] = contact["date_create"] ?? "2026-11-23 10:00:00"
      contact["creator"] = contact["creator"] ?? "1"
      fixture.contacts = [contact]
    }
    let moment = moment ?? 0
    return SandboxConfiguration(
      timeZoneOffset: name.hasPrefix("tz-new_york")
        ? -18_000 : name.hasPrefix("tz-vladivostok") ? 36_000 : nil,
      profile: profile, fixture: fixture,
      errorDisplay: server.hasSuffix("hide") ? .hidden : .stock,
      isStrictSQL: name.hasPrefix("strict-"), findsDuplicates: name.hasPrefix("doubles-"),
      now: { moment })
  }

  /// The pid of the first contact that was stored or changed.
  private var firstPid: Int? {
    for key in ["stored_row", "row_before", "stored"] {
      if let pid = document[key]["pid"].integer { return pid }
    }
    if let pid = document["stored_rows"].array.first?["pid"].integer { return pid }
    if name.hasPrefix("doubles-quote") { return 1005 }
    if name.hasPrefix("doubles-qmark") { return 1007 }
    let pids = (body ?? "").components(separatedBy: "\"data\":").dropFirst().compactMap {
      Int($0.prefix { $0.isNumber })
    }
    return pids.first { $0 > 0 }
  }

  /// The rows in the table beside those that were recorded, without dates.
  fileprivate func rows(of application: SandboxApplication) async throws -> [(JSONValue, JSONValue)]
  {
    var expected = document["stored_rows"].array
    for key in ["stored_row", "row_after", "stored"] where document[key]["pid"].integer != nil {
      expected.append(document[key])
    }
    let pids = expected.compactMap { $0["pid"].integer }
    let kept = try await application.store.database.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM person ORDER BY pid")
        .filter { pids.contains($0["pid"]) }.map(JSONValue.init(row:))
    }
    return zip(kept + Array(repeating: .null, count: max(0, pids.count - kept.count)), expected)
      .map { kept, expected in
        guard case .object(var members) = expected else { return (kept, expected) }
        members["date_create"] = nil
        members["date_edit"] = nil
        guard case .object(let all) = kept else { return (kept, expected) }
        return (.object(all.filter { members.keys.contains($0.key) }), .object(members))
      }
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
