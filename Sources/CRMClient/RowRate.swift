/// Keeps the rows that are sent below a number a second (`--rate`).
///
/// Requests follow each other evenly, and in no ten seconds more than ten times the rate is sent. A
/// rate below a row in ten seconds is kept by the distance between rows alone.
struct RowRate: Sendable {
  private static let window = Duration.seconds(10)

  private let perSecond: Double
  /// What was sent in the last ten seconds, oldest first.
  private var sent: [(at: Duration, rows: Int)] = []
  /// When the next request may follow, as far as the last one is concerned.
  private var next = Duration.zero

  init(_ perSecond: Double) { self.perSecond = max(perSecond, 1e-6) }

  /// How many rows a request may carry, so that one leaves about every second.
  var rows: Int { max(1, Int(min(perSecond, 1e9))) }

  func pause(before rows: Int, now: Duration) -> Duration {
    var earliest = max(now, next)
    var sum = rows + sent.reduce(0) { $0 + $1.rows }
    for request in sent where Double(sum) > max(10 * perSecond, Double(rows)) {
      earliest = max(earliest, request.at + Self.window)
      sum -= request.rows
    }
    return earliest - now
  }

  mutating func sent(rows: Int, at now: Duration) {
    sent.removeAll { $0.at <= now - Self.window }
    sent.append((now, rows))
    next = now + .seconds(Double(rows) / perSecond)
  }
}
