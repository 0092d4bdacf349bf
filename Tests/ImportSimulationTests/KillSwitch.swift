import Synchronization

/// The life of a simulated process: it ends at one of the steps it takes.
///
/// A step stands before, inside or after everything that is seen outside the process: a write to the
/// journal, a request. Once dead, the process reaches neither journal nor server nor clock.
final class KillSwitch: Sendable {
  private struct State {
    var isDead = false
    var places: [String] = []
  }

  private let state = Mutex(State())
  private let last: Int?
  private let remembered: Int?
  private let onRemembered: @Sendable () -> Void
  private let onDeath: @Sendable () -> Void

  /// - Parameters:
  ///   - last: The step, from 1, at which the process dies; `nil` if it lives.
  ///   - remembered: A step before, of which something else is to be noted.
  ///   - onRemembered: Happens at that step.
  ///   - onDeath: Happens in the moment of death.
  init(
    at last: Int? = nil, remembered: Int? = nil,
    onRemembered: @escaping @Sendable () -> Void = {}, onDeath: @escaping @Sendable () -> Void = {}
  ) {
    self.last = last
    self.remembered = remembered
    self.onRemembered = onRemembered
    self.onDeath = onDeath
  }

  /// Whether the process is dead.
  var isDead: Bool { state.withLock { $0.isDead } }
  /// What each step was.
  var places: [String] { state.withLock { $0.places } }

  /// Takes a step; whether the process is alive behind it.
  func survives(_ place: @autoclosure () -> String) -> Bool {
    let (isAlive, step) = state.withLock { state -> (Bool, Int?) in
      guard !state.isDead else { return (false, nil) }
      state.places.append(place())
      state.isDead = state.places.count == last
      return (!state.isDead, state.places.count)
    }
    guard let step else { return false }
    if step == remembered { onRemembered() }
    if !isAlive { onDeath() }
    return isAlive
  }

  /// Ends the process where it stands.
  func kill() { state.withLock { $0.isDead = true } }
}
