import TestSupport
import Testing

@testable import PhoneNumbers

@Suite("the numbering plan of +7")
struct NumberingPlan7Tests {
  private func form(_ digits: String) -> NumberingPlan7.Form? {
    var run = DigitRun()
    for byte in digits.utf8 { run.append(byte - 48) }
    return NumberingPlan7.shared.form(of: run)
  }

  @Test(
    "codes in use, and how libphonenumber groups their numbers",
    arguments: [
      ("4951234567", .threeThree), ("4991234567", .threeThree), ("8121234567", .threeThree),
      ("3422067202", .threeThree), ("3432123456", .threeThree), ("8432123456", .threeThree),
      ("8001234567", .threeThree), ("9001234567", .threeThree), ("9021234567", .threeThree),
      ("9991234567", .threeThree), ("9781234567", .threeThree), ("3012123456", .threeThree),
      // Kazakhstan: mobiles, the towns' codes of four and five digits, Almaty's of three
      ("7001455812", .kazakh), ("7017902973", .kazakh), ("7027142780", .kazakh),
      ("7053488616", .kazakh), ("7083581031", .kazakh), ("7074973642", .kazakh),
      ("7273056493", .kazakh), ("7273396895", .kazakh),
      ("7112866006", .fourTwo), ("7122551872", .fourTwo), ("7142251650", .fourTwo),
      ("7152613929", .fourTwo), ("7162372028", .fourTwo), ("7212506248", .fourTwo),
      ("7242921634", .fourTwo), ("7262688366", .fourTwo), ("7272766068", .fourTwo),
      ("7103114106", .fiveOne), ("7104075698", .fiveOne), ("7123769545", .fiveOne),
      ("7144639051", .fiveOne), ("7163082096", .fiveOne), ("7183221965", .fiveOne),
      ("7223906719", .fiveOne), ("7233537390", .fiveOne), ("7277244240", .fiveOne),
      ("81081234567890", .freephone),
    ] as [(String, NumberingPlan7.Form)])
  func inUse(digits: String, expected: NumberingPlan7.Form) { #expect(form(digits) == expected) }

  @Test(
    "codes nobody has, and lengths no number has",
    arguments: [
      "0001234567", "1001234567", "2001234567", "5001234567", "6001234567", "4041234567",
      "7991234567", "", "1", "342206720", "34220672021", "81071234567890", "8108123456789",
      "810812345678901", "342206720234",
    ])
  func notInUse(digits: String) { #expect(form(digits) == nil) }

  @Test("no code that begins with 0, 1, 2, 5 or 6 is in use", arguments: [0, 1, 2, 5, 6])
  func unusedHundreds(first: Int) {
    for code in (first * 100)..<(first * 100 + 100) {
      let digits = String(repeating: "0", count: 3 - String(code).count) + "\(code)1234567"
      #expect(form(digits) == nil, "\(code)")
    }
  }

  @Test("behind three digits nothing else decides, but in 71x, 72x and 930")
  func threeDigitsDecide() {
    var generator = SeededGenerator(seed: 7)
    for code in 300..<1000 where code / 10 != 71 && code / 10 != 72 && code != 930 {
      let forms = (0..<8).map { _ in
        form("\(code)\(Int.random(in: 1_000_000...9_999_999, using: &generator))")
      }
      #expect(Set(forms).count == 1, "\(code)")
    }
  }

  @Test("of 930 only the first hundred blocks of a thousand are looked at one by one")
  func code930() {
    for block in stride(from: 100, to: 1000, by: 37) {
      #expect(form("930\(block)1234") == .threeThree, "\(block)")
    }
  }

  @Test(
    "every form has its grouping",
    arguments: [
      ("+73422067202", "+7 342 206-72-02", "8 (342) 206-72-02"),
      ("+77001455812", "+7 700 145 5812", "8 (700) 145 5812"),
      ("+77112866006", "+7 7112 86 60 06", "8 (7112) 86 60 06"),
      ("+77103114106", "+7 71031 1 41 06", "8 (71031) 1 41 06"),
      ("+781081234567890", "+7 8108 1234 567 890", "8 (8108) 1234 567 890"),
    ])
  func groupings(e164: String, international: String, national: String) throws {
    #expect(try #require(PhoneParserHarness(style: .international)).one(e164) == international)
    #expect(try #require(PhoneParserHarness(style: .national)).one(e164) == national)
    let isTen = e164.count == 12
    let digits = Array(e164)
    let crm = "+7(\(String(digits[2...4])))\(String(digits[5...7]))-"
    let written = try #require(PhoneParserHarness(style: .crm)).one(e164)
    #expect(isTen ? written.hasPrefix(crm) : written == international)
  }

  // Without a prefix the same digits are a call abroad: 8 10 and a calling code.
  @Test("fourteen digits are a freephone number with 8, 7 and +7 before them")
  func freephone() throws {
    let harness = try #require(PhoneParserHarness())
    for cell in [
      "8 8108 1234567890", "7 8108 1234567890", "+7 8108 1234567890",
    ] {
      #expect(harness.one(cell) == "+781081234567890", "\(cell)")
    }
  }
}

@Suite("digits as integers")
struct DigitRunTests {
  private func run(_ digits: String) -> DigitRun {
    var run = DigitRun()
    for byte in digits.utf8 { run.append(byte - 48) }
    return run
  }

  private func text(_ run: DigitRun) -> String {
    let digits = run.count == 0 ? "" : String(run.value)
    return String(repeating: "0", count: run.count - digits.count) + digits
  }

  @Test("prefix and rest are those of the text", arguments: 0..<100)
  func againstText(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let digits = (0..<Int.random(in: 1...18, using: &generator)).map { _ in
      "\(Int.random(in: 0...9, using: &generator))"
    }.joined()
    let whole = run(digits)
    #expect(whole.count == digits.count)
    for length in 0...digits.count {
      #expect(text(whole.dropFirst(length)) == digits.dropFirst(length), "\(digits) \(length)")
      #expect(whole.prefix(length) == Int(digits.prefix(length)) ?? 0, "\(digits) \(length)")
    }
    #expect(whole.isOneDigitRepeated == (Set(digits).count == 1), "\(digits)")
  }

  @Test("digits beyond the capacity are counted and no more")
  func beyondCapacity() {
    let run = run(String(repeating: "9", count: 40))
    #expect(run.count == 40)
    #expect(run.value == 9_999_999_999_999_999_999)
  }

  @Test("repeated digits are seen at every length", arguments: 0...9)
  func repeated(digit: Int) {
    for count in 1...19 {
      let digits = String(repeating: "\(digit)", count: count)
      #expect(run(digits).isOneDigitRepeated, "\(digits)")
      if count > 1 { #expect(!run(digits.dropLast() + "\((digit + 1) % 10)").isOneDigitRepeated) }
    }
  }

  @Test("powers and counts of digits", arguments: 0...18)
  func powers(exponent: Int) {
    let expected = UInt64("1" + String(repeating: "0", count: exponent))
    #expect(DigitRun.power(exponent) == expected)
    #expect(DigitRun.count(of: DigitRun.power(exponent)) == exponent + 1)
    if exponent > 0 { #expect(DigitRun.count(of: DigitRun.power(exponent) - 1) == exponent) }
  }
}
