import Foundation
import Testing

@testable import CRMSandbox

@Suite("What stands in a fresh sandbox")
struct SandboxFixtureTests {
  @Test("every name is that of a fixture")
  func names() {
    for name in SandboxFixture.names { #expect(SandboxFixture.named(name) != nil) }
    #expect(SandboxFixture.named("nosuch") == nil)
  }

  @Test("members that are left out are those of a fresh account")
  func empty() throws {
    let fixture = try SandboxFixture(json: Array("{}".utf8))
    #expect(fixture.users == SandboxFixture.standard.users)
    #expect(fixture.contacts == [])
    #expect(fixture.nextPid == 1001)
  }

  @Test("the example of the documentation is one")
  func example() async throws {
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/sandbox.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.range(of: "```json\n"))
    let end = try #require(text.range(of: "\n```", range: start.upperBound..<text.endIndex))
    let fixture = try SandboxFixture(json: Array(text[start.upperBound..<end.lowerBound].utf8))
    let application = try SandboxApplication(
      SandboxConfiguration(profile: .php74, fixture: fixture))
    let ask = { (action: String, more: [(String, String)]) async -> String in
      let account = [("login", "chief@ferry.example"), ("apikey", "a-key"), ("action", action)]
      return String(decoding: await application.respond(.form(account + more)).body, as: UTF8.self)
    }
    let contact = await ask("list", [("fields", "pid,person,date_create")])
    #expect(
      contact
        == #"{"data":[{"pid":1001,"person":"Пробный Пётр","date_create":"2026-03-01 12:00:00"}],"count":1}"#
    )
    #expect(await ask("delete", [("pid", "1001")]).hasPrefix(#"{"result":"Контакт не удален""#))
    #expect(
      await ask("add", [("person", "Второй")])
        == #"{"result":"Контакт добавлен","data":1002,"error":""}"#)
  }

  @Test("what is no fixture says why")
  func wrong() {
    #expect(throws: DecodingError.self) { try SandboxFixture(json: Array("{\"users\":1}".utf8)) }
  }
}
