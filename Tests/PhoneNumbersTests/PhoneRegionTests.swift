import TestSupport
import Testing

@testable import PhoneNumbers

@Suite("countries and regions")
struct PhoneRegionTests {
  /// ITU-T E.164 calling codes of regions with a code of their own, and of some that share one.
  static let callingCodes: [(String, Int)] = [
    ("RU", 7), ("KZ", 7), ("BY", 375), ("UA", 380), ("AM", 374), ("AZ", 994), ("GE", 995),
    ("KG", 996), ("MD", 373), ("TJ", 992), ("TM", 993), ("UZ", 998), ("EE", 372), ("LV", 371),
    ("LT", 370), ("PL", 48), ("DE", 49), ("FR", 33), ("GB", 44), ("IT", 39), ("ES", 34),
    ("FI", 358),
    ("SE", 46), ("NO", 47), ("TR", 90), ("IL", 972), ("AE", 971), ("CN", 86), ("JP", 81),
    ("KR", 82),
    ("IN", 91), ("US", 1), ("CA", 1), ("JM", 1), ("BR", 55), ("AU", 61), ("ZA", 27), ("EG", 20),
    ("VA", 39), ("GG", 44), ("XK", 383), ("HK", 852), ("TW", 886), ("MN", 976), ("RS", 381),
  ]

  @Test("each region has the calling code ITU gave it", arguments: callingCodes)
  func regions(region: String, code: Int) {
    #expect(PhoneNumberParser(region: region)?.homeCallingCode == code)
  }

  @Test(
    "codes that ITU has not assigned to anyone are no country's",
    arguments: [
      0, 2, 8, 10, 80, 210, 214, 215, 217, 219, 259, 280, 289, 292, 296, 384, 422, 671, 699, 999,
    ])
  func unassigned(code: Int) {
    #expect(PhoneMetadata.shared.country(ofCallingCode: code) == nil)
  }

