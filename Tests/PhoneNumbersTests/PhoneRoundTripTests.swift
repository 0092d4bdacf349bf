import TestSupport
import Testing

@testable import PhoneNumbers

/// Numbers of every calling code, written and read back.
@Suite("telephone numbers, written and read back")
struct PhoneRoundTripTests {
  /// The valid numbers of the committed table, by calling code.
  private static let numbers: [Int: [PhoneNumber]] = {
    guard let parser = PhoneNumberParser(region: "ZZ") else { return [:] }
    let numbers = LibphonenumberTests.rows.filter { $0.isValid }.compactMap { row in
      parser.read(Array(row.e164.utf8).span)
    }
    return Dictionary(grouping: Set(numbers)) { $0.callingCode }
  }()

  private func numbers(
    _ country: PhoneMetadata.Country, count: Int, using generator: inout SeededGenerator
  ) -> [PhoneNumber] {
    let all = (Self.numbers[country.callingCode] ?? []).sorted {
      ($0.national.count, $0.national.bits) < ($1.national.count, $1.national.bits)
    }
    return Array(all.shuffled(using: &generator).prefix(count))
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
          for _ in 0..<Int.random(in: 1...8, using: &generator) {
            number.extensionDigits.append(UInt8.random(in: 0...9, using: &generator))
          }
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
    let index = try #require(PhoneMetadata.shared.country(ofCallingCode: parser.homeCallingCode))
    for number in numbers(PhoneMetadata.shared.countries[index], count: 400, using: &generator)
    where PhoneNumberingPlan().region(of: number) == region {
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
          text.count == 1 + String(country.callingCode).count + number.national.count)
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
