import Synchronization

/// The life of a simulated process: it ends at one of the steps it takes.
///
/// A step stands before, inside or after everything that is seen outside the process: a write to the
/// journal, a request. Once dead, the process reaches neither journal nor server nor clock.
final class KillSwitch: Sendable {
  private struct State {
    var steps = 0
    var isDead = false
    var log: [String] = []
  }

  private let state = Mutex(State())
  private let last: Int?
  private let onDeath: @Sendable () -> Void

  /// - Parameters:
  ///   - last: The step, from 1, at which the process dies; `nil` if it lives.
  ///   - onDeath: Happens in the moment of death.
  init(at last: Int? = nil, onDeath: @escaping @Sendable () -> Void = {}) {
    self.last = last
    self.onDeath = onDeath
  }

  /// Whether the process is dead.
  var isDead: Bool { state.withLock { $0.isDead } }
  /// How many steps it has taken.
  var steps: Int { state.withLock { $0.steps } }
  /// What the last step before death was.
  var place: String { state.withLock { $0.log.last ?? "" } }

  /// Takes a step; whether the process is alive behind it.
  func survives(_ place: @autoclosure () -> String) -> Bool {
    let (isAlive, hasDied) = state.withLock { state in
      guard !state.isDead else { return (false, false) }
      state.steps += 1
      guard state.steps == last else { return (true, false) }
      state.isDead = true
      state.log.append(place())
      return (false, true)
    }
    if hasDied { onDeath() }
    return isAlive
  }

  /// Ends the process where it stands.
  func kill() { state.withLock { $0.isDead = true } }
}
