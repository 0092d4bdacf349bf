import GRDB
import Testing

@testable import CRMSandbox

@Suite("The observed server's writing")
struct ContactEditorTests {
  private func sandbox(
    _ profile: SandboxProfile = .php74, contacts: [SandboxFixture.Contact] = [],
    isStrict: Bool = false, offset: Int? = nil
  ) throws -> SandboxApplication {
    var fixture = SandboxFixture.recordings
    fixture.contacts = contacts
    return try SandboxApplication(
      SandboxConfiguration(
        timeZoneOffset: offset, profile: profile, fixture: fixture, isStrictSQL: isStrict,
        now: { 1_800_000_000 }))
  }

  private func post(
    _ application: SandboxApplication, _ variables: [(String, String)]
  ) async -> String {
    let all = [
      ("login", "chief@test.invalid"), ("apikey", SandboxFixture.recordings.apikey),
    ]
    let reply = await application.respond(.recordedForm(all + variables))
    return String(decoding: reply.body, as: UTF8.self)
  }

  private func json(
    _ application: SandboxApplication, _ path: String, _ body: String
  ) async -> String {
    let reply = await application.respond(
      method: "POST", path: path,
      headers: [
        ("Content-Type", "application/json"), ("login", "chief@test.invalid"),
        ("apikey", SandboxFixture.recordings.apikey),
      ], body: Array(body.utf8))
    return String(decoding: reply.body, as: UTF8.self)
  }

  private func row(_ pid: Int, _ application: SandboxApplication) async throws -> JSONValue {
    try await application.store.database.read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM person WHERE pid = ?", arguments: [pid])
        .map(JSONValue.init(row:)) ?? .null
    }
  }

  @Test("the same update within a second changes nothing and says nothing")
  func sameSecond() async throws {
    let application = try sandbox(
      contacts: [["pid": "1001", "person": "Секунда", "date_create": "2026-11-23 16:55:50"]])
    let update = [
      ("action", "update"), ("pid", "1001"), ("person", "Секунда"), ("ptitle", "б0"),
      ("iduser", "1"),
    ]
    let first = await post(application, update)
    #expect(first == #"{"result":"Данные контакта обновлены","data":1001,"error":""}"#)
    let second = await post(application, update)
    #expect(second == #"{"result":"","data":1001,"error":""}"#)
  }

  @Test("a text spelled \\r\\n becomes a line break in an update only")
  func spelledLineBreak() async throws {
    let application = try sandbox()
    _ = await post(application, [("action", "add"), ("person", "a\\r\\nb")])
    #expect(try await row(1001, application)["person"] == "a\\r\\nb")
    _ = await post(application, [("action", "update"), ("pid", "1001"), ("person", "a\\r\\nb")])
    #expect(try await row(1001, application)["person"] == "a\r\nb")
  }

  @Test("a contact without a name still makes entries in the guides, and dies of its mail")
  func nameless() async throws {
    let application = try sandbox()
    let reply = await post(application, [("action", "add"), ("clientpath", "Без имени")])
    #expect(reply == #"{"result":"","data":0,"error":""}"#)
    #expect(try await application.store.titles(of: .clientpath).last == "Без имени")
    let fatal = await json(
      application, "/developer/v3/person/add.list", #"{"persons":[{"mail":"o'n@test.invalid"}]}"#)
    #expect(fatal.hasPrefix("<br />\n<b>Fatal error</b>:  Uncaught Exception: SafeMySQL: You have"))
    #expect(fatal.contains("\n#4 /srv/crm/developer/v3/methods/person.php(339): Salesman\\Person-"))
    #expect(fatal.contains("\n#5 /srv/crm/developer/v3/index.php(171): include_once('/srv/crm/de"))
  }

  @Test("a strict database refuses a client that is no number")
  func strictInteger() async throws {
    let application = try sandbox(.php82, isStrict: true)
    let reply = await json(
      application, "/developer/v3/person/add", #"{"person":"Строгий","clid":"Завод"}"#)
    #expect(
      reply.contains(
        "ОшибкаIncorrect integer value: 'Завод' for column `salesman`.`app_personcat`.`clid` at "
          + "row 1 в строке 1366"))
    #expect(try await row(1001, application) == .null)
  }

  @Test("west of Greenwich an update is done and complained of")
  func western() async throws {
    let application = try sandbox(
      .php82, contacts: [["pid": "1001", "date_create": "2026-11-23 16:55:50"]], offset: -18_000)
    let reply = await json(
      application, "/developer/v3/person/update", #"{"pid":1001,"person":"Пояс","iduser":1}"#)
    #expect(
      reply == #"{"result":"Данные контакта обновлены","data":1001,"#
        + #""error":"ОшибкаUnknown or incorrect time zone: '+-5:00' в строке 1298"}"#)
    #expect(try await row(1001, application)["person"] == "Пояс")
  }

  @Test("a row that is no array dies by its kind", arguments: [SandboxProfile.php74, .php82])
  func strayRows(_ profile: SandboxProfile) async throws {
    let application = try sandbox(profile)
    let number = await json(application, "/developer/v3/person/add.list", #"{"persons":[5]}"#)
    let isNew = profile == .php82
    #expect(
      number.contains(
        isNew
          ? "Uncaught Error: Cannot use a scalar value as an array in /srv/crm/developer/v3/methods/"
          : "must be of the type array, int given, called in /srv/crm/developer/v3/methods/person"))
    let null = await json(application, "/developer/v3/person/add.list", #"{"persons":[null]}"#)
    #expect(null == #"[{"result":"","data":0,"error":""}]"#)
    let zero = await json(
      application, "/developer/v3/person/add.list", #"{"persons":[{"person":0}]}"#)
    #expect(zero.contains(isNew ? "Контакт добавлен" : #""data":0"#))
  }

  @Test(
    "a lost connection surfaces as recorded", .enabled(if: ReplayExchange.folder != nil),
    arguments: [("php74", PHPVersion.php74), ("php82", .php82)])
  func connectionLost(_ server: String, _ version: PHPVersion) throws {
    let exchanges = try ReplayExchange.all()
    let exchange = try #require(exchanges.first { $0.label == "db-killed-midbatch.\(server)" })
    let site = ObservedSite(SandboxConfiguration(fixture: .recordings), version: version)
    let fatal = ContactEditor(site: site)
      .connectionLost(after: 1002, as: .formRow(.v2), isRow: true)
    #expect(String(decoding: fatal.html, as: UTF8.self) == (try exchange.response()).body)
  }

  @Test("socials as a text: its first byte eight times, or the end of PHP 8")
  func socialsText() async throws {
    let old = try sandbox()
    _ = await post(old, [("action", "add"), ("person", "Соц"), ("socials", "abc")])
    #expect(try await row(1001, old)["social"] == "a;a;a;a;a;a;a;a")
    let new = try sandbox(.php82)
    let reply = await post(new, [("action", "add"), ("person", "Соц"), ("socials", "abc")])
    #expect(
      reply.contains("inc/class/Person.php:520\nStack trace:\n#0 /srv/crm/developer/v2/person"))
    #expect(try await row(1001, new) == .null)
  }
}
