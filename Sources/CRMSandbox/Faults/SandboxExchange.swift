import Synchronization

/// A request that waits for its end, which comes once: an answer, or the connection is cut.
///
/// What comes later is dropped, as it is where a client has hung up.
final class SandboxExchange: Sendable {
  private let waiting: Mutex<CheckedContinuation<Outcome, Never>?>

  /// How a request ends.
  typealias Outcome = Result<SandboxReply, SandboxError>

  init(_ waiting: CheckedContinuation<Outcome, Never>) { self.waiting = Mutex(waiting) }

  /// Ends the exchange where it has not ended.
  func end(_ outcome: Outcome) {
    waiting.withLock { waiting in
      waiting?.resume(returning: outcome)
      waiting = nil
    }
  }
}
