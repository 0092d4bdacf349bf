import PersonAPI
import Synchronization
import Testing

@testable import CRMClient

@Suite("HTTP dates")
struct HTTPDateTests {
  @Test(
    "all three forms are read",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
      ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
      ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
      ("Mon, 23 Nov 2026 18:04:49 GMT", 1_795_457_089),
      ("Fri, 31 Dec 2100 23:59:59 GMT", 4_133_980_799),
    ])
  func dates(text: String, seconds: Int) {
    #expect(HTTPDate.seconds(text, now: 1_795_457_089) == seconds)
  }

  @Test(
    "what is no date is none",
    arguments: [
      "", "now", "12", "Sun, 06 Nov 1994 08:49:37 MSK", "Sun, 32 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nnn 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 08:49 GMT",
      "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994", "Sun Nov 6 1994",
    ])
  func noDates(text: String) {
    #expect(HTTPDate.seconds(text, now: 0) == nil)
  }
}

@Suite("retry policy")
struct RetryPolicyTests {
  private let policy = RetryPolicy(
    maximumAttempts: 4, firstPause: .seconds(1), longestPause: .seconds(3),
    longestRetryAfter: .seconds(60))

  private func pause(
    _ answer: CannedTransport.Answer, attempt: Int = 1, effect: RetryPolicy.Effect = .read,
    random: Double = 0.5, now: Int = 784_111_777
  ) -> Duration? {
    policy.pause(after: answer, attempt: attempt, effect: effect, now: now, random: random)
  }

