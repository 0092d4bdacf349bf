import PhoneNumbers
import TestSupport
import Testing

@Suite("reading telephone numbers")
struct PhoneNumberParserTests {
  @Test(
    "what Russians write",
    arguments: [
      ("8 (342) 206-72-02", "+73422067202"), ("+7 342 206-72-02", "+73422067202"),
      ("3422067202", "+73422067202"), ("83422067202", "+73422067202"),
      ("73422067202", "+73422067202"), ("+7(342)206\u{A0}72\u{A0}02", "+73422067202"),
      ("8‑342‑206‑72‑02", "+73422067202"), ("тел. 8(342)2067202", "+73422067202"),
      ("Моб.: 8 902 123-45-67", "+79021234567"), ("tel:+79021234567", "+79021234567"),
      ("8 800 200-06-00", "+78002000600"), ("+7 701 123 45 67", "+77011234567"),
      ("8 10 49 151 12345678", "+4915112345678"), ("00 49 151 12345678", "+4915112345678"),
      ("+8 902 123-45-67", "+79021234567"), ("+49 (0) 151 12345678", "+4915112345678"),
      ("+380 67 123 45 67", "+380671234567"), ("+39 06 69812345", "+390669812345"),
      ("+1 (201) 555-0123", "+12015550123"), ("+ 7 (902) 123 45 67", "+79021234567"),
      ("８ ９０２ １２３ ４５ ６７", "+79021234567"), ("+٧٩٠٢١٢٣٤٥٦٧", "+79021234567"),
    ])
  func reads(cell: String, expected: String) throws {
    #expect(try #require(PhoneParserHarness()).one(cell) == expected)
  }

  @Test(
    "what is not a number in use, and why",
    arguments: [
      ("", "no digits"), ("Иван", "no digits"), ("+", "no digits"), ("123", "too short 3"),
      ("112", "short number 3"), ("8-800", "too short 4"), ("8 (342) 25-50", "too short 8"),
      ("+7 (922) 123-45-6", "too short 10"), ("+7 000 000-00-00", "not in use 11"),
      ("00000000000", "too long 11"), ("+999 123456789", "unknown 12"),
      ("2505050", "no area code 7"), ("+1 111 111 1111", "not in use 11"),
      ("+7 902 123 45 678", "too long 12"), ("8 (500) 123-45-67", "not in use 11"),
      ("380 67 123 45 67", "too long 12"), ("12345678901234567890123", "too long 23"),
      ("+49", "too short 2"), ("+21012345678", "unknown 11"),
      ("+07 902 123-45-67", "unknown 12"), ("0010299535", "not in use 10"),
      ("+1 123 456 7890", "not in use 11"),
    ])
  func refuses(cell: String, expected: String) throws {
    #expect(try #require(PhoneParserHarness()).one(cell) == expected)
  }

  @Test(
    "a number from abroad without its plus is not cut into one from here and a rest",
    arguments: ["998 91 234 56 78", "998 90 123 45 67", "9023456789 1 2 3 4 5"])
  func foreignWithoutPlus(cell: String) throws {
    let results = try #require(PhoneParserHarness()).all(cell)
    #expect(results.count == 1, "\(results)")
    #expect(!results.contains { $0.hasPrefix("+7") }, "\(results)")
  }

  @Test(
    "several numbers in a cell",
    arguments: [
      ("89021234567, 89021234568", ["+79021234567", "+79021234568"]),
      ("89021234567;89021234568", ["+79021234567", "+79021234568"]),
      ("89021234567 / 89021234568", ["+79021234567", "+79021234568"]),
      ("89021234567\r\n89021234568", ["+79021234567", "+79021234568"]),
      ("+79021234567+79021234568", ["+79021234567", "+79021234568"]),
      ("89021234567 89021234568", ["+79021234567", "+79021234568"]),
      ("902 123-45-67 902 123-45-68", ["+79021234567", "+79021234568"]),
      ("раб. 8 (342) 206-72-02 моб. 89021234568", ["+73422067202", "+79021234568"]),
      ("89021234567 или 89021234568", ["+79021234567", "+79021234568"]),
      ("+49 89/123456", ["+4989123456"]), ("89021234567, Иван", ["+79021234567"]),
      ("8 902 123 45 67, 12", ["+79021234567", "too short 2"]),
      (";,", []),
    ])
  func several(cell: String, expected: [String]) throws {
    #expect(try #require(PhoneParserHarness()).all(cell) == expected)
  }