  @Test("no calling code begins with another one, so that each number has one country")
  func prefixFree() {
    let codes = PhoneMetadata.shared.countries.map { String($0.callingCode) }
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(codes.count { code.hasPrefix($0) } == 1, "\(code)")
    }
  }

  @Test("every region may have numbers, of lengths E.164 allows or nearly")
  func lengths() {
    for region in PhoneMetadata.shared.regions {
      let lengths = (0..<32).filter { region.lengths & (1 << UInt32($0)) != 0 }
      #expect((lengths.first ?? 0) >= 4 && (lengths.last ?? 99) <= 17, "\(region.name)")
      #expect(region.length(lengths.first ?? 0) == .possible, "\(region.name)")
      #expect(region.length((lengths.last ?? 0) + 1) == .tooLong, "\(region.name)")
      #expect(region.length(1) == .tooShort && region.length(40) == .tooLong, "\(region.name)")
    }
  }

  @Test("a template has each digit of its number at most once, and the international one each")
  func templates() {
    let metadata = PhoneMetadata.shared
    for standing in metadata.standings where standing.international > 0 {
      let abroad = metadata.templates[standing.international].filter { $0 >= 97 }
      #expect(abroad == (0..<UInt8(abroad.count)).map { 97 + $0 }, "\(abroad)")
      let national = metadata.templates[standing.national].filter { $0 >= 97 }
      #expect(Set(national).count == national.count, "\(national)")
    }
  }

  @Test(
    "numbers abroad that people here have, in libphonenumber's international form",
    arguments: [
      ("+375294911911", "+375 29 491-19-11"), ("+380501234567", "+380 50 123 4567"),
      ("+37477123456", "+374 77 123456"), ("+994401234567", "+994 40 123 45 67"),
      ("+995555123456", "+995 555 12 34 56"), ("+996700123456", "+996 700 123 456"),
      ("+998912345678", "+998 91 234 56 78"), ("+992917123456", "+992 91 712 3456"),
      ("+99366123456", "+993 66 123456"), ("+37362112345", "+373 621 12 345"),
      ("+37061234567", "+370 612 34567"), ("+37121234567", "+371 21 234 567"),
      ("+37251234567", "+372 5123 4567"), ("+4915123456789", "+49 1512 3456789"),
      ("+33612345678", "+33 6 12 34 56 78"), ("+447400123456", "+44 7400 123456"),
      ("+12684641234", "+1 268-464-1234"), ("+8613123456789", "+86 131 2345 6789"),
      ("+905012345678", "+90 501 234 56 78"), ("+358412345678", "+358 41 2345678"),
      ("+48512345678", "+48 512 345 678"), ("+420601123456", "+420 601 123 456"),
      ("+421912123456", "+421 912 123 456"), ("+972502345678", "+972 50-234-5678"),
      ("+34612345678", "+34 612 34 56 78"), ("+41781234567", "+41 78 123 45 67"),
      ("+43664123456", "+43 664 123456"), ("+46701234567", "+46 70 123 45 67"),
      ("+4740612345", "+47 40 61 23 45"), ("+4534412345", "+45 34 41 23 45"),
      ("+306912345678", "+30 691 234 5678"), ("+36201234567", "+36 20 123 4567"),
      ("+40712034567", "+40 712 034 567"), ("+66812345678", "+66 81 234 5678"),
      ("+971501234567", "+971 50 123 4567"), ("+819012345678", "+81 90-1234-5678"),
      ("+351912345678", "+351 912 345 678"), ("+85251234567", "+852 5123 4567"),
      ("+61412345678", "+61 412 345 678"), ("+6581234567", "+65 8123 4567"),
    ])
  func abroad(e164: String, international: String) throws {
    let parser = try #require(PhoneParserHarness())
    #expect(parser.one(e164) == e164)
    let writer = try #require(PhoneParserHarness(style: .international))
    #expect(writer.one(e164) == international)
    #expect(try #require(PhoneParserHarness(style: .crm)).one(e164) == international)
    // From Russia one dials 8 10 and the number; `00` is what other countries dial.
    let digits = e164.dropFirst()
    #expect(parser.one("8 10 " + digits) == e164)
    #expect(parser.one("8~10" + digits) == e164)
    if digits.count + 2 > 11 { #expect(parser.one("00" + digits) == e164) }
  }

  @Test(
    "what is wrong with numbers abroad",
    arguments: [
      ("+380 50 123 456", "too short 11"), ("+38050123456789", "too long 14"),
      ("+33 6 12 34 56", "too short 9"), ("+3361234567890", "too long 13"),
      ("+33 0 12 34 56 78", "not in use 11"),
      ("+1 201 555 012", "too short 10"), ("+1 201 555 01234", "too long 12"),
      ("+1 001 555 0123", "not in use 11"),
      ("+998 91 234 56", "too short 10"), ("+210 1234567", "unknown 10"),
      ("+0 123 4567", "unknown 8"), ("+800 1234 5678", "+80012345678"),
    ])
  func wrongAbroad(cell: String, expected: String) throws {
    #expect(try #require(PhoneParserHarness()).one(cell) == expected)
  }

  @Test("the trunk prefix in brackets behind a calling code is not part of the number")
  func trunkInBrackets() throws {
    let harness = try #require(PhoneParserHarness())
    #expect(harness.one("+49 (0) 1512 3456789") == "+4915123456789")
    #expect(harness.one("+380 (0) 50 123 4567") == "+380501234567")
    #expect(harness.one("+7 (8) 902 123-45-67") == "+79021234567")
    #expect(harness.one("+33 (0)6 12 34 56 78") == "+33612345678")
    // Italy has no trunk prefix; its zero is part of the number.
    #expect(harness.one("+39 06 6981 2345") == "+390669812345")
  }

  @Test(
    "at home, a number is read with and without its trunk prefix, and with the calling code",
    arguments: [
      ("DE", "1512 3456789", "0", "+4915123456789"), ("FR", "6 12 34 56 78", "0", "+33612345678"),
      ("UA", "50 123 4567", "0", "+380501234567"), ("BY", "29 491-19-11", "", "+375294911911"),
      ("GE", "555 12 34 56", "0", "+995555123456"), ("US", "268 464 1234", "1", "+12684641234"),
      ("GB", "7400 123456", "0", "+447400123456"), ("TR", "501 234 56 78", "0", "+905012345678"),
      ("PL", "512 345 678", "", "+48512345678"), ("UZ", "91 234 56 78", "", "+998912345678"),
      ("IT", "06 6981 2345", "", "+390669812345"), ("FI", "41 2345678", "0", "+358412345678"),
    ])
  func atHome(region: String, national: String, trunk: String, e164: String) throws {
    let harness = try #require(PhoneParserHarness(region: region))
    #expect(harness.one(national) == e164)
    #expect(harness.one(trunk + national) == e164)
    #expect(harness.one(e164) == e164)
    #expect(harness.one("00" + e164.dropFirst()) == e164)
    #expect(harness.one("+7 902 123-45-67") == "+79021234567")
  }

  @Test(
    "a calling code without its plus is one where no national number has so many digits",
    arguments: [
      ("FR", "33612345678"), ("UA", "380501234567"), ("BY", "375294911911"),
      ("GB", "447400123456"), ("US", "12684641234"), ("PL", "48512345678"),
      ("UZ", "998912345678"), ("GE", "995555123456"),
    ])
  func withoutPlus(region: String, digits: String) throws {
    #expect(try #require(PhoneParserHarness(region: region)).one(digits) == "+" + digits)
  }

  @Test("elsewhere too, the area code is put before local numbers")
  func areaCodeElsewhere() throws {
    let german = try #require(PhoneParserHarness(region: "DE", areaCode: "30"))
    guard case .number(let number, let repairs) = german.first("030 123456") else {
      Issue.record("no number")
      return
    }
    #expect(number.national.value == 30_123_456 && repairs == [])
    let american = try #require(PhoneParserHarness(region: "US", areaCode: "201"))
    guard case .number(let local, let added) = american.first("555-0123") else {
      Issue.record("no number")
      return
    }
    #expect(local.national.value == 2_015_550_123 && added == .areaCodeAdded)
  }
}
