import ContactModel
import PersonAPI
import Testing

@testable import CRMClient

@Suite("client")
struct CRMClientTests {
  private static let key = "k3y-that-must-not-show"

  private func client(_ transport: CannedTransport) -> CRMClient {
    CRMClient(
      server: "https://crm.example.com",
      credentials: Credentials(login: "me@example.com", apikey: Self.key), transport: transport)
  }

  /// What finding out the variant must come to: a variant's name, or a word for the failure.
  @Test(
    "the answer to an addlist without rows tells the variant",
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
    let transport = CannedTransport(body, status: status)
    let found: String
    do {
      found = try await client(transport).detectVariant().name
    } catch {
      switch error.cause {
      case .credentialsRefused: found = "credentials"
      case .refused(let code, _): found = "refused \(code)"
      case .notUnderstood(let status): found = "not understood \(status)"
      default: found = "\(error.cause)"
      }
    }
    #expect(found == expected)
    // The request names the action last and carries no row (DESIGN, law 4).
    #expect(transport.requests.count == 1)
    let form = transport.requests.first?.form ?? ""
    #expect(form.hasSuffix("&action=addlist"))
    #expect(!form.contains("persons"))
  }

  @Test("a request has six seconds a row, and never less than a minute")
  func timeouts() async {
    #expect(CRMClient.timeout(rows: 1) == .seconds(60))
    #expect(CRMClient.timeout(rows: 10) == .seconds(60))
    #expect(CRMClient.timeout(rows: 75) == .seconds(450))
    let transport = CannedTransport("[]")
    _ = await client(transport).addList(body: [], rows: 20)
    #expect(transport.requests.map(\.timeout) == [.seconds(120)])
  }

  @Test("an addlist that got no answer is lost, with the transport's word for it")
  func lostAddList() async {
    let transport = CannedTransport(.failure(TransportError(.unreachable)))
    let (ending, error) = await client(transport).addList(body: [], rows: 1)
    guard case .lost = ending else {
      Testing.Issue.record("\(ending)")
      return
    }
    #expect(error?.isNothingSent == true)
  }

  @Test("info tells an absent contact from a forbidden one")
  func info() async throws {
    let absent = CannedTransport(#"{"result":"Error","error":{"code":404,"text":"Не найдено"}}"#)
    #expect(try await client(absent).info(InfoRequest(pid: 1)) == nil)
    let there = CannedTransport(#"{"data":{"pid":7,"person":"Проба"}}"#)
    #expect(try await client(there).info(InfoRequest(pid: 7))?.values[.person] == "Проба")
  }

  @Test("no error says the key, whatever the server says", arguments: Language.allCases)
  func keyStaysHidden(language: Language) async {
    let bodies = [
      #"{"result":"Error","error":{"code":400,"text":"bad key"}}"#,
      #"{"result":"Error","error":{"code":999,"text":"no"}}"#, "<html>", "",
    ]
    var texts: [String] = []
    for body in bodies {
      do {
        _ = try await client(CannedTransport(body)).fields()
      } catch {
        texts += [error.message(in: language), "\(error)", String(reflecting: error)]
      }
    }
    for code in [TransportError.Code.unreachable, .untrusted, .lost, .tooLarge, .cancelled] {
      do {
        _ = try await client(CannedTransport(.failure(TransportError(code)))).fields()
      } catch {
        texts += [error.message(in: language), "\(error)"]
        #expect(error.isUnreachable == (code == .unreachable || code == .untrusted))
      }
    }
    #expect(texts.count == 22)
    #expect(texts.allSatisfy { !$0.contains(Self.key) })
    var dumped = ""
    dump(client(CannedTransport("")), to: &dumped)
    #expect(!dumped.contains(Self.key))
  }

  @Test("a server's own words lose their control characters and their length")
  func serverWords() async {
    let text = "\\u001b[31mred\\u0007" + String(repeating: "x", count: 500)
    let body = #"{"result":"Error","error":{"code":403,"text":"\#(text)"}}"#
    do {
      _ = try await client(CannedTransport(body)).fields()
      Testing.Issue.record("no error")
    } catch {
      let message = error.message(in: .english)
      #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      #expect(message.contains("[31mred"))
      #expect(message.count < 250)
    }
  }

  @Test("messages are in the language asked for, without a capital letter or a full stop")
  func messages() {
    let causes: [CRMError.Cause] =
      [.credentialsRefused, .notUnderstood(status: 404), .listOutOfOrder]
      + [TransportError.Code.unreachable, .untrusted, .lost, .tooLarge, .cancelled].map {
        .transport(TransportError($0))
      }
    for cause in causes {
      let error = CRMError(.list, server: "crm", cause: cause)
      for language in Language.allCases {
        let message = error.message(in: language).dropFirst("crm: ".count)
        #expect(message.first?.isLowercase == true || message.first == "'", "\(message)")
        #expect(message.last != ".", "\(message)")
        let isRussian = message.unicodeScalars.contains { (0x430...0x44F).contains($0.value) }
        #expect(isRussian == (language == .russian), "\(message)")
      }
    }
  }
}
