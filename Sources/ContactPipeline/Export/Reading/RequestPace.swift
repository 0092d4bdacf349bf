import Foundation

/// How hard an export may work the CRM, at all times or in working hours only.
package struct LoadLimits: Sendable, Equatable {
  /// At most so many contacts a second; `nil` for any number.
  package var rate: Double?
  /// The share of the time, in parts of one, in which a request may be under way; 1 for all of it.
  package var share: Double
  /// The minutes of the day, in local time, between which the limits hold; `nil` for always.
  ///
  /// Behind midnight they go on: 1320..<1800 is from 22:00 to 6:00.
  package var hours: Range<Int>?

  package init(rate: Double? = nil, share: Double = 1, hours: Range<Int>? = nil) {
    self.rate = rate
    self.share = share
    self.hours = hours
  }

  /// No limits.
  package static let none = LoadLimits()

  /// Whether the limits hold at a minute of the day.
  package func hold(atMinute minute: Int) -> Bool {
    guard let hours else { return true }
    return hours.contains(minute) || hours.contains(minute + LoadLimits.minutesOfDay)
  }

  /// How many minutes a day has.
  package static let minutesOfDay = 24 * 60
}

/// Lets requests wait so that an export keeps to its limits.
actor RequestPace {
  private let limits: LoadLimits
  private let now: @Sendable () -> ContinuousClock.Instant
  private let sleep: @Sendable (Duration) async throws -> Void
  private let minute: @Sendable () -> Int
  private let isInterrupted: @Sendable () -> Bool
  /// When the next request may go.
  private var next: ContinuousClock.Instant?

  /// - Parameters:
  ///   - limits: The limits.
  ///   - now: The clock.
  ///   - sleep: Waits.
  ///   - minute: The minute of the day, in local time.
  ///   - isInterrupted: Asked while it waits; then the waiting ends.
  init(
    _ limits: LoadLimits, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    minute: @escaping @Sendable () -> Int = RequestPace.localMinute,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    (self.limits, self.now, self.sleep, self.minute) = (limits, now, sleep, minute)
    self.isInterrupted = isInterrupted
  }

  /// Waits until a request may go.
  ///
  /// - Throws: `CancellationError` if the task is cancelled or the export interrupted meanwhile.
  func enter() async throws {
    while let next, limits.hold(atMinute: minute()) {
      let wait = next - now()
      guard wait > .zero else { return }
      if isInterrupted() { throw CancellationError() }
      // In steps, so that Ctrl-C and the end of the working day are noticed.
      try await sleep(min(wait, .milliseconds(500)))
    }
  }

  /// Notes that a request was answered.
  ///
  /// - Parameters:
  ///   - contacts: How many contacts came.
  ///   - start: When it was sent.
  func leave(contacts: Int, start: ContinuousClock.Instant) {
    guard limits.hold(atMinute: minute()) else {
      next = nil
      return
    }
    var pause = Duration.zero
    let end = now()
    if limits.share < 1 { pause = (end - start) * (1 / limits.share - 1) }
    if let rate = limits.rate {
      pause = max(pause, .seconds(Double(contacts) / rate) - (end - start))
    }
    guard pause > .zero else { return }
    // Several requests at once share what there is.
    next = max(next ?? end, end) + pause
  }

  static let localMinute: @Sendable () -> Int = {
    let parts = Calendar.current.dateComponents([.hour, .minute], from: Date())
    return (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
  }
}
