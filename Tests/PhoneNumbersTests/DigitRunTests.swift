import TestSupport
import Testing

@testable import PhoneNumbers

@Suite("runs of digits")
struct DigitRunTests {
  private func text(_ run: DigitRun) -> String {
    (0..<run.count).map { "\(run.digit(at: $0))" }.joined()
  }

  @Test("prefix, rest and sum are those of the text", arguments: 0..<100)
  func againstText(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let digits = (0..<Int.random(in: 1...32, using: &generator)).map { _ in
      "\(Int.random(in: 0...9, using: &generator))"
    }.joined()
    let whole = DigitRun(digits.utf8)
    #expect(text(whole) == digits)
    for length in 0...digits.count {
      let (head, rest) = (whole.prefix(length), whole.dropFirst(length))
      #expect(text(head) == digits.prefix(length), "\(digits) \(length)")
      #expect(text(rest) == digits.dropFirst(length), "\(digits) \(length)")
      #expect(whole.hasPrefix(head), "\(digits) \(length)")
      #expect(head.appending(rest) == whole, "\(digits) \(length)")
      if length > 0 {
        let last = Int(head.digit(at: length - 1))
        let other = DigitRun((digits.prefix(length - 1) + "\((last + 1) % 10)").utf8)
        #expect(!whole.hasPrefix(other), "\(digits) \(length)")
      }
    }
  }

  @Test("digits beyond the capacity are counted and no more")
  func beyondCapacity() {
    let run = DigitRun(String(repeating: "9", count: 40).utf8)
    #expect(run.count == 40)
    #expect(run.bits == DigitRun(String(repeating: "9", count: 32).utf8).bits)
    #expect(!run.hasPrefix(DigitRun("9".utf8)))
    #expect(
      DigitRun("12".utf8).appending(DigitRun(String(repeating: "1", count: 31).utf8)).count == 33)
  }

  @Test(
    "the value is the integer",
    arguments: [("", 0), ("0", 0), ("007", 7), ("9021234567", 9_021_234_567)] as [(String, UInt64)])
  func value(digits: String, expected: UInt64) { #expect(DigitRun(digits.utf8).value == expected) }
}
