import CRMClient
import TestSupport

/// A server whose requests take a time that a formula gives, and a sender that follows a pacer.
struct PacedServer: Sendable, CustomStringConvertible {
  var description: String
  /// Seconds that a request of so many rows takes while so many are under way.
  var time: @Sendable (_ rows: Int, _ inFlight: Int) -> Double

  /// Rows a second at a level.
  func speed(rows: Int, inFlight: Int) -> Double {
    Double(rows * inFlight) / time(rows, inFlight)
  }

  /// The most rows a second that the caps allow.
  func best(rows: Int, inFlight: Int) -> Double {
    (1...rows).map { rows in (1...inFlight).map { speed(rows: rows, inFlight: $0) }.max() ?? 0 }
      .max() ?? 0
  }

  /// A constant cost a request and one a row, the same for any number of requests.
  static let plain = PacedServer(description: "40 ms and 2 ms a row") { rows, _ in
    0.040 + 0.002 * Double(rows)
  }

  /// Of 50 rows and more all take the same time each.
  static let knee = PacedServer(description: "no faster from 50 rows on") { rows, _ in
    max(0.050 + 0.002 * Double(rows), 0.003 * Double(rows))
  }

  /// With four requests and more at once it trips over itself.
  static let crowded = PacedServer(description: "slows down under 4 at once") { rows, inFlight in
    (0.030 + 0.002 * Double(rows)) * (inFlight < 4 ? 1 : 2 * Double(inFlight - 2))
  }

  /// The kind with two cores: from two requests on they only wait for each other.
  static let twoCores = PacedServer(description: "two cores") { rows, inFlight in
    (0.010 + 0.003 * Double(rows)) * max(1, Double(inFlight) / 2)
  }

  /// On the same machine.
  static let local = PacedServer(description: "local, 0.3 ms a row") { rows, _ in
    0.001 + 0.0003 * Double(rows)
  }

  /// The CRM calls itself for each row, and waits five seconds for it.
  static let slowSelfCall = PacedServer(description: "5 s a row") { rows, _ in 5 * Double(rows) }

  /// One request after the other, whoever waits.
  static let serial = PacedServer(description: "one at a time") { rows, inFlight in
    (0.002 + 0.0003 * Double(rows)) * Double(inFlight)
  }

  static let all = [plain, knee, crowded, twoCores, local, slowSelfCall, serial]
}

/// Sends as a pacer says, in virtual time.
struct PacedSender {
  private struct Request {
    var rows: Int
    var sentAt: Double
    var endsAt: Double
  }

  var pacer: Pacer
  var server: PacedServer
  /// How far a request's time may lie from the formula's: 0.3 is ±30 %.
  var noise = 0.0
  private(set) var now = 0.0
  /// The level before the first request, and after each answer.
  private(set) var levels: [(rows: Int, inFlight: Int)]
  private(set) var sends: [(at: Double, rows: Int)] = []
  private var underway: [Request] = []
  private var generator: SeededGenerator

  init(_ pacer: Pacer, _ server: PacedServer, noise: Double = 0, seed: UInt64 = 1) {
    self.pacer = pacer
    self.server = server
    self.noise = noise
    generator = SeededGenerator(seed: seed)
    levels = [(pacer.rows, pacer.inFlight)]
  }

  /// Goes on until so many more requests have been answered.
  mutating func answer(_ count: Int) {
    for _ in 0..<count {
      fill()
      finish { $0.answered(rows: $1, took: $2, at: $3) }
    }
  }

  /// Everything under way ends in trouble.
  mutating func fail() {
    fill()
    while !underway.isEmpty { finish { pacer, _, _, _ in pacer.trouble() } }
  }

  private mutating func fill() {
    while underway.count < pacer.inFlight {
      let pause = pacer.pause(now: .seconds(now)) / .seconds(1)
      // Answers that come during the pause come first.
      if pause > 0, let next = underway.map(\.endsAt).min(), next < now + pause { return }
      now += pause
      pacer.sent(rows: pacer.rows, at: .seconds(now))
      sends.append((now, pacer.rows))
      let factor = noise == 0 ? 1 : Double.random(in: 1 - noise...1 + noise, using: &generator)
      let time = server.time(pacer.rows, underway.count + 1) * factor
      underway.append(Request(rows: pacer.rows, sentAt: now, endsAt: now + time))
    }
  }

  private mutating func finish(_ tell: (inout Pacer, Int, Duration, Duration) -> Void) {
    guard let index = underway.indices.min(by: { underway[$0].endsAt < underway[$1].endsAt }) else {
      return
    }
    let request = underway.remove(at: index)
    now = max(now, request.endsAt)
    tell(&pacer, request.rows, .seconds(now - request.sentAt), .seconds(now))
    levels.append((pacer.rows, pacer.inFlight))
  }

  /// The rows a second of the present level, as the formula has them, as a part of the best.
  func share(rows: Int, inFlight: Int) -> Double {
    server.speed(rows: pacer.rows, inFlight: pacer.inFlight)
      / server.best(rows: rows, inFlight: inFlight)
  }

  /// How often the level changed in the last so many answers.
  func changes(last count: Int) -> Int {
    let recent = levels.suffix(count)
    return zip(recent, recent.dropFirst()).count { $0 != $1 }
  }
}
