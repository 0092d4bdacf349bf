import TestSupport
import Testing

@testable import PhoneNumbers

/// Random numbers of every calling code, written and read back.
@Suite("telephone numbers, written and read back")
struct PhoneRoundTripTests {
  /// Numbers in use of one calling code: random digits that the parser takes behind `+`.
  private func numbers(
    _ country: PhoneMetadata.Country, count: Int, using generator: inout SeededGenerator
  ) -> [PhoneNumber] {
    let lengths = (1..<32).filter { country.allows($0) }
    guard let parser = PhoneNumberParser(region: "RU") else { return [] }
    return (0..<count).compactMap { _ in
      let length = lengths.randomElement(using: &generator) ?? 0
      let digits = (0..<length).map { _ in "\(Int.random(in: 0...9, using: &generator))" }.joined()
      let result = parser.parse(Array("+\(country.callingCode)\(digits)".utf8).span)
      guard case .number(let number, _) = result else { return nil }
      return number
    }
  }

  private func written(_ number: PhoneNumber, _ style: PhoneStyle, home: Int = 7) -> [UInt8] {
    var text: [UInt8] = []
    PhoneNumberFormatter(style, home: home).append(number, to: &text)
    return text
  }

  @Test(
    "in every style and of every country, with and without an extension",
    arguments: PhoneStyle.allCases)
  func everyCountry(style: PhoneStyle) throws {
    let parser = try #require(PhoneNumberParser(region: "RU"))
    var generator = SeededGenerator(seed: 164)
    for country in PhoneMetadata.shared.countries {
      let found = numbers(country, count: 60, using: &generator)
      #expect(!found.isEmpty, "+\(country.callingCode)")
      for plain in found {
        var number = plain
        if Bool.random(using: &generator) {
          number.extensionDigitCount = Int.random(in: 1...8, using: &generator)
          number.extensionNumber = UInt64.random(
            in: 0..<DigitRun.power(number.extensionDigitCount), using: &generator)
        }
        let text = written(number, style)
        #expect(
          parser.parse(text.span) == .number(number, repairs: []),
          "\(String(decoding: text, as: UTF8.self))")
        var position = 0
        _ = parser.parseNext(text.span, from: &position)
        #expect(position == text.count, "\(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  @Test(
    "the national style reads back at home",
    arguments: ["RU", "KZ", "DE", "FR", "UA", "GE", "US", "GB", "TR", "UZ", "SE", "BR"])
  func national(region: String) throws {
    let parser = try #require(PhoneNumberParser(region: region))
    var generator = SeededGenerator(seed: 2)
    for number in numbers(parser.home, count: 400, using: &generator) {
      // Digits that begin like a call abroad are one, in any country.
      let digits = number.nationalDigitCount - number.leadingZeroCount
      guard digits == number.nationalDigitCount, number.nationalDigitCount <= 11 else { continue }
      let text = written(number, .national, home: parser.homeCallingCode)
      guard case .number(let read, _) = parser.parse(text.span) else {
        Issue.record("\(String(decoding: text, as: UTF8.self)) is not read in \(region)")
        continue
      }
      #expect(read == number, "\(String(decoding: text, as: UTF8.self)) in \(region)")
    }
  }

  @Test("several numbers in a cell come back one by one", arguments: PhoneStyle.allCases)
  func lists(style: PhoneStyle) throws {
    let parser = try #require(PhoneNumberParser(region: "RU"))
    var generator = SeededGenerator(seed: 3)
    let all = PhoneMetadata.shared.countries.flatMap {
      numbers($0, count: 4, using: &generator)
    }
    for _ in 0..<300 {
      let chosen = (0..<Int.random(in: 2...5, using: &generator)).compactMap { _ in
        all.randomElement(using: &generator)
      }
      let text = Array(chosen.map { written($0, style) }.joined(separator: Array(", ".utf8)))
      var position = 0
      var read: [PhoneNumber] = []
      while case .number(let number, _)? = parser.parseNext(text.span, from: &position) {
        read.append(number)
      }
      #expect(read == chosen, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test("E.164 is a plus and at most as many digits as were read")
  func e164() {
    var generator = SeededGenerator(seed: 4)
    for country in PhoneMetadata.shared.countries {
      for number in numbers(country, count: 10, using: &generator) {
        let text = written(number, .e164)
        #expect(text.first == UInt8(ascii: "+"))
        #expect(text.dropFirst().allSatisfy { $0 >= 48 && $0 <= 57 })
        #expect(
          text.count == 1 + String(country.callingCode).count + number.nationalDigitCount)
      }
    }
  }

  @Test("all styles of a number have the same digits")
  func sameDigits() {
    var generator = SeededGenerator(seed: 5)
    for country in PhoneMetadata.shared.countries {
      for number in numbers(country, count: 10, using: &generator) {
        let digits = written(number, .e164).filter { $0 != UInt8(ascii: "+") }
        for style in [PhoneStyle.crm, .international] {
          #expect(written(number, style).filter { $0 >= 48 && $0 <= 57 } == digits)
        }
      }
    }
  }
}
