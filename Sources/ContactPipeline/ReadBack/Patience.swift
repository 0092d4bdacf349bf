package import CRMClient
import PersonAPI

/// Waits for a server that is down.
///
/// A question that fails because the server is down or busy is asked again, after pauses of one second
/// that double up to thirty, until so much time has passed since it first failed. Anything else that
/// goes wrong ends the waiting at once, as does an interruption.
package struct Patience: Sendable {
  /// The first pause.
  static let firstPause = Duration.seconds(1)
  /// The longest pause.
  static let longestPause = Duration.seconds(30)
  /// How long an interruption may go unnoticed.
  static let glance = Duration.milliseconds(200)

  private let wait: Duration
  private let clock: RunClock
  private let isInterrupted: @Sendable () -> Bool

  /// - Parameters:
  ///   - wait: How long a server may be down (`--wait`).
  ///   - clock: The time to go by.
  ///   - isInterrupted: Whether the run is to end.
  package init(
    wait: Duration, clock: RunClock = .system,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.wait = wait
    self.clock = clock
    self.isInterrupted = isInterrupted
  }

  /// Asks until there is an answer, or the waiting is over.
  ///
  /// - Parameter ask: Asks; may be called any number of times.
  /// - Returns: The answer.
  /// - Throws: The last `CRMError`; one that says `cancelled` if the wait was interrupted.
  package func untilAnswered<Answer>(
    _ ask: () async throws(CRMError) -> Answer
  ) async throws(CRMError) -> Answer {
    var firstFailure: Duration?
    var pause = Self.firstPause
    while true {
      let failure: CRMError
      do {
        return try await ask()
      } catch {
        failure = error
      }
      let now = clock.now()
      let since = firstFailure ?? now
      firstFailure = since
      let rest = since + wait - now
      guard failure.isServerDown, rest > .zero else { throw failure }
      guard await sleep(min(pause, rest)) else {
        throw CRMError(
          failure.action, server: failure.server, cause: .transport(TransportError(.cancelled)))
      }
      pause = min(Self.longestPause, pause * 2)
    }
  }

  /// Sleeps in short naps.
  ///
  /// - Returns: Whether nobody interrupted it.
  private func sleep(_ pause: Duration) async -> Bool {
    let end = clock.now() + pause
    while !isInterrupted() {
      let rest = end - clock.now()
      guard rest > .zero else { return true }
      do {
        try await clock.sleep(min(rest, Self.glance))
      } catch {
        return false
      }
    }
    return false
  }
}
