import CRMClient
import PersonAPI
import Synchronization
import Testing

@testable import ContactPipeline

@Suite("patience")
struct PatienceTests {
  /// A clock that a sleep puts forward.
  private final class Watch: Sendable {
    private let time = Mutex(Duration.zero)

    var now: Duration { time.withLock { $0 } }
    var clock: RunClock { RunClock(now: { self.now }, sleep: { self.pass($0) }) }

    func pass(_ duration: Duration) { time.withLock { $0 += duration } }
  }

  private static func error(_ cause: CRMError.Cause) -> CRMError {
    CRMError(.list, server: "http://fake.example", cause: cause)
  }

  private static let down = error(.transport(TransportError(.unreachable)))

  private static let downCauses: [CRMError.Cause] = [
    .transport(TransportError(.unreachable)), .transport(TransportError(.lost)), .databaseDown,
    .notUnderstood(status: 429), .notUnderstood(status: 502), .notUnderstood(status: 503),
    .notUnderstood(status: 504),
  ]
  private static let otherCauses: [CRMError.Cause] = [
    .transport(TransportError(.untrusted)), .transport(TransportError(.cancelled)),
    .transport(TransportError(.tooLarge)), .credentialsRefused, .refused(code: 403, text: ""),
    .notUnderstood(status: 200), .notUnderstood(status: 404), .notUnderstood(status: 500),
    .tooLarge, .missingV3, .listOutOfOrder, .listKeepsChanging,
  ]

  @Test("a server that is down is asked again after 1, 2, 4, 8, 16, 30, 30 seconds")
  func pauses() async throws {
    let watch = Watch()
    var asked: [Duration] = []
    let patience = Patience(wait: .seconds(300), clock: watch.clock)
    let answer = try await patience.untilAnswered { () async throws(CRMError) in
      asked.append(watch.now)
      if asked.count < 8 { throw Self.down }
      return "here"
    }
    #expect(answer == "here")
    #expect(asked == [0, 1, 3, 7, 15, 31, 61, 91].map { .seconds($0) })
  }

  @Test("which errors mean that it is down", arguments: downCauses.indices)
  func waitedFor(index: Int) async throws {
    let watch = Watch()
    var asked = 0
    let patience = Patience(wait: .seconds(10), clock: watch.clock)
    try await patience.untilAnswered { () async throws(CRMError) in
      asked += 1
      if asked == 1 { throw Self.error(Self.downCauses[index]) }
    }
    #expect(asked == 2)
  }

  @Test("other errors end the waiting at once", arguments: otherCauses.indices)
  func notWaitedFor(index: Int) async {
    let watch = Watch()
    var asked = 0
    let patience = Patience(wait: .seconds(10), clock: watch.clock)
    await #expect(throws: CRMError.self) {
      try await patience.untilAnswered { () async throws(CRMError) in
        asked += 1
        if asked == 1 { throw Self.down }
        throw Self.error(Self.otherCauses[index])
      }
    }
    #expect(asked == 2)
  }

  @Test(
    "the waiting ends when --wait has passed since the first failure",
    arguments: [0, 1, 10, 45, 300])
  func wait(seconds: Int) async {
    let watch = Watch()
    watch.pass(.seconds(1000))
    var asked: [Duration] = []
    let patience = Patience(wait: .seconds(seconds), clock: watch.clock)
    await #expect(throws: CRMError.self) {
      try await patience.untilAnswered { () async throws(CRMError) in
        asked.append(watch.now - .seconds(1000))
        throw Self.down
      }
    }
    // Once more at the very end, and never after it.
    #expect(asked.last == .seconds(seconds))
    #expect(asked.first == .zero)
  }

  @Test("time that the questions take counts as waiting")
  func slowQuestions() async {
    let watch = Watch()
    var asked = 0
    let patience = Patience(wait: .seconds(100), clock: watch.clock)
    await #expect(throws: CRMError.self) {
      try await patience.untilAnswered { () async throws(CRMError) in
        asked += 1
        watch.pass(.seconds(60))
        throw Self.down
      }
    }
    // The first fails at 60 s, the second at 121, the third at 183.
    #expect(asked == 3)
  }

  @Test("an answer in between begins the waiting anew")
  func anew() async throws {
    let watch = Watch()
    let patience = Patience(wait: .seconds(5), clock: watch.clock)
    for _ in 0..<3 {
      let until = watch.now + .seconds(4)
      try await patience.untilAnswered { () async throws(CRMError) in
        if watch.now < until { throw Self.down }
      }
    }
    #expect(watch.now >= .seconds(12))
  }

  @Test("an interruption ends a pause at once")
  func interruption() async {
    let watch = Watch()
    let patience = Patience(
      wait: .seconds(600), clock: watch.clock, isInterrupted: { watch.now >= .seconds(40) })
    var asked = 0
    do throws(CRMError) {
      try await patience.untilAnswered { () async throws(CRMError) in
        asked += 1
        throw Self.down
      }
      Testing.Issue.record("there was no answer")
    } catch {
      guard case .transport(let cause) = error.cause else {
        Testing.Issue.record("\(error)")
        return
      }
      #expect(cause.code == .cancelled)
    }
    // In the middle of the pause from 31 s to 61 s.
    #expect(asked == 6)
    #expect(watch.now < .seconds(41))
  }

  @Test("a cancelled task does not wait")
  func cancellation() async {
    let task = Task {
      var asked = 0
      let patience = Patience(wait: .seconds(600))
      do throws(CRMError) {
        try await patience.untilAnswered { () async throws(CRMError) in
          asked += 1
          throw Self.down
        }
      } catch {
        if case .transport(let cause) = error.cause, cause.code == .cancelled { return asked }
      }
      return -1
    }
    task.cancel()
    #expect(await task.value == 1)
  }
}
