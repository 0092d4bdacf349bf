import PersonAPI
import TestSupport
import Testing

@Suite("LimitSearch")
struct LimitSearchTests {
  private func find(_ limit: Int, upTo most: Int, guesses: [Int], attempts: Int) -> (
    limit: MeasuredLimit, tried: [Int]
  ) {
    var search = LimitSearch(upTo: most, guesses: guesses, attempts: attempts)
    var tried: [Int] = []
    while let size = search.next {
      tried.append(size)
      search.record(size, isWhole: size <= limit)
    }
    return (search.limit, tried)
  }

  @Test("PHP's default takes three questions, no limit one")
  func common() {
    let guesses = [10_000, 1000, 1002]
    let found = find(1001, upTo: 10_000, guesses: guesses, attempts: 12)
    #expect(found.limit == MeasuredLimit(atLeast: 1001, below: 1002))
    #expect(found.tried == [10_000, 1000, 1002, 1001])
    let none = find(.max, upTo: 10_000, guesses: guesses, attempts: 12)
    #expect(none.limit == MeasuredLimit(atLeast: 10_000, below: nil))
    #expect(none.tried == [10_000])
  }

  @Test("every limit is enclosed, exactly where the attempts suffice", arguments: 0..<5)
  func properties(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let most = Int.random(in: 1...5000, using: &generator)
      let limit = Int.random(in: 0...6000, using: &generator)
      let attempts = Int.random(in: 1...20, using: &generator)
      let guesses = (0..<3).map { _ in Int.random(in: 1...5000, using: &generator) }
      let found = find(limit, upTo: most, guesses: guesses, attempts: attempts)
      #expect(found.tried.count <= attempts, "seed \(seed)")
      #expect(Set(found.tried).count == found.tried.count, "seed \(seed): nothing is tried twice")
      #expect(found.tried.allSatisfy { (1...most).contains($0) }, "seed \(seed)")
      #expect(found.limit.atLeast <= limit, "seed \(seed)")
      if let below = found.limit.below { #expect(below > limit, "seed \(seed)") }
      if attempts >= 17 {
        #expect(found.limit.atLeast == min(limit, most), "seed \(seed)")
        #expect(found.limit.below == (limit < most ? limit + 1 : nil), "seed \(seed)")
      }
    }
  }
}

@Suite("SizeProbe")
struct SizeProbeTests {
  private let plain = Credentials(login: "a@b.c", apikey: "key")

  @Test("has exactly the size it says, credentials first and action last")
  func sizes() {
    for count in [3, 4, 1000, 10_000] {
      let body = SizeProbe.variables(count).request(credentials: plain, variant: .dotted).body
      #expect(body.split(separator: UInt8(ascii: "&")).count == count)
      let text = String(decoding: body, as: UTF8.self)
      #expect(text.hasPrefix("login=a%40b.c&apikey=key&"))
      #expect(text.hasSuffix("&action=fields"))
      #expect(text.contains("&x[]=1&") == (count > 3))
    }
    for variant in [Variant.documented, .dotted, .v3] {
      for count in [100, 65_536] {
        let wire = SizeProbe.bytes(count).request(credentials: plain, variant: variant)
        #expect(wire.body.count == count)
      }
      #expect(SizeProbe.bytes(0).request(credentials: plain, variant: variant).body.count > 5)
    }
  }

  @Test(
    "an answer tells a whole request from one of which something was dropped",
    arguments: [
      (#"{"data":{"pid":"Номер"}}"#, 200, SizeProbe.Answer.whole),
      (#"{"data":{"pid":"Номер"}}<br /><b>Fatal error</b>:  log"#, 500, .whole),
      (
        "<br />\n<b>Warning</b>:  Unknown: Input variables exceeded 1000<br />\n"
          + #"{"error":{"code":402,"text":"Неизвестный метод"}}"#, 200, .dropped
      ),
      (#"{"result":"Error","error":{"code":401,"text":"x"}}"#, 200, .dropped),
      ("<html>Request Entity Too Large</html>", 413, .dropped), ("", 500, .unclear),
      ("", 502, .unclear), ("<html>", 404, .unclear), (#"{"error":{"code":403}}"#, 200, .unclear),
    ])
  func answers(text: String, status: Int, expected: SizeProbe.Answer) {
    #expect(SizeProbe.Answer(status: status, body: ReplyBody(Array(text.utf8))) == expected)
  }

  @Test("the middle duration is not moved by one that is late")
  func median() {
    #expect(Duration.median(of: []) == nil)
    #expect(Duration.median(of: [.seconds(9), .seconds(1), .seconds(2)]) == .seconds(2))
    #expect(Duration.median(of: [.seconds(1), .seconds(2)]) == .seconds(2))
  }
}

/// What a real PHP drops.
@Suite(
  "Size probes, judged by PHP", .serialized,
  .enabled(if: PHPServer.isWanted, "php is not installed"))
struct SizeProbeJudgedByPHPTests {
  @Test("more than max_input_vars lose the action, up to it nothing is lost")
  func variables() throws {
    let server = try PHPServer()
    defer { server.stop() }
    for (count, isWhole) in [(3, true), (1000, true), (1002, false), (10_000, false)] {
      let wire = SizeProbe.variables(count).request(credentials: credentials, variant: .dotted)
      let form = try server.decode(wire.body)
      #expect(form["login"] != nil)
      #expect((form["action"] != nil) == isWhole, "\(count) variables")
    }
  }
}
