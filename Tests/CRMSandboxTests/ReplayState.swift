import Foundation
import JSONSyntax

@testable import CRMSandbox

/// What stood in the CRM before an exchange, as far as the exchange depends on it.
///
/// Derived from the group's description, from the tables recorded with the exchange, and, for what
/// is only read, from what was read.
struct ReplayState {
  let exchange: ReplayExchange
  private(set) var fixture: SandboxFixture

  init(_ exchange: ReplayExchange) throws {
    self.exchange = exchange
    fixture = Self.hasDefaultForm(exchange) ? .recordingsDefaultForm : .recordings
    fixture.timeZoneOffset = try Self.timeZoneOffset(exchange)
    try addContacts()
    if let first = firstPid {
      fixture.nextPid = first
      fixture.contacts.removeAll { Int($0["pid"] ?? "") ?? 0 >= first }
    }
  }

  /// How the server of the exchange was set up.
  var configuration: SandboxConfiguration {
    let moment = exchange.moment
    return SandboxConfiguration(
      profile: exchange.server.hasPrefix("php82") ? .php82 : .php74, fixture: fixture,
      errorDisplay: exchange.server.hasSuffix("disp")
        ? .shown : exchange.server.hasSuffix("hide") ? .hidden : .stock,
      isStrictSQL: exchange.group == "strict", findsDuplicates: exchange.group == "doubles",
      isLogWritable: !exchange.name.contains("log-unwritable"),
      isDatabaseUp: !exchange.name.hasPrefix("db-down"),
      faults: exchange.name.hasPrefix("db-killed")
        ? [SandboxFault(.databaseGone(Self.tabled(exchange.document).count))] : [],
      now: { moment })
  }

  /// The first pid that the exchange gave out, where it tells.
  var firstPid: Int? {
    guard ["add", "add.list"].contains(exchange.action) else { return nil }
    let document = exchange.document
    if let pid = document["stored_row"]?["pid"]?.integer { return pid }
    for key in ["stored_rows", "stored"] {
      if let rows = document[key]?.elements {
        return rows.compactMap { $0["pid"]?.integer }.min()
      }
    }
    if let pid = document["stored"]?["pid"]?.integer { return pid }
    let answers = exchange.answer?.elements ?? exchange.answer.map { [$0] } ?? []
    if let pid = answers.compactMap({ $0["data"]?.integer }).first(where: { $0 > 0 }) { return pid }
    // Of a table with older rows, those from the first row sent onwards are this exchange's.
    let persons = document["request"]?["params"]?["persons"]
    let first = persons?.elements?.first ?? persons?.members?.first?.value
    let name = first?["person"]?.string ?? exchange.parameter("person")
    return Self.tabled(document).last { $0.person == name }?.pid
  }

