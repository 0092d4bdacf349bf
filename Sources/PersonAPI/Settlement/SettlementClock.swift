/// Says when it is time to look for the rows of requests that were lost, and when to stop looking.
///
/// A server goes on with a request after its client is gone, so one look proves nothing: the rows are
/// looked for until they have brought no new one for the whole settling time.
///
/// ```swift
/// var clock = SettlementClock(settle: .seconds(60))
/// clock.lost(at: now)
/// while case let step = clock.nextStep(now: now), step != .done { … }
/// ```
///
/// It owns no clock; all times are counted from the same beginning.
package struct SettlementClock: Sendable, Equatable {
  /// What to do now.
  package enum Step: Sendable, Equatable {
    /// Nothing until then.
    case wait(until: Duration)
    /// Look at the contacts.
    case read
    /// What was not found by now will not come.
    case done
  }

  private let settle: Duration
  /// When something last happened that was news: a request was lost, or a row of theirs turned up.
  private var lastNews: Duration?
  /// When the last look began.
  private var lastRead: Duration?
  /// The most rows that a look has found.
  private var matched = 0

  /// - Parameter settle: How long nothing new has to turn up.
  package init(settle: Duration) { self.settle = max(settle, .zero) }

  /// Notes that a request was lost.
  package mutating func lost(at time: Duration) {
    lastNews = max(lastNews ?? time, time)
    // What the looks before have seen says nothing about this request.
    lastRead = nil
  }

  /// Notes a look at all contacts.
  ///
  /// - Parameters:
  ///   - began: When it began: what turned up while it went on may have been missed.
  ///   - ended: When it ended, where that is not at once.
  ///   - matched: How many rows of the lost requests are there.
  package mutating func noteRead(at began: Duration, ended: Duration? = nil, matched: Int) {
    lastRead = max(lastRead ?? began, began)
    guard matched > self.matched else { return }
    self.matched = matched
    lastNews = max(lastNews ?? began, ended ?? began)
  }

  /// What to do now.
  package func nextStep(now: Duration) -> Step {
    guard let lastNews else { return .done }
    guard let lastRead else { return .read }
    let deadline = lastNews + settle
    if lastRead >= deadline { return .done }
    let next = min(lastRead + pause, deadline)
    return next <= now ? .read : .wait(until: next)
  }

  /// The time between two looks.
  private var pause: Duration { min(max(settle / 6, .milliseconds(100)), .seconds(10)) }
}
