/// A limit that was measured from outside.
package struct MeasuredLimit: Sendable, Equatable {
  /// So much still came through.
  package var atLeast: Int
  /// So much did not; `nil` if everything that was tried came through.
  package var below: Int?

  package init(atLeast: Int, below: Int?) {
    self.atLeast = atLeast
    self.below = below
  }
}

/// Searches for the largest size that still comes through, with few questions.
///
/// Likely limits are tried first, then the rest is halved; both only while there is something between
/// what came through and what did not.
///
/// ```swift
/// var search = LimitSearch(upTo: 10_000, guesses: [10_000, 1000], attempts: 12)
/// while let size = search.next { search.record(size, isWhole: try await comesThrough(size)) }
/// ```
package struct LimitSearch: Sendable {
  /// What has been found out so far.
  package private(set) var limit: MeasuredLimit
  /// How many sizes may still be tried.
  private var attempts: Int
  private let most: Int
  private var guesses: [Int]

  /// - Parameters:
  ///   - most: The largest size that is tried.
  ///   - guesses: Sizes to try first, in order.
  ///   - attempts: How many sizes are tried at most.
  package init(upTo most: Int, guesses: [Int], attempts: Int) {
    limit = MeasuredLimit(atLeast: 0, below: nil)
    self.most = most
    self.guesses = guesses
    self.attempts = attempts
  }

  /// The size to try next; `nil` if nothing more is to be found out.
  package var next: Int? {
    let end = limit.below ?? most + 1
    guard attempts > 0, end - limit.atLeast > 1 else { return nil }
    return guesses.first { limit.atLeast < $0 && $0 < end }
      ?? limit.atLeast + (end - limit.atLeast) / 2
  }

  /// Notes whether a size came through.
  package mutating func record(_ size: Int, isWhole: Bool) {
    attempts -= 1
    guesses.removeAll { $0 == size }
    if isWhole {
      limit.atLeast = max(limit.atLeast, size)
    } else {
      limit.below = min(limit.below ?? size, size)
    }
  }
}
