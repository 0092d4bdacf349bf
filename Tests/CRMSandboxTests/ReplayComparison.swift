import Foundation
import GRDB
import JSONSyntax

@testable import CRMSandbox

/// An exchange asked again of the sandbox, and what came out differently.
struct ReplayComparison {
  private let exchange: ReplayExchange
  private(set) var differences: [String] = []

  /// Asks the sandbox.
  ///
  /// - Throws: ``ReplayExchange/Unfit`` where the exchange cannot be asked again.
  init(_ exchange: ReplayExchange) async throws {
    self.exchange = exchange
    let request = try exchange.request()
    let expected = try exchange.response()
    if exchange.document["response"]?["body_base64"] != nil {
      throw ReplayExchange.Unfit(reason: "its reply is compressed")
    }
    let state = try ReplayState(exchange)
    let application = try SandboxApplication(state.configuration)
    // Only the second of two equal changes within a second changes nothing.
    if exchange.name.hasSuffix("same-second") { _ = await application.respond(request) }
    let reply = await application.respond(request)
    if reply.status != expected.status {
      differences.append("status \(reply.status) instead of \(expected.status)")
    }
    compare(String(decoding: reply.body, as: UTF8.self), expected.body)
    let pids = state.firstPid ?? .max
    try await compareTables(application.store, from: pids)
    if let info = exchange.document["info_after"], let pid = info["data"]?["pid"]?.integer {
      let reply = await application.respond(Self.info(pid))
      let shown = try? Document(parsing: reply.body)
      if shown.map({ masked("\($0)") }) != masked("\(info)") {
        differences.append(
          "info afterwards \(String(decoding: reply.body, as: UTF8.self).prefix(700))")
      }
    }
  }

  private mutating func compare(_ body: String, _ expected: String) {
    let (body, expected) = (masked(body), masked(expected))
    if let cut = expected.firstRange(of: "...[recording cut") {
      guard !body.hasPrefix(expected[..<cut.lowerBound]) else { return }
    } else if body == expected {
      return
    }
    differences.append("body \(body.prefix(900))\n    instead of \(expected.prefix(900))")
  }

  private mutating func compareTables(_ store: SandboxStore, from first: Int) async throws {
    let document = exchange.document
    var rows: [Document] = []
    for key in ["stored_row", "stored", "row_after"] {
      if let row = document[key], row.members != nil { rows.append(row) }
    }
    for key in ["stored_rows", "stored"] { rows += document[key]?.elements ?? [] }
    let table = try await store.database.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM person ORDER BY pid").map { row in
        Dictionary(row.map { ($0, String.fromDatabaseValue($1) ?? Self.text($1)) }) { $1 }
      }
    }
    for row in rows {
      guard let pid = row["pid"]?.integer else { continue }
      guard let own = table.first(where: { $0["pid"] == String(pid) }) else {
        differences.append("row \(pid) is missing")
        continue
      }
      for member in row.members ?? [] {
        let value = (own[member.key] ?? nil).map(masked)
        let wanted = Self.text(member.value).map(masked)
        if value != wanted {
          differences.append(
            "row \(pid) \(member.key) \(value.map { "'\($0)'" } ?? "NULL") instead of "
              + "\(wanted.map { "'\($0)'" } ?? "NULL")")
        }
      }
    }
    let tabled = ReplayState.tabled(document).filter { $0.pid >= first }
    let hasTable = ["rows", "rows_in_table"].contains {
      document[$0]?.string?.contains("\t") == true
    }
    if hasTable, first < .max {
      let own = table.compactMap { row -> String? in
        guard let pid = (row["pid"] ?? nil).flatMap({ Int($0) }), pid >= first else { return nil }
        return "\(pid) \((row["person"] ?? nil) ?? "NULL")"
      }
      let wanted = tabled.map { "\($0.pid) \($0.person)" }
      if own != wanted { differences.append("rows \(own) instead of \(wanted)") }
    }
    if let left = document["rows_left_with_this_pid"], let pid = exchange.parameter("pid") {
      let own = table.count { $0["pid"] == pid }
      if Self.text(left) != String(own) { differences.append("\(own) rows with the pid") }
    }
  }

  /// A text without the minutes and seconds of the days of the recordings; other times are fixed.
  private func masked(_ text: String) -> String {
    let hours = exchange.group == "tz" ? "( \\d\\d)" : "() \\d\\d"
    return text.replacingOccurrences(
      of: "2026-11-\\d\\d\(hours):\\d\\d:\\d\\d", with: "2026-11-dd$1:mm:ss",
      options: .regularExpression)
  }

  private static func info(_ pid: Int) -> SandboxRequest {
    let account = SandboxFixture.recordings
    return .form([
      ("login", account.users[0].login), ("apikey", account.apikey), ("action", "info"),
      ("pid", String(pid)), ("socinfo", "yes"),
    ])
  }

  private static func text(_ value: DatabaseValue) -> String? {
    if case .int64(let number) = value.storage { String(number) } else { nil }
  }

  private static func text(_ value: Document) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
}
