/// The time a run goes by, so that tests can make a minute pass at once.
package struct RunClock: Sendable {
  /// The time since some fixed moment; never goes back.
  package var now: @Sendable () -> Duration
  /// Waits; throws if it is cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  /// The system's clock, which goes on while the machine sleeps.
  package static let system: RunClock = {
    let start = ContinuousClock.now
    return RunClock(
      now: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0) })
  }()
}
