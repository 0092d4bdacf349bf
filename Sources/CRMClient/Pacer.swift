package import PersonAPI

/// Decides how many rows a request carries and how many requests are under way, from how fast they are
/// answered.
///
/// It begins with ten rows and one request. A second one is under way as soon as that does no harm, since
/// small requests leave the server idle between them; then the rows are raised, and after them the
/// requests, as long as the server stores more rows a second for it. In doubt it raises the rows, since a
/// hasty no costs more than a request too large; requests only as far as it looks worth it. Where both have found their place it holds, and looks one step further now and
/// then, less often each time that it was in vain. Trouble halves both.
///
/// A value without a clock: whoever sends tells it when.
///
/// ```swift
/// var pacer = Pacer(limits: variant.limits, maximumInFlight: 4)
/// // while fewer than pacer.inFlight are under way, and after pacer.pause(now:):
/// pacer.sent(rows: 10, at: now)                       // at most pacer.rows
/// pacer.answered(rows: 10, took: took, at: now)       // or
/// pacer.trouble()
/// ```
package struct Pacer: Sendable {
  /// What can be raised.
  private enum Knob { case rows, inFlight }

  /// Both knobs' places.
  private struct Level: Equatable {
    var rows: Int
    var inFlight: Int
  }

  /// What is going on.
  private enum Phase: Equatable {
    /// The level is measured; `raised` tells which knob is on trial, against the level before.
    case climbing(raised: Knob?)
    /// The level stays for so many answers more.
    case holding(Int)
    /// The same, after trouble: then both knobs are raised again.
    case resting(Int)
  }

  /// By how much the rows a second have to grow for a step to be worth it.
  private static let worthwhile = 1.05
  /// The same for a second request under way, which has only not to hurt.
  ///
  /// It waits at the server while the first one's answer is dealt with here, and that time shows in no
  /// answer.
  private static let harmless = 0.97
  /// How many answers a step that is neither good nor bad is given.
  private static let patience = 8
  /// How many answers pass before the next look further, at first and at most.
  private static let hold = 50...3200
  /// How many answers pass before growing back after trouble, at first and at most.
  private static let rest = 20...1280
  /// From how many seconds on a request gets no more rows, whatever it gains: gateways give up, and
  /// whoever interrupts the run waits for its end.
  private static let longRequest = 5.0
  /// Below which part of what it was the rows a second make the level doubtful.
  private static let slump = 0.65

  private let maximumInFlight: Int
  private var maximumRows: Int
  private var rate: RowRate?

  private var level: Level
  private var phase = Phase.climbing(raised: nil)
  /// The level before a knob was raised, and its speed.
  private var previous: (level: Level, speed: Speed)?
  private var speed = Speed()
  private var noise = Noise()
  /// Knobs that have found their place.
  private var settled: [Knob] = []
  private var nextLook = Knob.inFlight
  private var nextHold = Self.hold.lowerBound
  private var nextRest = Self.rest.lowerBound
  /// Rows a second when the last hold began.
  private var reference: Double?
  /// How many requests are under way.
  private var underway = 0
  /// How many answers more belong to an earlier level, or to a connection's first request.
  private var skipped = 0
  /// How many more may report trouble that has been acted on.
  private var forgiven = 0
  /// How many answers there were since the last trouble.
  private var calm = 0

  /// - Parameters:
  ///   - limits: What the server takes; only the rows count here.
  ///   - maximumInFlight: How many requests may be under way at once.
  ///   - batchSize: At most so many rows in a request (`--batch-size`).
  ///   - rate: At most so many rows a second (`--rate`).
  package init(
    limits: AddListLimits, maximumInFlight: Int, batchSize: Int? = nil, rate: Double? = nil
  ) {
    var most = max(1, min(limits.maximumRows, batchSize ?? .max))
    self.rate = rate.map { RowRate($0) }
    if let rate = self.rate { most = min(most, rate.rows) }
    maximumRows = most
    self.maximumInFlight = max(1, maximumInFlight)
    level = Level(rows: min(10, most), inFlight: 1)
  }

  /// How many rows the next request carries at most.
  package var rows: Int { level.rows }

  /// How many requests may be under way.
  package var inFlight: Int { level.inFlight }

  /// How long to wait before the next request, so that `--rate` is kept.
  ///
  /// - Parameters:
  ///   - rows: How many rows it has; ``rows`` if it is not known yet.
  ///   - now: The time.
  /// - Returns: The wait; zero without a rate.
  package func pause(before rows: Int? = nil, now: Duration) -> Duration {
    rate?.pause(before: rows ?? self.rows, now: now) ?? .zero
  }

  /// Notes that a request leaves.
  package mutating func sent(rows: Int, at now: Duration) {
    underway += 1
    rate?.sent(rows: rows, at: now)
  }

  /// Notes that a request was answered as it should be.
  ///
  /// - Parameters:
  ///   - rows: How many rows it had.
  ///   - took: The time from its first byte to the answer's last.
  ///   - now: The time.
  package mutating func answered(rows: Int, took: Duration, at now: Duration) {
    end()
    calm += 1
    if calm > 10 * nextRest { nextRest = Self.rest.lowerBound }
    guard skipped == 0 else {
      skipped -= 1
      return
    }
    // Rows a second of all connections together, if all are like this one. Of a stall a rate says
    // "nothing", where a time would drown all others.
    let seconds = max(took / .seconds(1), 1e-6)
    speed.add(Double(rows) / seconds * Double(level.inFlight))
    advance()
  }

  /// Notes that a request ended in trouble: no answer, a gateway's, or a script that died.
  ///
  /// To be called for each such request. What was under way with the first of them is expected to fail
  /// for the same reason, and halves nothing more.
  package mutating func trouble() {
    let isForgiven = forgiven > 0
    end()
    guard !isForgiven else {
      skipped = max(0, skipped - 1)
      return
    }
    calm = 0
    forgiven = underway
    lower()
    phase = .resting(nextRest)
    nextRest = min(Self.rest.upperBound, nextRest * 2)
  }

  /// Notes that the server takes no more rows than this in a request.
  package mutating func limit(rows: Int) {
    maximumRows = max(1, min(maximumRows, rows))
    guard level.rows > maximumRows else { return }
    move(to: Level(rows: maximumRows, inFlight: level.inFlight))
    phase = .climbing(raised: nil)
  }
}

