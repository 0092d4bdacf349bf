import CRMClient
import PersonAPI
import TestSupport
import Testing

@Suite("pacer")
struct PacerTests {
  private func pacer(rows: Int? = nil, inFlight: Int = 4, rate: Double? = nil) -> Pacer {
    Pacer(limits: AddListLimits(), maximumInFlight: inFlight, batchSize: rows, rate: rate)
  }

  @Test("it begins with ten rows and one request")
  func beginning() {
    #expect(pacer().rows == 10)
    #expect(pacer().inFlight == 1)
    #expect(pacer(rows: 3).rows == 3)
    #expect(Pacer(limits: AddListLimits(maximumRows: 5), maximumInFlight: 4).rows == 5)
  }

  // MARK: - Growing

  @Test("within forty requests it is near the best", arguments: PacedServer.all)
  func nearBest(server: PacedServer) {
    var sender = PacedSender(pacer(), server)
    sender.answer(40)
    #expect(sender.share(rows: 75, inFlight: 4) >= 0.9)
  }

  @Test("large batches and many requests are reached as well", arguments: PacedServer.all)
  func highCaps(server: PacedServer) {
    let limits = AddListLimits(maximumRows: 200)
    var sender = PacedSender(Pacer(limits: limits, maximumInFlight: 8), server)
    sender.answer(120)
    #expect(sender.share(rows: 200, inFlight: 8) >= 0.9)
  }

  @Test("noise hides the best from it seldom, and not for long", arguments: PacedServer.all)
  func nearBestInNoise(server: PacedServer) {
    var early = 0
    var late = 0
    for seed in 0..<100 as Range<UInt64> {
      var sender = PacedSender(pacer(), server, noise: 0.3, seed: seed)
      sender.answer(40)
      if sender.share(rows: 75, inFlight: 4) >= 0.9 { early += 1 }
      sender.answer(560)
      if sender.share(rows: 75, inFlight: 4) >= 0.9 { late += 1 }
    }
    #expect(early >= 80, "of 100 after 40 requests: \(early)")
    #expect(late >= 95, "of 100 after 600 requests: \(late)")
  }

  @Test("it does not send more rows at once than are of use")
  func knee() {
    let limits = AddListLimits(maximumRows: 1000)
    var sender = PacedSender(Pacer(limits: limits, maximumInFlight: 1), PacedServer.knee)
    sender.answer(200)
    #expect((40...160).contains(sender.pacer.rows))
  }

  @Test("four at once are left where they hurt")
  func crowd() {
    var sender = PacedSender(pacer(inFlight: 16), PacedServer.crowded)
    sender.answer(500)
    let settled = sender.levels.suffix(300)
    #expect(settled.count { $0.inFlight == 3 } >= 270)
    #expect(settled.allSatisfy { $0.inFlight <= 4 })
  }

  /// No answer shows that the server idles while the one before is dealt with.
  @Test("a second request waits where one alone is as fast")
  func second() {
    var sender = PacedSender(pacer(), PacedServer.serial)
    sender.answer(500)
    let settled = sender.levels.suffix(300)
    #expect(settled.allSatisfy { $0.inFlight >= 2 })
    #expect(settled.count { $0.inFlight == 2 } >= 200)
  }

  @Test("requests that take long get no more rows")
  func longRequests() {
    var sender = PacedSender(pacer(), PacedServer.slowSelfCall)
    sender.answer(100)
    #expect(sender.pacer.rows == 10)
  }

  @Test("it rests where it is well", arguments: PacedServer.all, [0, 0.3])
  func noOscillation(server: PacedServer, noise: Double) {
    for seed in 0..<8 as Range<UInt64> {
      var sender = PacedSender(pacer(), server, noise: noise, seed: seed)
      sender.answer(3000)
      #expect(sender.changes(last: 2900) <= 16, "seed \(seed)")
    }
  }

  // MARK: - Caps

