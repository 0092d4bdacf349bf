import Synchronization

/// A request and its end, which comes once: an answer, or the connection is cut.
///
/// What comes later is dropped, as it is where a client has hung up.
final class SandboxExchange: Sendable {
  /// How a request ends.
  typealias Outcome = Result<SandboxReply, SandboxError>

  private enum State {
    case open
    case awaited(CheckedContinuation<Outcome, Never>)
    case ended(Outcome)
  }

  private let state = Mutex(State.open)

  /// Ends the exchange where it has not ended.
  func end(_ outcome: Outcome) {
    let waiting = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
      if case .ended = state { return nil }
      defer { state = .ended(outcome) }
      return if case .awaited(let waiting) = state { waiting } else { nil }
    }
    waiting?.resume(returning: outcome)
  }

  /// Waits for the end; to be asked once.
  func outcome() async -> Outcome {
    await withCheckedContinuation { waiting in
      let outcome = state.withLock { state -> Outcome? in
        if case .ended(let outcome) = state { return outcome }
        state = .awaited(waiting)
        return nil
      }
      if let outcome { waiting.resume(returning: outcome) }
    }
  }
}
