import ContactModel
import PersonAPI
import Synchronization
import Testing

@testable import CRMClient

@Suite("repeating the question for a page")
struct ListRepetitionTests {
  private static let page = #"{"data":[{"pid":7,"person":"Anna"}],"count":412}"#

  /// Asks for a page; says what came and how often it was asked for.
  private func ask(
    _ answers: [CannedTransport.Answer]
  ) async throws(CRMError) -> (page: ListPage, requests: Int) {
    let transport = CannedTransport { _, number in answers[min(number, answers.count - 1)] }
    let client = CRMClient(
      server: "crm", credentials: Credentials(login: "me", apikey: "k3y"),
      retry: RetryPolicy(maximumAttempts: 4),
      timing: RetryTiming(now: { 0 }, random: { 0 }, sleep: { _ in }), transport: transport)
    let page = try await client.list(ListRequest(page: 2), columns: [.person, .pid])
    return (page, transport.requests.count)
  }

  @Test(
    "a good page is asked for once, also between PHP's texts",
    arguments: [
      page, "\(page)\n", "<br />\n<b>Warning</b>:  x<br />\n\(page)",
      "\(page)<br />\n<b>Fatal error</b>:  x",
    ])
  func good(text: String) async throws {
    let (page, requests) = try await ask([.body(text), .body(#"{"count":0}"#)])
    #expect(requests == 1)
    #expect(page.total == 412)
    #expect(page.pids == [7])
    #expect(page.records.text(record: 0, field: 0) == "Anna")
    #expect(page.records.text(record: 0, field: 1) == "7")
    #expect(page.records.firstRecord == 401)
  }

  @Test(
    "what is no answer is asked for again, a page with a gateway's status too",
    arguments: [
      CannedTransport.Answer.body(page, status: 503), .body(page, status: 429),
      .body(#"{"data":[{"pid":7,"per"#), .body("Ошибка подключения к БД: x"),
      .body("Ошибка подключения к БД: x\n{\"a\":1}"), .failure(TransportError(.lost)),
    ])
  func repeated(answer: CannedTransport.Answer) async throws {
    let (page, requests) = try await ask([answer, answer, .body(Self.page)])
    #expect(requests == 3)
    #expect(page.total == 412)
    #expect(page.pids == [7])
  }

  @Test(
    "an answer that is no page is not asked for again",
    arguments: [
      #"{"result":"Error","error":{"code":403,"text":"x"}}"#, "[]", #"{"data":[5],"count":1}"#,
      "<html></html>",
    ])
  func refused(text: String) async {
    let requests = Mutex(0)
    let transport = CannedTransport { _, number in
      number == 0 ? .body(text) : .body(Self.page)
    }
    let client = CRMClient(
      server: "crm", credentials: Credentials(login: "me", apikey: "k3y"),
      retry: RetryPolicy(maximumAttempts: 4),
      timing: RetryTiming(now: { 0 }, random: { 0 }, sleep: { _ in requests.withLock { $0 += 1 } }),
      transport: transport)
    await #expect(throws: CRMError.self) {
      _ = try await client.list(ListRequest(), columns: [.pid])
    }
    #expect(requests.withLock { $0 } == 0)
    #expect(transport.requests.count == 1)
  }
}