// MARK: - Steps

extension Pacer {
  private mutating func end() {
    underway = max(0, underway - 1)
    forgiven = max(0, forgiven - 1)
  }

  private mutating func advance() {
    switch phase {
    case .climbing(raised: nil):
      guard speed.count >= least else { return }
      let triesSecond = level.inFlight == 1 && !settled.contains(.inFlight)
      climb(triesSecond || settled.contains(.rows) ? .inFlight : .rows)
    case .climbing(let knob?): judge(knob)
    case .holding(let left) where left > 1:
      // What is compared at the end are the last answers.
      if left == 16 { measureAnew() }
      phase = .holding(left - 1)
    case .holding: look()
    case .resting(let left) where left > 1: phase = .resting(left - 1)
    case .resting:
      settled = []
      phase = .climbing(raised: nil)
    }
  }

  /// How many answers it takes to judge a level: at least one of each connection.
  private var least: Int { max(3, level.inFlight) }

  /// Keeps a step, takes it back, or waits for more answers.
  private mutating func judge(_ knob: Knob) {
    guard speed.count >= least, let before = previous else { return }
    let growth = speed.mean / before.speed.mean
    let doubt = noise.error(comparing: speed, with: before.speed)
    let isSecond = knob == .inFlight && before.level.inFlight == 1
    let wanted = isSecond ? Self.harmless : Self.worthwhile
    let isTried = speed.count >= max(Self.patience, least)
    let isInVain = speed.count >= max(4, least) && growth * (1 + 2 * doubt) < wanted
    // Each request under way is one that may be lost: in doubt there are no more.
    if growth * (1 - doubt) > wanted {
      nextHold = Self.hold.lowerBound
      climb(isSecond ? .rows : knob)
    } else if isInVain || isTried && knob == .inFlight && growth < wanted {
      move(to: before.level)
      speed = before.speed
      settled.append(knob)
      climb(knob == .rows ? .inFlight : .rows)
    } else if isTried {
      climb(isSecond ? .rows : knob)
    }
  }

  /// Raises a knob, or the other one, or holds.
  private mutating func climb(_ wanted: Knob) {
    let other: Knob = wanted == .rows ? .inFlight : .rows
    for knob in [wanted, other] where !settled.contains(knob) {
      let next = raised(knob)
      guard next != level else {
        settled.append(knob)
        continue
      }
      previous = (level, speed)
      let fresh = next.inFlight - level.inFlight
      move(to: next)
      // A new connection's first request is slower than the rest.
      skipped += fresh
      phase = .climbing(raised: knob)
      return
    }
    reference = speed.mean
    phase = .holding(nextHold)
    nextHold = min(Self.hold.upperBound, nextHold * 2)
  }

  /// Ends a hold: one knob is tried again; where the server has become slow, both are, from below.
  private mutating func look() {
    if let reference, speed.mean < reference * Self.slump {
      nextHold = Self.hold.lowerBound
      lower()
      settled = []
      phase = .climbing(raised: nil)
      return
    }
    let knob = nextLook
    nextLook = knob == .rows ? .inFlight : .rows
    settled = [nextLook]
    climb(knob)
  }

  private func raised(_ knob: Knob) -> Level {
    var next = level
    switch knob {
    case .rows:
      let seconds = Double(level.rows * level.inFlight) / max(speed.mean, 1e-6)
      if seconds < Self.longRequest { next.rows = min(maximumRows, level.rows * 2) }
    case .inFlight:
      next.inFlight = min(maximumInFlight, level.inFlight + max(1, level.inFlight / 3))
    }
    return next
  }

  private mutating func lower() {
    move(to: Level(rows: max(1, level.rows / 2), inFlight: max(1, level.inFlight / 2)))
  }

  private mutating func move(to next: Level) {
    level = next
    skipped = underway
    measureAnew()
  }

  private mutating func measureAnew() {
    noise.add(speed)
    speed = Speed()
  }
}