  /// The lines of a table recorded as text: pids and names.
  static func tabled(_ document: Document) -> [(pid: Int, person: String)] {
    let text = document["rows"]?.string ?? document["rows_in_table"]?.string ?? ""
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let pid = Int(parts[0]) else { return nil }
      return (pid, String(parts[1]))
    }
  }

  /// A recorded row of the table as a contact of a fixture.
  static func contact(_ row: Document) -> SandboxFixture.Contact {
    var contact: SandboxFixture.Contact = [:]
    for member in row.members ?? [] {
      switch member.value {
      case .string(let text): contact[member.key] = text
      case .number(let text): contact[member.key] = text
      default: break
      }
    }
    return contact
  }

  private static func hasDefaultForm(_ exchange: ReplayExchange) -> Bool {
    // What shows all active fields shows which they are.
    if ["fields", "list", "info"].contains(exchange.action), exchange.parameter("fields") == nil,
      let data = exchange.answer?["data"],
      let record = data.elements?.first ?? data.members.map({ _ in data })
    {
      return record["rol"] == nil
    }
    let groups = [
      "err400", "err401", "err402", "auth", "transport", "path", "gzip", "json", "multipart", "get",
    ]
    return groups.contains(exchange.group)
      || ["fields-default", "fields-json"].contains(exchange.name)
      || exchange.name.hasSuffix("-defaultform")
      || exchange.name.contains("inactive") && exchange.group != "list"
  }

  private static func timeZoneOffset(_ exchange: ReplayExchange) throws -> Int {
    guard exchange.group == "tz" else { return 10_800 }
    let city = String(exchange.name.split(separator: "-")[1])
    let known = ["kolkata": 19_800, "new_york": -18_000, "vladivostok": 36_000]
    if let offset = known[city] { return offset }
    let zone = TimeZone.knownTimeZoneIdentifiers.first {
      $0.split(separator: "/").last?.lowercased() == city
    }.flatMap(TimeZone.init(identifier:))
    guard let zone else { throw ReplayExchange.Unfit(reason: "is of a time zone unknown here") }
    return zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: TimeInterval(exchange.moment)))
  }

  private mutating func addContacts() throws {
    let document = exchange.document
    if let guide = document["guide"]?.string { fixture.clientpath = Self.entries(guide) }
    switch exchange.action {
    case "list" where isOfTheLongList:
      fixture.contacts = SandboxFixture.recordingsList.contacts
    case "info" where exchange.group == "info" && !exchange.name.contains("null"):
      fixture.contacts = SandboxFixture.recordingsUpdate.contacts
    case "list", "info":
      if exchange.group == "uescape" {
        fixture.contacts = [
          ["pid": "1001", "person": "Обычный Сосед", "iduser": "1"],
          [
            "pid": "1002", "person": "Код", "iduser": "1",
            "ptitle": "текст \\u0410\\u044f и \\u00e9",
          ],
          ["pid": "1003", "person": "Ещё Сосед", "iduser": "1"],
        ]
      } else {
        addContactsRead()
      }
      if let id = document["stored_id"], !fixture.contacts.isEmpty {
        fixture.contacts[0]["clientpath"] = id.string ?? id.integer.map(String.init)
      }
    case "clientpath": addGuideRead()
    case "delete": addContactToDelete()
    case "update":
      if let row = document["row_before"], row.members != nil {
        fixture.contacts = [Self.contact(row)]
      } else if let row = document["stored"], row.members != nil {
        // What an update leaves alone is as it was.
        let kept = [
          "pid", "person", "clid", "iduser", "social", "date_create", "creator", "clientpath",
        ]
        fixture.contacts = [Self.contact(row).filter { kept.contains($0.key) }]
      } else if exchange.group == "update" {
        fixture.contacts = SandboxFixture.recordingsUpdate.contacts
      }
    default:
      fixture.contacts = Self.tabled(document).map {
        ["pid": String($0.pid), "person": $0.person, "iduser": "1"]
      }
    }
  }

  /// Whether the exchange is one of those with 450 contacts.
  private var isOfTheLongList: Bool {
    exchange.group == "list"
      && !["list-empty", "list-null", "list-filter-empty"].contains {
        exchange.name.hasPrefix($0)
      }
  }

  private static func entries(_ text: String) -> [SandboxFixture.Entry] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2, let id = Int(parts[0]) else { return nil }
      return SandboxFixture.Entry(id, String(parts[1]))
    }
  }

  private mutating func addGuideRead() {
    let entries = exchange.answer?["data"]?.elements ?? []
    fixture.clientpath = entries.compactMap { entry in
      guard let id = entry["id"]?.integer, let title = entry["title"]?.string else { return nil }
      return SandboxFixture.Entry(id, title, utm: entry["utm_source"]?.string)
    }
  }

  private mutating func addContactToDelete() {
    let pid = RequestParameters.number(exchange.parameter("pid") ?? "")
    let body = exchange.document["response"]?["body"]?.string ?? ""
    let names = ["delete-quote": "O'Hara Tester", "delete-qmark": "Вопрос?s Знак"]
    let isAbsent = ["again", "notfound", "nopid", "pid-text"].contains {
      exchange.name.hasSuffix($0)
    }
    if !isAbsent {
      fixture.contacts = [
        [
          "pid": String(pid), "iduser": "1",
          "person": names[exchange.name] ?? "Удаляемый Контакт",
        ]
      ]
    }
    // How often the contact had been changed before.
    if let marker = body.firstRange(of: "Также удалено ") {
      let count = RequestParameters.number(String(body[marker.upperBound...]))
      fixture.history = Array(repeating: pid, count: count)
    }
    if exchange.name == "delete-deal" { fixture.deals = [.init(pid: pid, title: "Сделка")] }
    if exchange.name == "delete-deal-pid_list" {
      fixture.deals = [.init(pid: 1, title: "Сделка", others: [pid])]
    }
  }
}

extension ReplayState {
  /// Adds the contacts that `list` or `info` showed.
  private mutating func addContactsRead() {
    let body = Array(((try? exchange.response().body) ?? "").utf8)
    guard let range = JSONText.firstValue(in: body),
      let data = (try? Document(parsing: Array(body[range])))?["data"]
    else { return }
    let records = data.elements ?? [data]
    for (number, record) in records.enumerated() {
      var contact = shown(record)
      // Unknown contacts are shown as well, without a pid.
      if record["pid"] == .null { continue }
      contact["pid"] = contact["pid"] ?? String(1001 + number)
      contact["iduser"] = contact["iduser"] ?? String(owner)
      fixture.contacts.append(contact)
    }
  }

  /// The user whose contacts were asked for.
  private var owner: Int {
    let login = exchange.parameter("user") ?? exchange.parameter("login") ?? ""
    return fixture.users.first { $0.login == login }?.iduser ?? 1
  }

  private mutating func shown(_ record: Document) -> SandboxFixture.Contact {
    var contact: SandboxFixture.Contact = [:]
    for member in record.members ?? [] {
      switch (member.key, member.value) {
      case ("date_create", .string(let text)), ("date_edit", .string(let text)):
        contact[member.key] = CRMDate.shifted(text, by: -fixture.timeZoneOffset)
      case ("iduser", .string(let login)):
        contact["iduser"] = String(fixture.users.first { $0.login == login }?.iduser ?? 0)
      case ("loyalty", .string(let title)):
        contact["loyalty"] = String(fixture.loyalty.first { $0.title == title }?.id ?? 0)
      case ("clientpath", .string(let title)):
        if !title.isEmpty, !fixture.clientpath.contains(where: { $0.title == title }) {
          fixture.clientpath.append(.init(fixture.clientpath.count + 1, title))
        }
        contact["clientpath"] = String(fixture.clientpath.first { $0.title == title }?.id ?? 0)
      case ("socials", let socials):
        let values = (socials.members ?? []).map { $0.value.string }
        if values.dropFirst().contains(where: { $0 != nil }) {
          contact["social"] = values.map { $0 ?? "" }.joined(separator: ";")
        }
      case (_, .string(let text)): contact[member.key] = text
      case (_, .number(let text)): contact[member.key] = text
      default: break
      }
    }
    return contact
  }
}