  @Test(
    "extensions, however they are marked",
    arguments: [
      "доб. 12", "доб 12", "доб.12", ", доб. 12", "(доб. 12)", "доп. 12", "вн.12", "внутр. 12",
      "ДОБ. 12", "ext 12", "ext. 12", "Ext.12", "x12", "#12", ";ext=12", "добавочный 12",
      "внутренний 12", "доб: 12",
    ])
  func extensions(marked: String) throws {
    let harness = try #require(PhoneParserHarness(style: .crm))
    #expect(harness.all("8 (342) 206-72-02 " + marked) == ["+7(342)206-72-02 доб. 12"])
    #expect(
      harness.all("8 (342) 206-72-02 " + marked + ", 89021234567")
        == ["+7(342)206-72-02 доб. 12", "+7(902)123-45-67"])
  }

  @Test("an extension keeps its leading zeros")
  func extensionZeros() throws {
    let harness = try #require(PhoneParserHarness(style: .crm))
    #expect(harness.one("83422067202 доб. 007") == "+7(342)206-72-02 доб. 007")
    #expect(harness.one("83422067202 доб. 0") == "+7(342)206-72-02 доб. 0")
  }

  @Test("local numbers take the area code if there is one")
  func areaCode() throws {
    let harness = try #require(PhoneParserHarness(areaCode: "342"))
    #expect(harness.one("206-72-02") == "+73422067202")
    #expect(harness.one("8 (495) 123-45-67") == "+74951234567")
    #expect(harness.one("06-72-02") == "too short 6")
    guard case .number(_, let repairs) = harness.first("206-72-02") else {
      Issue.record("no number")
      return
    }
    #expect(repairs == .areaCodeAdded)
  }

  @Test(
    "what is reported as repaired",
    arguments: [
      ("8 902 123-45-67", PhoneRepairs()), ("тел. 8 902 123-45-67", []),
      ("8 902 123-45-67 (моб.)", []), ("Иван 8 902 123-45-67", .textRemoved),
      ("8 902 123-45-67 Иван", .textRemoved), ("8 902 123-45-67, Иван", .textRemoved),
      ("+8 902 123-45-67", .callingCodeCorrected), ("8*902*1234567", .textRemoved),
    ] as [(String, PhoneRepairs)])
  func repairs(cell: String, expected: PhoneRepairs) throws {
    guard case .number(_, let repairs) = try #require(PhoneParserHarness()).first(cell) else {
      Issue.record("no number in \(cell)")
      return
    }
    #expect(repairs == expected)
  }

  @Test("other regions read their own national numbers")
  func otherRegions() throws {
    let german = try #require(PhoneParserHarness(region: "DE"))
    #expect(german.one("0151 12345678") == "+4915112345678")
    #expect(german.one("+7 902 123-45-67") == "+79021234567")
    let american = try #require(PhoneParserHarness(region: "US"))
    #expect(american.one("(201) 555-0123") == "+12015550123")
    #expect(american.one("1-201-555-0123") == "+12015550123")
    #expect(american.one("011 7 902 123 45 67") == "+79021234567")
    let ukrainian = try #require(PhoneParserHarness(region: "UA"))
    #expect(ukrainian.one("067 123 45 67") == "+380671234567")
    #expect(ukrainian.one("380671234567") == "+380671234567")
    let kazakh = try #require(PhoneParserHarness(region: "KZ"))
    #expect(kazakh.one("8 (7101) 12-34-56") == "not in use 11")
    #expect(kazakh.one("8 (7172) 72-34-56") == "+77172723456")
  }

  @Test(
    "there is no parser for a region that is none", arguments: ["", "R", "ru", "XX", "RUS", "7"])
  func unknownRegion(region: String) {
    #expect(PhoneParserHarness(region: region)?.one("+79021234567") == nil)
  }

  @Test("no bytes make the parser crash, and it always moves on")
  func arbitraryBytes() throws {
    let harness = try #require(PhoneParserHarness(areaCode: "342"))
    var generator = SeededGenerator(seed: 7)
    let alphabet =
      Array("0123456789+8790-() .,;/#доб\u{A0}\n xext".utf8) + [0xD0, 0xE2, 0x80, 0xEF, 0xFF]
    for _ in 0..<20_000 {
      let length = Int.random(in: 0..<40, using: &generator)
      let bytes = (0..<length).map { _ in
        Bool.random(using: &generator)
          ? alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
          : UInt8.random(in: 0...255, using: &generator)
      }
      var position = 0
      var previous = -1
      while harness.parser.parseNext(bytes.span, from: &position) != nil {
        #expect(position > previous && position <= bytes.count, "\(bytes)")
        previous = position
      }
    }
  }
}
