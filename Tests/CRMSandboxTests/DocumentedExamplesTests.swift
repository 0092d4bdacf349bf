import Foundation
import Testing

@testable import CRMSandbox

/// The examples of the documentation, encoded by PHP's own `http_build_query`.
///
/// Keys, values and replies are the documented ones; key, logins and names of people are the
/// sandbox's.
@Suite("The documentation's examples", .timeLimit(.minutes(20)))
struct DocumentedExamplesTests {
  @Test(
    "each example is answered as documented", .enabled(if: PHP.isExpected, "php is not installed"),
    arguments: SandboxTransport.allCases, ["GET", "POST"])
  func examples(_ transport: SandboxTransport, _ method: String) async throws {
    let encoded = try await PHP.run(Self.program)
    let examples = Dictionary(
      uniqueKeysWithValues: encoded.split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        return (String(parts[0]), Array(String(parts[1]).utf8))
      })
    let configuration = SandboxConfiguration(activeFields: SandboxConfiguration.documentedFields)
    try await withSandbox(transport, configuration) { (host) async throws in
      let ask = { (name: String) async throws -> String in
        let example = try #require(examples[name])
        let request =
          method == "GET"
          ? SandboxRequest(path: "/developer/v2/person", query: example)
          : SandboxRequest.form(encoded: example)
        return String(decoding: try await host.send(request).body, as: UTF8.self)
      }
      let success = { (pid: Int) in "{\"result\":\"Успешно\",\"data\":\(pid)}" }
      let fields = try JSONValue(text: try await ask("fields"))["data"]
      #expect(fields["mykrug"] == "Мой круг")

      try await host.application.store.setNextPid(2502)
      #expect(try await ask("add") == success(2502))
      let again = try await ask("add")
      #expect(
        again
          == "{\"result\":\"Error\",\"error\":{\"code\":406,\"text\":\"Найден существующий контакт\"}}"
      )

      try await host.application.store.setNextPid(2509)
      #expect(try await ask("addlist") == "[\(success(2509)),\(success(2510))]")
      let second = try await host.json("info", [("pid", "2510"), ("socinfo", "yes")])["data"]
      #expect(second["iduser"] == .string(SandboxCredentials.sellerB))
      #expect(second["loyalty"] == "2 - Нейтральный")
      #expect(second["clientpath"] == "Вконтакте")
      #expect(second["socials"]["icq"] == "25345678900")

      let info = """
        {"data":{"clid":"1","client":"Завод Примерный","person":"Тест 900000",\
        "ptitle":"Технический директор","tel":"+7(342)250-50-50, +7(342)290-50-51",\
        "mob":"+7(922)250-50-54","mail":"test90000@mailio.ru","socials":{\
        "blog":"http:\\/\\/api.blog2.rus","mysite":"http:\\/\\/apiapi2.rus","twitter":"apiapi",\
        "icq":"12345678900","skype":"apiapi2","google":"apiapi2","yandex":"apiapi2",\
        "mykrug":"apiapi2"}}}
        """
      #expect(try await ask("info") == info)

      let updated =
        "{\"result\":\"Успешно\",\"data\":\"2509\",\"social\":\"Соц.контакты обновлены\"}"
      #expect(try await ask("update") == updated)
      let identical = "{\"result\":\"Данные корректны, но идентичны имеющимся\",\"data\":2509}"
      #expect(try await ask("update") == identical)

      #expect(try await ask("list") == "{\"count\":0}")
      try await host.addList([
        [
          ("person", "Директоров Денис"), ("ptitle", "Директор"), ("loyalty", "Лояльный"),
          ("date_create", "2017-05-05"),
        ],
        [
          ("person", "Поздний Павел"), ("ptitle", "Директор"), ("loyalty", "Лояльный"),
          ("date_create", "2018-06-02"),
        ],
      ])
      let list = try JSONValue(text: try await ask("list"))
      #expect(list["count"] == 1)
      #expect(list["data"].array.map { $0["person"] } == ["Директоров Денис"])

      #expect(try await ask("delete") == success(2509))
      #expect(try await host.pids() == [2502, 2510, 2511, 2512])
    }
  }

  /// The documented arrays; prints each with its name.
  private static let program = """
    $auth = ["login" => "\(SandboxCredentials.chief)", "apikey" => "\(SandboxCredentials.apikey)"];
    $socials = fn($n, $s, $icq, $t = "apiapi") => [
      "blog" => "http://api.blog$n.rus", "mysite" => "http://apiapi$n.rus", "twitter" => $t,
      "icq" => $icq, "skype" => $s, "google" => $s, "yandex" => $s, "mykrug" => $s];
    $second = ["tel" => "+7(342)290-90-90, +7(342)290-90-91", "mob" => "+7(922)290-90-94"];
    $first = ["tel" => "+7(342)250-50-50, +7(342)290-50-51"];
    $examples = [
      "fields" => ["action" => "fields"],
      "list" => ["action" => "list", "offset" => 0, "order" => "date_create", "first" => "",
        "user" => "", "dateStart" => "2016-01-01", "dateEnd" => "2018-06-01", "word" => "",
        "filter" => ["loyalty" => "Лояльный", "ptitle" => "Директор", "clientpath" => "",
          "input1" => ""]],
      "info" => ["action" => "info", "pid" => "2509",
        "fields" => "clid,person,ptitle,tel,mob,mail", "socinfo" => "yes"],
      "add" => ["action" => "add", "clid" => 1, "person" => "Апиров Апист Иванович",
        "ptitle" => "Технический директор"] + $first + ["mob" => "+7(922)250-50-50",
        "mail" => "a.i.apirov@mailio.ru", "clientpath" => "Voxlink",
        "loyalty" => "0 - Не лояльный", "socials" => $socials("", "apiapi", "123456789"),
        "mperson" => "yes"],
      "addlist" => ["action" => "addlist", "persons" => [
        ["clid" => 1, "person" => "Тест 900000", "ptitle" => "Технический директор"] + $first
          + ["mob" => "+7(922)250-50-54", "mail" => "test90000@mailio.ru",
          "clientpath" => "Voxlink", "loyalty" => "1 - Пока не понятно",
          "socials" => $socials("2", "apiapi2", "12345678900")],
        ["clid" => 2, "mperson" => "yes", "person" => "Тест 100000",
          "ptitle" => "Генеральный директор"] + $second + ["mail" => "test100000@mailio.ru",
          "clientpath" => "Вконтакте", "loyalty" => "2 - Нейтральный",
          "user" => "\(SandboxCredentials.sellerB)",
          "socials" => $socials("2", "apiapi4", "25345678900", "apiapi4")]]],
      "update" => ["action" => "update", "pid" => 2509, "person" => "Апиров Апист Иванович",
        "mob" => "+7(922)250-50-54", "clientpath" => "Voxlink",
        "loyalty" => "1 - Пока не понятно", "socials" => $socials("3", "apiapi3", "12345678900")],
      "delete" => ["action" => "delete", "pid" => 2509]];
    foreach ($examples as $name => $example) {
      echo $name, " ", http_build_query($auth + $example), "\\n";
    }
    """
}
