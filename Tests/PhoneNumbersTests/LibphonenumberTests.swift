import Foundation
import Testing

@testable import PhoneNumbers

/// What libphonenumber makes of the committed numbers, against parser, plan and formatter.
///
/// `make phone-oracle` asks it about more than a million; these are all its examples and a choice of
/// the others.
@Suite("the table of libphonenumber")
struct LibphonenumberTests {
  struct Row: Sendable {
    var region: String
    var text: String
    /// The columns behind the text; `none` alone for what is no number.
    var answer: [String]

    var isValid: Bool { answer.count > 2 && answer[2] == "valid" }
    var e164: String { answer.count > 1 ? answer[1] : "" }
  }

  static let table: String = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/libphonenumber-table.txt")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  static let rows: [Row] = table.split(separator: "\n").dropFirst().map { line in
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    return Row(
      region: parts[0] == "001" ? "ZZ" : parts[0],
      text: parts[1].replacing("\\n", with: "\n").replacing("\\t", with: "\t"),
      answer: Array(parts[2...]))
  }

  @Test("there are enough of them, of every kind and calling code")
  func enough() throws {
    let parser = try #require(PhoneNumberParser(region: "ZZ"))
    #expect(Self.rows.count >= 20_000)
    #expect(Self.rows.count { !$0.isValid } > 2000)
    let types = Set(Self.rows.filter { $0.isValid }.map { $0.answer[4] })
    #expect(types == Set(PhoneNumberType.allCases.map(\.name)).subtracting(["UNKNOWN"]))
    let codes = Set(PhoneMetadata.shared.countries.map(\.callingCode))
    let found = Self.rows.filter { $0.isValid }.compactMap { row in
      parser.read(Array(row.e164.utf8).span)?.callingCode
    }
    #expect(Set(found) == codes)
  }

  @Test("table and metadata come from the same release")
  func sameRelease() {
    #expect(Self.table.prefix { $0 != "\n" }.contains(" \(PhoneMetadata.upstreamVersion) "))
  }

  @Test("every number has the same digits, standing, region, kind, extension and groups")
  func sameAnswers() throws {
    let plan = PhoneNumberingPlan()
    var parsers: [String: PhoneNumberParser] = [:]
    for row in Self.rows {
      if parsers[row.region] == nil { parsers[row.region] = PhoneNumberParser(region: row.region) }
      let parser = try #require(parsers[row.region], "\(row.region)")
      guard var number = parser.read(Array(row.text.utf8).span) else {
        #expect(row.answer == ["none"], "\(row)")
        continue
      }
      let extensionText = (0..<number.extensionDigits.count)
        .map { "\(number.extensionDigits.digit(at: $0))" }.joined()
      number.extensionDigits = DigitRun()
      func written(_ style: PhoneStyle) -> String {
        PhoneParserHarness.written(.number(number, repairs: []), style, home: number.callingCode)
      }
      let type = plan.type(of: number)
      var answer = [
        "number", written(.e164), plan.isValid(number) ? "valid" : "invalid",
        Self.name(plan.length(of: number)), type.name, plan.region(of: number) ?? "ZZ",
        extensionText,
      ]
      // A number that is not in use is never written, so its groups do not matter.
      if row.isValid { answer += [written(.international), written(.national)] }
      #expect(answer == Array(row.answer.prefix(answer.count)), "\(row.region) \(row.text)")
    }
  }

  private static func name(_ length: PhoneLength) -> String {
    switch length {
    case .possible: "is_possible"
    case .localOnly: "local-only"
    case .tooShort: "too-short"
    case .tooLong: "too-long"
    case .invalid: "invalid-length"
    }
  }

  @Test("the parser of cells takes what is valid there and only that, where it puts nothing right")
  func cells() throws {
    var parsers: [String: PhoneNumberParser] = [:]
    for row in Self.rows where !row.text.contains(where: { "\n\t".contains($0) }) {
      if parsers[row.region] == nil { parsers[row.region] = PhoneNumberParser(region: row.region) }
      let parser = try #require(parsers[row.region], "\(row.region)")
      let text = Array(row.text.utf8)
      var position = 0
      guard case .number(var number, let repairs)? = parser.parseNext(text.span, from: &position)
      else {
        #expect(!row.isValid, "\(row.region) \(row.text)")
        continue
      }
      number.extensionDigits = DigitRun()
      let e164 = PhoneParserHarness.written(.number(number, repairs: []), .e164)
      if row.isValid {
        #expect(e164 == row.e164, "\(row.region) \(row.text)")
      } else if position == text.count, !row.text.hasPrefix("00") {
        // Otherwise they are two numbers in a cell, `1 2345 6789 0123`.
        #expect(!repairs.isEmpty, "\(row.region) \(row.text) is no number, but read as \(e164)")
      }
    }
  }
}
