import Synchronization
import Testing

@testable import ContactPipeline

@Suite("the pace of an export")
struct RequestPaceTests {
  /// A clock that only sleeping moves, and what a test changes while somebody sleeps.
  private final class ManualClock: Sendable {
    struct State {
      var now = ContinuousClock.now
      var sleeps: [Duration] = []
      var minute = 600
      var isInterrupted = false
    }

    let state = Mutex(State())
    private let onSleep: @Sendable (inout State) -> Void

    init(onSleep: @escaping @Sendable (inout State) -> Void = { _ in }) {
      self.onSleep = onSleep
    }

    var now: ContinuousClock.Instant { state.withLock { $0.now } }

    /// Lets time pass.
    func pass(_ duration: Duration) {
      state.withLock { $0.now = $0.now.advanced(by: duration) }
    }

    func pace(_ limits: LoadLimits) -> RequestPace {
      RequestPace(
        limits, now: { self.now },
        sleep: { duration in
          self.state.withLock { state in
            state.now = state.now.advanced(by: duration)
            state.sleeps.append(duration)
            self.onSleep(&state)
          }
        }, minute: { self.state.withLock { $0.minute } },
        isInterrupted: { self.state.withLock { $0.isInterrupted } })
    }

    /// Plays a request that takes so long.
    func request(_ pace: RequestPace, contacts: Int, taking duration: Duration = .zero) async {
      let start = now
      pass(duration)
      await pace.leave(contacts: contacts, start: start)
    }

    /// Enters, and says how many milliseconds that took.
    func wait(_ pace: RequestPace) async throws -> Int {
      state.withLock { $0.sleeps = [] }
      try await pace.enter()
      let slept = state.withLock { $0.sleeps }.reduce(Duration.zero, +)
      return Int((slept / Duration.milliseconds(1)).rounded())
    }
  }

  @Test("nobody waits before the first answer, nor without limits")
  func free() async throws {
    let clock = ManualClock()
    #expect(try await clock.wait(clock.pace(LoadLimits(rate: 1, share: 0.1))) == 0)
    let free = clock.pace(.none)
    await clock.request(free, contacts: 1_000_000, taking: .seconds(10))
    #expect(try await clock.wait(free) == 0)
  }

  @Test("so many contacts a second, the time of the request counted in")
  func rate() async throws {
    let clock = ManualClock()
    let pace = clock.pace(LoadLimits(rate: 100))
    await clock.request(pace, contacts: 200)
    #expect(try await clock.wait(pace) == 2000)
    #expect(clock.state.withLock { $0.sleeps } == Array(repeating: .milliseconds(500), count: 4))
    await clock.request(pace, contacts: 200, taking: .milliseconds(750))
    #expect(try await clock.wait(pace) == 1250)
    await clock.request(pace, contacts: 200, taking: .seconds(3))
    #expect(try await clock.wait(pace) == 0)
  }

  @Test("a share of the time")
  func share() async throws {
    let clock = ManualClock()
    let pace = clock.pace(LoadLimits(share: 0.25))
    await clock.request(pace, contacts: 200, taking: .seconds(1))
    #expect(try await clock.wait(pace) == 3000)
    await clock.request(pace, contacts: 0, taking: .milliseconds(200))
    #expect(try await clock.wait(pace) == 600)
  }

  @Test("of two limits the stricter one", arguments: [(400, 3000), (200, 1000), (50, 1000)])
  func both(contacts: Int, milliseconds: Int) async throws {
    let clock = ManualClock()
    let pace = clock.pace(LoadLimits(rate: 100, share: 0.5))
    await clock.request(pace, contacts: contacts, taking: .seconds(1))
    #expect(try await clock.wait(pace) == milliseconds)
  }

  @Test("the pauses of several requests at once add up")
  func several() async throws {
    let clock = ManualClock()
    let pace = clock.pace(LoadLimits(rate: 100))
    for _ in 0..<3 { await clock.request(pace, contacts: 200) }
    #expect(try await clock.wait(pace) == 6000)
    // What has been waited for is paid.
    await clock.request(pace, contacts: 100)
    #expect(try await clock.wait(pace) == 1000)
    // Time that passes by itself is, too.
    await clock.request(pace, contacts: 200)
    clock.pass(.milliseconds(1500))
    #expect(try await clock.wait(pace) == 500)
  }

  @Test("limits hold in their hours only")
  func hours() async throws {
    for (minute, milliseconds) in [(539, 0), (540, 2000), (1079, 2000), (1080, 0)] {
      let clock = ManualClock()
      clock.state.withLock { $0.minute = minute }
      let pace = clock.pace(LoadLimits(rate: 100, hours: 540..<1080))
      await clock.request(pace, contacts: 200)
      #expect(try await clock.wait(pace) == milliseconds, "at minute \(minute)")
    }
  }

  @Test("hours may go on behind midnight")
  func night() {
    let night = LoadLimits(rate: 1, hours: 1320..<1800)
    for minute in [1320, 1439, 0, 100, 359] { #expect(night.hold(atMinute: minute), "\(minute)") }
    for minute in [360, 720, 1319] { #expect(!night.hold(atMinute: minute), "\(minute)") }
    for minute in [0, 720, 1439] { #expect(LoadLimits(rate: 1).hold(atMinute: minute)) }
  }

  @Test("a pause ends with the hours")
  func endOfHours() async throws {
    let clock = ManualClock { state in
      if state.sleeps.count == 3 { state.minute = 1080 }
    }
    let pace = clock.pace(LoadLimits(rate: 100, hours: 540..<1080))
    await clock.request(pace, contacts: 2000)
    #expect(try await clock.wait(pace) == 1500)
  }

  @Test(
    "what came outside the hours is not paid for inside")
  func beforeHours() async throws {
    let clock = ManualClock()
    clock.state.withLock { $0.minute = 500 }
    let pace = clock.pace(LoadLimits(rate: 100, hours: 540..<1080))
    for _ in 0..<100 { await clock.request(pace, contacts: 200, taking: .milliseconds(200)) }
    clock.state.withLock { $0.minute = 540 }
    #expect(try await clock.wait(pace) <= 2000)
  }

  @Test("an interruption ends a pause, and stops nobody who need not wait")
  func interruption() async throws {
    let clock = ManualClock { state in
      if state.sleeps.count == 2 { state.isInterrupted = true }
    }
    let pace = clock.pace(LoadLimits(rate: 100))
    await clock.request(pace, contacts: 200)
    await #expect(throws: CancellationError.self) { try await pace.enter() }
    #expect(clock.state.withLock { $0.sleeps.count } == 2)
    clock.pass(.seconds(1))
    try await pace.enter()
    #expect(clock.state.withLock { $0.sleeps.count } == 2)
  }

  @Test("a sleep that fails ends the pause")
  func cancellation() async throws {
    let pace = RequestPace(
      LoadLimits(rate: 1), sleep: { _ in throw CancellationError() })
    await pace.leave(contacts: 3600, start: .now)
    await #expect(throws: CancellationError.self) { try await pace.enter() }
  }
}
