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

  @Test("a CRM without its database is down, something that is not a CRM is not")
  func databaseDown() async {
    let answers = [
      ("Ошибка подключения к БД: x", 200, true), ("<html>It works!</html>", 200, false),
      ("", 503, true), ("", 404, false), ("", 500, false),
    ]
    for (body, status, isDown) in answers {
      let client = client(CannedTransport(body, status: status))
      do {
        _ = try await client.list(ListRequest(), columns: [.pid])
        Testing.Issue.record("no error")
      } catch {
        #expect(error.isServerDown == isDown, "\(body) \(status)")
      }
      do {
        _ = try await client.info(InfoRequest(pid: 1))
        Testing.Issue.record("no error")
      } catch {
        #expect(error.isServerDown == isDown, "\(body) \(status)")
      }
    }
  }

  @Test("messages are in the language asked for, without a capital letter or a full stop")
  func messages() {
    let causes: [CRMError.Cause] =
      [.credentialsRefused, .notUnderstood(status: 404), .databaseDown, .listOutOfOrder]
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
