import Foundation

/// What repeating requests needs of the outside world, so that tests can stand in for it.
package struct RetryTiming: Sendable {
  /// Seconds since 1970.
  package var now: @Sendable () -> Int
  /// A number from 0 to below 1.
  package var random: @Sendable () -> Double
  /// Waits; throws if it is cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Int, random: @escaping @Sendable () -> Double,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.random = random
    self.sleep = sleep
  }

  /// The system's clocks and random numbers.
  package static let system = RetryTiming(
    now: { Int(Date().timeIntervalSince1970) }, random: { .random(in: 0..<1) },
    sleep: { try await Task.sleep(for: $0) })
}
