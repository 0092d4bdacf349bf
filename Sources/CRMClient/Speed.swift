/// The mean of some rates, and how far they lie apart.
struct Speed: Sendable {
  private(set) var count = 0
  private(set) var mean = 0.0
  /// The sum of the squared distances from the mean.
  private(set) var squares = 0.0

  mutating func add(_ rate: Double) {
    count += 1
    let distance = rate - mean
    mean += distance / Double(count)
    squares += distance * (rate - mean)
  }
}

/// How much a server's answers vary, as a part of their mean, over all levels measured so far.
struct Noise: Sendable {
  // Before anything is known, a tenth is supposed, with the weight of two answers.
  private var squares = 0.02
  private var degrees = 2.0

  /// Learns from a level that is over.
  mutating func add(_ speed: Speed) {
    guard speed.count > 1, speed.mean > 0 else { return }
    squares += speed.squares / (speed.mean * speed.mean)
    degrees += Double(speed.count - 1)
  }

  /// By which part the quotient of two speeds may be wrong (one standard error).
  func error(comparing speed: Speed, with other: Speed) -> Double {
    var all = self
    all.add(speed)
    let variance = all.squares / all.degrees
    return (variance * (1 / Double(speed.count) + 1 / Double(max(1, other.count)))).squareRoot()
  }
}