  @Test("pauses double up to the longest, scaled by chance, and end with the attempts")
  func pauses() {
    let lost = CannedTransport.Answer.failure(TransportError(.lost))
    #expect(pause(lost, attempt: 1, random: 0) == .zero)
    #expect(pause(lost, attempt: 1) == .milliseconds(500))
    #expect(pause(lost, attempt: 2) == .seconds(1))
    #expect(pause(lost, attempt: 3) == .milliseconds(1500))
    #expect(pause(lost, attempt: 4) == nil)
    #expect(
      RetryPolicy.never.pause(after: lost, attempt: 1, effect: .read, now: 0, random: 0) == nil)
  }

  @Test(
    "what is repeated of questions and of writes",
    arguments: [
      (CannedTransport.Answer.failure(TransportError(.unreachable)), true, true),
      (.failure(TransportError(.lost)), true, false),
      (.failure(TransportError(.untrusted)), false, false),
      (.failure(TransportError(.tooLarge)), false, false),
      (.failure(TransportError(.cancelled)), false, false),
      (.body("slow down", status: 429), true, false), (.body("", status: 502), true, false),
      (.body("", status: 503), true, false), (.body("[]", status: 504), true, false),
      (.body("Ошибка подключения к БД: x"), true, false), (.body(#"{"data":[{"pi"#), true, false),
      (.body(""), false, false), (.body("", status: 500), false, false),
      (.body("[]"), false, false), (.notFound, false, false),
      (.body("<br />\n<b>Fatal error</b>:  x"), false, false),
      (.body(#"{"result":"Error","error":{"code":401,"text":"x"}}"#), false, false),
    ])
  func repeated(answer: CannedTransport.Answer, read: Bool, write: Bool) {
    #expect((pause(answer, effect: .read) != nil) == read)
    #expect((pause(answer, effect: .write) != nil) == write)
  }

  @Test(
    "a server that asks for time gets it, within limits",
    arguments: [
      ("7", 7.5), (" 0 ", 0.5), ("100000", 60.5), ("99999999999999999999", 60.5), ("-5", 0.5),
      ("soon", 0.5), ("", 0.5), ("Sun, 06 Nov 1994 08:49:47 GMT", 10.5),
      ("Sun, 06 Nov 1994 08:49:07 GMT", 0.5), ("Sun, 06 Nov 1995 08:49:37 GMT", 60.5),
    ])
  func retryAfter(value: String, seconds: Double) {
    for status in [429, 503] {
      let answer = CannedTransport.Answer.body(
        "", status: status, headers: [HeaderField("retry-after", value)])
      #expect(pause(answer) == .milliseconds(Int(seconds * 1000)))
    }
    let other = CannedTransport.Answer.body(
      "", status: 502, headers: [HeaderField("Retry-After", "9")])
    #expect(pause(other) == .milliseconds(500))
  }
}

@Suite("repeating requests")
struct RetryLoopTests {
  /// A clock that only notes how long it was to wait.
  private final class Pauses: Sendable {
    let noted = Mutex<[Duration]>([])

    func timing(failing: Bool = false) -> RetryTiming {
      RetryTiming(
        now: { 0 }, random: { 0.5 },
        sleep: { [self] pause in
          noted.withLock { $0.append(pause) }
          if failing { throw CancellationError() }
        })
    }
  }

  private func client(_ transport: CannedTransport, _ timing: RetryTiming) -> CRMClient {
    CRMClient(
      server: "crm", credentials: Credentials(login: "me", apikey: "k3y"),
      retry: RetryPolicy(firstPause: .seconds(1)), timing: timing, transport: transport)
  }

  @Test("a question is repeated until it is answered")
  func question() async throws {
    let pauses = Pauses()
    let transport = CannedTransport { _, number in
      switch number {
      case 0: .failure(TransportError(.lost))
      case 1: .body("", status: 503, headers: [HeaderField("Retry-After", "4")])
      default: .body(#"{"data":{"pid":"Номер"}}"#)
      }
    }
    #expect(try await client(transport, pauses.timing()).fields().count == 1)
    #expect(pauses.noted.withLock { $0 } == [.milliseconds(500), .seconds(5)])
    #expect(transport.requests.count == 3)
    #expect(Set(transport.requests.map(\.form)).count == 1)
  }

  @Test("a question without an answer ends with the last attempt")
  func exhausted() async {
    let pauses = Pauses()
    let transport = CannedTransport("", status: 503)
    do {
      _ = try await client(transport, pauses.timing()).fields()
      Issue.record("no error")
    } catch {
      guard case .notUnderstood(status: 503) = error.cause else {
        Issue.record("\(error.cause)")
        return
      }
    }
    #expect(transport.requests.count == 4)
  }

  @Test("an addlist is sent again only while nothing of it was sent")
  func addList() async {
    let pauses = Pauses()
    let refused = CannedTransport { _, number in
      number == 0 ? .failure(TransportError(.unreachable)) : .body("[]")
    }
    guard
      case (.reply(status: 200, _), nil) = await client(refused, pauses.timing())
        .addList(body: [], rows: 1)
    else {
      Issue.record("no reply")
      return
    }
    #expect(refused.requests.count == 2)
    for answer in [
      CannedTransport.Answer.failure(TransportError(.lost)), .body("", status: 429),
      .body("", status: 503), .body("Ошибка подключения к БД: x"),
    ] {
      let transport = CannedTransport(answer)
      _ = await client(transport, pauses.timing()).addList(body: [], rows: 1)
      #expect(transport.requests.count == 1)
    }
  }

  @Test("an interrupted wait ends at once, and a request of which nothing was sent stays that")
  func interrupted() async {
    let timing = Pauses().timing(failing: true)
    let unreachable = CannedTransport(.failure(TransportError(.unreachable)))
    let (_, error) = await client(unreachable, timing).addList(body: [], rows: 1)
    #expect(error?.isNothingSent == true)
    #expect(unreachable.requests.count == 1)
    let lost = CannedTransport(.failure(TransportError(.lost)))
    do {
      _ = try await client(lost, timing).fields()
      Issue.record("no error")
    } catch {
      guard case .transport(let inner) = error.cause else { return }
      #expect(inner.code == .cancelled)
    }
    #expect(lost.requests.count == 1)
  }
}
