import Foundation
import JSONSyntax
import TestSupport
import Testing

/// The examples of the API's documentation, run as PHP against the sandbox, unchanged but for the
/// address.
@Suite("PHP scripts as in the documentation")
struct PHPExamplesTests {
  /// The documentation, where it is beside the clone.
  private static let page: String? = {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try? String(
      contentsOf: root.appending(path: "../shared/crm/API.md"), encoding: .utf8)
  }()

  private static let php: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/php" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The account that the examples are written for.
  private static let fixture = """
    {
      "apikey": "aMgiCQyj8bCToNc47BZZYrRICoWSIl",
      "users": [
        { "iduser": 1, "login": "vladislav@isaler.ru", "title": "Первый", "isChief": true },
        { "iduser": 2, "login": "marand@omadaru.ru", "title": "Второй" }
      ],
      "clients": [
        { "clid": 1781, "title": "Первая" }, { "clid": 6212, "title": "Вторая" },
        { "clid": 6213, "title": "Третья" }
      ],
      "loyalty": [
        { "id": 1, "title": "0 - Не лояльный" }, { "id": 2, "title": "1 - Пока не понятно" },
        { "id": 3, "title": "2 - Нейтральный" }
      ],
      "clientpath": [{ "id": 1, "title": "Voxlink" }, { "id": 2, "title": "Вконтакте" }],
      "contacts": [
        { "pid": "2475", "person": "Учебный Устин", "tel": "+7(342)200-00-75", "iduser": "1", "date_create": "2017-03-01 09:00:00" },
        { "pid": "2509", "person": "Лишний Лев", "iduser": "1", "date_create": "2017-03-02 09:00:00" },
        { "pid": "2750", "person": "Апиров Апист", "mob": "+7(922)200-00-00", "ptitle": "Инженер", "iduser": "1", "date_create": "2017-03-03 09:00:00" }
      ],
      "nextPid": 3001
    }
    """

  /// The blocks that set `$params` and encode them, by the action they ask for.
  private static func examples(in page: String) throws -> [String: String] {
    var examples: [String: String] = [:]
    for match in page.matches(of: /(?s)\$params = \[.*?\$urlparams = http_build_query\(\$params\);/)
    {
      let block = String(match.output)
      let action = try #require(block.firstMatch(of: /"action"\s*=>\s*["'](\w+)["']/))
      // One example lacks the semicolon behind its array, and PHP would not read it.
      examples[String(action.output.1)] = block.replacing(
        /\](\s*)\$urlparams/, with: { "];\($0.output.1)$urlparams" })
    }
    return examples
  }

  /// Runs an example, which then posts its variables, and reads the answer.
  private func run(_ example: String, at address: String, in folder: TemporaryFolder) async throws
    -> String
  {
    let script = """
      <?php
      \(example)
      $context = stream_context_create(["http" => [
        "method" => "POST", "header" => "Content-Type: application/x-www-form-urlencoded",
        "content" => $urlparams,
      ]]);
      echo file_get_contents("\(address)/developer/v2/person", false, $context);

      """
    try folder.write(script, to: "example.php")
    let run = try await RunningCommand(
      try #require(Self.php), ["-n", "example.php"], in: folder.path
    ).end()
    #expect(run.status == 0, "\(run.outputText)\(run.errorText)")
    return run.outputText
  }

  private func value(_ text: String) throws -> JSONValue {
    try JSONValue(parsing: Array(text.utf8).span)
  }

  @Test(
    "each example gets the answer its documentation shows",
    .enabled(if: page != nil && php != nil, "needs PHP and ../shared/crm/API.md"))
  func documented() async throws {
    let examples = try Self.examples(in: try #require(Self.page))
    #expect(
      examples.keys.sorted() == ["add", "addlist", "delete", "fields", "info", "list", "update"])
    let folder = try TemporaryFolder()
    try folder.write(Self.fixture, to: "account.json")
    let sandbox = try await RunningSandbox(
      in: folder, ["--profile", "documented", "--fixture", "account.json"])
    func answer(_ action: String) async throws -> JSONValue {
      try value(
        try await run(try #require(examples[action]), at: sandbox.address, in: folder))
    }
    let fields = try await answer("fields")
    #expect(fields["data"]?["person"]?.string == "Ф.И.О.")
    let list = try await answer("list")
    #expect(list["count"] != nil)
    let info = try await answer("info")
    #expect(info["data"]?["person"]?.string == "Учебный Устин")
    #expect(info["data"]?["socials"] != nil)
    let added = try await answer("add")
    #expect(added["result"]?.string == "Успешно")
    #expect(added["data"] == .number("3001"))
    let again = try await answer("add")
    #expect(again["error"]?["code"] == .number("406"))
    let rows = try #require(try await answer("addlist").elements)
    #expect(rows.map { $0["data"] } == [.number("3002"), .number("3003")])
    #expect(rows.allSatisfy { $0["result"]?.string == "Успешно" })
    let updated = try await answer("update")
    #expect(updated["data"]?.string == "2750")
    let deleted = try await answer("delete")
    #expect(deleted["data"] == .number("2509"))
    _ = try await sandbox.end()
  }

  @Test(
    "the observed server refuses the documented name of addlist, and stores nothing",
    .enabled(if: page != nil && php != nil, "needs PHP and ../shared/crm/API.md"),
    arguments: ["php74", "php82"])
  func observed(profile: String) async throws {
    let examples = try Self.examples(in: try #require(Self.page))
    let folder = try TemporaryFolder()
    try folder.write(Self.fixture, to: "account.json")
    let sandbox = try await RunningSandbox(
      in: folder, ["--profile", profile, "--fixture", "account.json"])
    let example = try #require(examples["addlist"])
    let refused = try value(try await run(example, at: sandbox.address, in: folder))
    #expect(refused["error"]?["code"] == .number("402"))
    let dotted = example.replacing("'addlist'", with: "'add.list'")
    let rows = try #require(
      try value(try await run(dotted, at: sandbox.address, in: folder)).elements)
    #expect(rows.map { $0["data"] } == [.number("3001"), .number("3002")])
    _ = try await sandbox.end()
  }
}
