import Foundation
import PhoneNumbers
import Testing

/// What libphonenumber makes of the committed sample cells, against the parser and formatter.
@Suite("the samples of libphonenumber")
struct LibphonenumberTests {
  struct Sample {
    var cell: String
    var e164: String
    var international: String
    var extensionDigits: String
  }

  static let text: String = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/libphonenumber-samples.txt")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  static let samples: [Sample] = {
    text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Sample(
        cell: parts[0], e164: parts[1], international: parts[2], extensionDigits: parts[3])
    }
  }()

  @Test("there are enough of them, valid and not")
  func enough() {
    #expect(Self.samples.count > 2000)
    #expect(Self.samples.count { $0.e164 == "-" } > 500)
  }

  @Test("samples and tables come from the same release")
  func sameRelease() {
    #expect(Self.text.prefix { $0 != "\n" }.contains(" \(PhoneMetadata.upstreamVersion)."))
  }

  @Test("the same numbers are valid and have the same E.164 form")
  func sameNumbers() throws {
    let harness = try #require(PhoneParserHarness())
    for sample in Self.samples {
      let result = harness.first(sample.cell)
      guard case .number(var number, _) = result else {
        #expect(sample.e164 == "-", "\(sample.cell): \(result)")
        continue
      }
      let digits = String(number.extensionNumber)
      let zeros = String(repeating: "0", count: max(0, number.extensionDigitCount - digits.count))
      let found = number.extensionDigitCount == 0 ? "" : zeros + digits
      #expect(found == sample.extensionDigits, "\(sample.cell)")
      number.extensionNumber = 0
      number.extensionDigitCount = 0
      let written = PhoneParserHarness.written(.number(number, repairs: []), .e164)
      #expect(written == sample.e164, "\(sample.cell)")
    }
  }

  @Test("numbers of +7 have the same international form")
  func sameInternationalForm() throws {
    let harness = try #require(PhoneParserHarness(style: .international))
    for sample in Self.samples
    where sample.e164.hasPrefix("+7") && sample.extensionDigits.isEmpty {
      #expect(harness.one(sample.cell) == sample.international, "\(sample.cell)")
    }
  }

  @Test("most foreign numbers have the same international form")
  func mostlySameInternationalForm() throws {
    let harness = try #require(PhoneParserHarness(style: .international))
    let foreign = Self.samples.filter { $0.e164 != "-" && !$0.e164.hasPrefix("+7") }
    let same = foreign.count { harness.one($0.cell) == $0.international }
    #expect(same * 100 > foreign.count * 80, "\(same) of \(foreign.count)")
  }

  @Test(
    "the canonical form of a number reads back as the same number", arguments: PhoneStyle.allCases)
  func roundTrip(style: PhoneStyle) throws {
    let harness = try #require(PhoneParserHarness(style: style))
    for sample in Self.samples where sample.e164 != "-" {
      let once = harness.one(sample.cell)
      #expect(harness.one(once) == once, "\(sample.cell)")
    }
  }
}
