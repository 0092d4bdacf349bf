import CRMClient
import ContactPipeline
import Synchronization

/// A clock that stands still unless somebody waits, and on which things can be planned.
///
/// Whoever waits moves it at once, and what was planned for the time passed over happens on the way. Two
/// who wait at once move it one after the other: on this clock machines may be slow, never fast.
final class SimulatedClock: Sendable {
  private struct Plan {
    var due: Duration
    var order: Int
    var action: @Sendable () -> Void
  }

  private struct State {
    var now = Duration.zero
    var plans: [Plan] = []
    var count = 0
  }

  private let state = Mutex(State())

  /// The time since the beginning.
  var now: Duration { state.withLock { $0.now } }

  /// Plans something to happen once so much time has passed.
  func plan(after pause: Duration, _ action: @escaping @Sendable () -> Void) {
    state.withLock { state in
      state.plans.append(Plan(due: state.now + pause, order: state.count, action: action))
      state.count += 1
    }
  }

  /// Lets time pass.
  func pass(_ time: Duration) {
    let end = state.withLock { $0.now + time }
    while let plan = next(until: end) { plan.action() }
    state.withLock { $0.now = max($0.now, end) }
  }

  /// Lets pass whatever time it takes until nothing is planned any more.
  func settle() {
    while let plan = next(until: .seconds(1_000_000)) { plan.action() }
  }

  private func next(until end: Duration) -> Plan? {
    state.withLock { state in
      guard
        let index = state.plans.indices.min(by: {
          (state.plans[$0].due, state.plans[$0].order) < (
            state.plans[$1].due, state.plans[$1].order
          )
        }), state.plans[index].due <= end
      else { return nil }
      let plan = state.plans.remove(at: index)
      state.now = max(state.now, plan.due)
      return plan
    }
  }

  /// The clock of a run, which cannot wait any more once its process is dead.
  func runClock(_ life: KillSwitch) -> RunClock {
    RunClock(
      now: { self.now },
      sleep: { pause in
        try Task.checkCancellation()
        guard !life.isDead else { throw CancellationError() }
        self.pass(pause)
        guard !life.isDead else { throw CancellationError() }
      })
  }

  /// The clock of the client's retries, with no chance in it.
  func retryTiming(_ life: KillSwitch) -> RetryTiming {
    let clock = runClock(life)
    return RetryTiming(
      now: { 1_700_000_000 + Int(clock.now().components.seconds) }, random: { 0.5 },
      sleep: clock.sleep)
  }
}