  @Test("no cap is ever exceeded", arguments: 0..<100 as Range<UInt64>)
  func caps(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rows = Int.random(in: 1...300, using: &generator)
    let batchSize = [nil, Int.random(in: 1...300, using: &generator)][
      Int.random(in: 0...1, using: &generator)]
    let inFlight = Int.random(in: 1...20, using: &generator)
    let server = PacedServer.all[Int.random(in: 0..<PacedServer.all.count, using: &generator)]
    var sender = PacedSender(
      Pacer(
        limits: AddListLimits(maximumRows: rows), maximumInFlight: inFlight, batchSize: batchSize),
      server, noise: 0.3, seed: seed)
    var cap = min(rows, batchSize ?? rows)
    for _ in 0..<30 {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: sender.fail()
      case 1:
        cap = min(cap, Int.random(in: 1...300, using: &generator))
        sender.pacer.limit(rows: cap)
        #expect(sender.pacer.rows <= cap)
      default:
        let before = sender.levels.count
        sender.answer(20)
        #expect(sender.levels[before...].allSatisfy { (1...cap).contains($0.rows) })
      }
    }
    #expect(sender.levels.allSatisfy { (1...inFlight).contains($0.inFlight) })
  }

  @Test("a limit that the server shows is kept, and what fits below is reached")
  func serverLimit() {
    var sender = PacedSender(pacer(), PacedServer.plain)
    sender.answer(100)
    sender.pacer.limit(rows: 30)
    #expect(sender.pacer.rows == 30)
    sender.answer(300)
    #expect(sender.levels.suffix(300).allSatisfy { $0.rows <= 30 })
    #expect(sender.pacer.rows == 30)
    #expect(sender.pacer.inFlight == 4)
  }

  // MARK: - Trouble

  @Test("trouble halves both, once for all that was under way")
  func trouble() {
    var sender = PacedSender(pacer(), PacedServer.plain)
    sender.answer(100)
    #expect(sender.pacer.rows == 75)
    #expect(sender.pacer.inFlight == 4)
    sender.fail()
    #expect(sender.pacer.rows == 37)
    #expect(sender.pacer.inFlight == 2)
    sender.fail()
    #expect(sender.pacer.rows == 18)
    #expect(sender.pacer.inFlight == 1)
    for _ in 0..<10 { sender.fail() }
    #expect(sender.pacer.rows == 1)
    #expect(sender.pacer.inFlight == 1)
  }

  @Test("trouble that nothing was sent for halves as well")
  func troubleAlone() {
    var pacer = pacer()
    pacer.trouble()
    #expect(pacer.rows == 5)
    pacer.trouble()
    #expect(pacer.rows == 2)
  }

  @Test("after trouble it waits, then comes back", arguments: PacedServer.all)
  func comeback(server: PacedServer) {
    var sender = PacedSender(pacer(), server)
    sender.answer(100)
    sender.fail()
    let low = sender.pacer.rows
    sender.answer(15)
    #expect(sender.pacer.rows == low)
    sender.answer(65)
    #expect(sender.share(rows: 75, inFlight: 4) >= 0.9)
  }

  @Test("where trouble comes back, it comes back ever more seldom")
  func recurringTrouble() {
    // A gateway that loses whatever has more than 40 rows.
    var sender = PacedSender(pacer(), PacedServer.plain)
    var failures: [Int] = []
    for number in 0..<3000 {
      if sender.pacer.rows > 40 {
        sender.fail()
        failures.append(number)
      } else {
        sender.answer(1)
      }
    }
    #expect(failures.count { $0 < 1500 } >= 2)
    #expect(failures.count { $0 >= 1500 } <= 2)
  }

  @Test("a server that becomes slow for many is given fewer, one that recovers more")
  func changingServer() {
    var sender = PacedSender(pacer(), PacedServer.plain)
    sender.answer(200)
    #expect(sender.pacer.inFlight == 4)
    sender.server = PacedServer.crowded
    sender.answer(400)
    #expect(sender.share(rows: 75, inFlight: 4) >= 0.9)
    sender.server = PacedServer.plain
    sender.answer(800)
    #expect(sender.share(rows: 75, inFlight: 4) >= 0.9)
  }

  // MARK: - Rate

  @Test(
    "no ten seconds see more rows than the rate allows",
    arguments: [0.5, 1, 3.7, 10, 99, 100, 1000], PacedServer.all)
  func rate(rate: Double, server: PacedServer) {
    var sender = PacedSender(pacer(rate: rate), server, noise: 0.3, seed: 3)
    sender.answer(400)
    let sends = sender.sends
    var start = 0
    var sum = 0
    var most = 0
    for send in sends {
      sum += send.rows
      while sends[start].at <= send.at - 10 + 1e-6 {
        sum -= sends[start].rows
        start += 1
      }
      most = max(most, sum)
    }
    #expect(Double(most) <= 10 * rate)
  }

  @Test("a rate that the server can follow is reached", arguments: [0.5, 1, 10, 99, 300])
  func rateReached(rate: Double) {
    var sender = PacedSender(pacer(rate: rate), PacedServer.local)
    sender.answer(400)
    let rows = sender.sends.reduce(0) { $0 + $1.rows }
    #expect(Double(rows) / sender.now >= 0.95 * rate)
    #expect(Double(rows) / sender.now <= rate * 1.05)
  }

  @Test("without a rate there is no pause")
  func noRate() {
    var pacer = pacer()
    pacer.sent(rows: 10, at: .zero)
    #expect(pacer.pause(now: .zero) == .zero)
  }
}
