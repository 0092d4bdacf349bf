import PersonAPI
import Testing

@testable import CRMClient

@Suite("finding out the variant")
struct DetectionTests {
  private static let fields = #"{"data":{"pid":"Номер","person":"Ф.И.О."}}"#
  private static let unknownMethod =
    #"{"result":"Error","error":{"code":402,"text":"Неизвестный метод"}}"#
  private static let unknownUser =
    #"{"result":"Error","error":{"code":401,"text":"Неизвестный пользователь"}}"#

  /// A server that answers v3 in one way and v2 in another.
  private func server(v3: CannedTransport.Answer, v2: CannedTransport.Answer) -> CannedTransport {
    CannedTransport { request, _ in request.path.hasPrefix("developer/v3/") ? v3 : v2 }
  }

  /// What finding out the variant comes to: a variant's name, or a word for the failure.
  private func found(_ transport: CannedTransport, _ choice: APIChoice) async -> String {
    let client = CRMClient(
      server: "https://crm.example.com",
      credentials: Credentials(login: "me@example.com", apikey: "k3y"), transport: transport)
    do {
      return try await client.detectVariant(choice).name
    } catch {
      switch error.cause {
      case .credentialsRefused: return "credentials"
      case .refused(let code, _): return "refused \(code)"
      case .notUnderstood(let status): return "not understood \(status)"
      case .databaseDown: return "database down"
      case .missingV3: return "no v3"
      case .transport(let error): return error.code.rawValue
      default: return "\(error.cause)"
      }
    }
  }

  @Test(
    "the answer to an addlist without rows tells the variant of v2",
    arguments: [
      (#"{"result":"Error","error":{"code":405,"text":"Отсутствуют параметры"}}"#, 200, "addlist"),
      (#"{"result":"Error","error":{"code":"405","text":""}}"#, 500, "addlist"),
      ("[]", 200, "addlist"),
      (#"{"result":"Error","error":{"code":402,"text":"Неизвестный метод"}}"#, 200, "add.list"),
      (#"{"error":{"code":402}}"#, 200, "add.list"),
      (#"{"result":"Error","error":{"code":400,"text":"Не верный API key"}}"#, 200, "credentials"),
      (#"{"result":"Error","error":{"code":401,"text":"Неизвестный"}}"#, 200, "credentials"),
      (#"{"result":"Error","error":{"code":403,"text":"Нет"}}"#, 200, "refused 403"),
      ("<html>It works!</html>", 200, "not understood 200"),
      ("<html>Not Found</html>", 404, "not understood 404"),
      ("", 502, "not understood 502"),
    ])
  func variants(body: String, status: Int, expected: String) async {
    for choice in [APIChoice.auto, .v2] {
      let transport = server(v3: .notFound, v2: .body(body, status: status))
      #expect(await found(transport, choice) == expected)
      let last = transport.requests.last
      #expect(last?.wire.path == "developer/v2/person")
      // The request names the action last and carries no row (DESIGN, law 4).
      #expect(last?.form.hasSuffix("&action=addlist") == true)
      #expect(last?.form.contains("persons") == false)
      #expect(transport.requests.count == (choice == .auto ? 2 : 1))
    }
  }

  @Test(
    "fields answered by v3 mean v3, and nothing more is asked", arguments: [APIChoice.auto, .v3])
  func v3(choice: APIChoice) async {
    let transport = server(v3: .body(Self.fields), v2: .notFound)
    #expect(await found(transport, choice) == "v3")
    #expect(transport.requests.map(\.wire.path) == ["developer/v3/person/fields"])
    #expect(transport.requests.map(\.form) == ["{}"])
    #expect(transport.requests[0].wire.contentType == "application/json")
    #expect(
      transport.requests[0].wire.headers == [
        HeaderField("apikey", "k3y"), HeaderField("login", "me@example.com"),
      ])
  }

  @Test(
    "whatever else v3 answers, it is not there",
    arguments: [
      ("", 200), ("<html>Not Found</html>", 404), ("<html>home page</html>", 200), ("[]", 200),
      (#"{"error":{"code":402,"text":"Неизвестный метод"}}"#, 200), ("", 500),
      (#"{"result":"Error","error":{"code":404,"text":"Неизвестный метод"}}"#, 200),
    ])
  func noV3(body: String, status: Int) async {
    let answer = CannedTransport.Answer.body(body, status: status)
    #expect(await found(server(v3: answer, v2: .body(Self.unknownMethod)), .auto) == "add.list")
    let strict = server(v3: answer, v2: .body(Self.unknownMethod))
    #expect(await found(strict, .v3) == "no v3")
    #expect(strict.requests.count == 1)
  }

  @Test(
    "a server that is out of order is not taken for one without v3",
    arguments: [
      ("", 429, "not understood 429"), ("", 503, "not understood 503"),
      ("<html>Bad Gateway</html>", 502, "not understood 502"),
      ("Ошибка подключения к БД: Connection refused.", 200, "database down"),
    ], [APIChoice.auto, .v3])
  func outOfOrder(
    _ answer: (body: String, status: Int, outcome: String), choice: APIChoice
  ) async {
    let transport = server(
      v3: .body(answer.body, status: answer.status), v2: .body(Self.unknownMethod))
    #expect(await found(transport, choice) == answer.outcome)
    #expect(transport.requests.count == 1)
  }

  @Test("a key that v3 refuses is refused, and not tried on v2", arguments: [APIChoice.auto, .v3])
  func refused(choice: APIChoice) async {
    let transport = server(v3: .body(Self.unknownUser), v2: .body("[]"))
    #expect(await found(transport, choice) == "credentials")
    #expect(transport.requests.count == 1)
  }

  @Test("with v2 alone, v3 is not even looked for")
  func v2() async {
    let transport = server(v3: .body(Self.fields), v2: .body(Self.unknownMethod))
    #expect(await found(transport, .v2) == "add.list")
    #expect(transport.requests.map(\.wire.path) == ["developer/v2/person"])
  }

  @Test("a key that cannot stand in a header is tried with v2 alone")
  func unfitKey() async throws {
    let transport = server(v3: .body(Self.fields), v2: .body(Self.unknownMethod))
    let client = CRMClient(
      server: "crm", credentials: Credentials(login: "me", apikey: "a\nb"), transport: transport)
    #expect(try await client.detectVariant() == .dotted)
    #expect(transport.requests.map(\.wire.path) == ["developer/v2/person"])
  }

  @Test("a server that cannot be reached is not taken for one without v3")
  func unreachable() async {
    let transport = CannedTransport(.failure(TransportError(.unreachable)))
    #expect(await found(transport, .auto) == "unreachable")
    #expect(transport.requests.count == 1)
  }
}
