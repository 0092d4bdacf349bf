import PhoneNumbers
import TestSupport
import Testing

/// Numbers without a calling code in Russia and Kazakhstan, by the digits they have.
@Suite("telephone numbers at home")
struct PhoneHomeTests {
  @Test(
    "how many digits decide how a number is read in Russia",
    arguments: [
      (1, "too short 1"), (2, "too short 2"), (3, "too short 3"), (4, "too short 4"),
      (5, "no area code 5"), (6, "no area code 6"), (7, "no area code 7"), (8, "too short 8"),
      (9, "too short 9"), (10, "+79021234567"), (11, "too long 11"), (12, "too long 12"),
      (13, "too long 13"), (14, "too long 14"), (18, "too long 18"), (19, "too long 19"),
      (20, "too long 20"), (40, "too long 40"),
    ])
  func digitCounts(count: Int, expected: String) throws {
    let cell = String(("9021234567" + String(repeating: "5", count: 30)).prefix(count))
    #expect(try #require(PhoneParserHarness()).one(cell) == expected)
  }

  @Test("eleven digits are a number if they begin with 8 or 7", arguments: 0...9)
  func elevenDigits(first: Int) throws {
    let result = try #require(PhoneParserHarness()).one("\(first)9021234567")
    #expect(result == (first == 7 || first == 8 ? "+79021234567" : "too long 11"))
  }

  @Test("behind a plus only 7 and the mistaken 8 are Russian", arguments: 0...9)
  func elevenDigitsBehindPlus(first: Int) throws {
    let result = try #require(PhoneParserHarness()).one("+\(first)9021234567")
    let isRussian = result == "+79021234567"
    #expect(isRussian == (first == 7 || first == 8), "\(result)")
  }

  @Test(
    "the trunk prefix behind the calling code is left out, with a plus and without",
    arguments: [
      ("7 (8) 902 123-45-67", "+79021234567"), ("+7 (8) 902 123-45-67", "+79021234567"),
      ("789021234567", "+79021234567"), ("789021234567 доб. 1", "+79021234567;ext=1"),
      ("989021234567", "too long 12"), ("889021234567", "too long 12"),
      ("779021234567", "too long 12"), ("+779021234567", "too long 12"),
    ])
  func trunkBehindCallingCode(cell: String, expected: String) throws {
    #expect(try #require(PhoneParserHarness()).one(cell) == expected)
  }

  @Test(
    "an area code is put before local numbers that it makes whole",
    arguments: [
      ("342", "206-72-02", "+73422067202"), ("3422", "06-72-02", "+73422067202"),
      ("34220", "6-72-02", "+73422067202"), ("342", "2 06 72 02 доб. 5", "+73422067202;ext=5"),
      ("(342)", "206-72-02", "+73422067202"), ("3 4 2", "206-72-02", "+73422067202"),
      ("342", "06-72-02", "too short 6"), ("342", "1-206-72-02", "too short 8"),
      ("342", "342 206-72-02", "+73422067202"), ("342", "8 495 123-45-67", "+74951234567"),
      ("342", "112", "short number 3"), ("500", "123-45-67", "not in use 7"),
      ("", "206-72-02", "no area code 7"), ("нет", "206-72-02", "no area code 7"),
    ])
  func areaCodes(areaCode: String, cell: String, expected: String) throws {
    #expect(try #require(PhoneParserHarness(areaCode: areaCode)).one(cell) == expected)
  }

  @Test("each local number of a cell takes the area code and says so")
  func severalLocal() throws {
    let harness = try #require(PhoneParserHarness(areaCode: "342"))
    #expect(
      harness.all("206-72-02, 206-72-03; 8 902 123-45-67")
        == ["+73422067202", "+73422067203", "+79021234567"])
    var position = 0
    var repairs: [PhoneRepairs] = []
    let cell = Array("Иван 206-72-02, 8 902 123-45-67".utf8)
    while case .number(_, let made)? = harness.parser.parseNext(cell.span, from: &position) {
      repairs.append(made)
    }
    #expect(repairs == [[.textRemoved, .areaCodeAdded], []])
  }

  @Test("an area code that makes no number elsewhere leaves the first judgement")
  func areaCodeElsewhere() throws {
    let american = try #require(PhoneParserHarness(region: "US", areaCode: "201"))
    #expect(american.one("555-01") == "too short 5")
    #expect(american.one("201 555 0123") == "+12015550123")
  }

  @Test(
    "Kazakhstan's numbers are read in both countries, and Russia's",
    arguments: ["RU", "KZ"],
    [
      ("8 701 790 29 73", "+77017902973"), ("+7 (7172) 72-34-56", "+77172723456"),
      ("7273056493", "+77273056493"), ("8 (71031) 1-41-06", "+77103114106"),
      ("8 902 123-45-67", "+79021234567"), ("77017902973", "+77017902973"),
      ("+8 727 305 64 93", "+77273056493"), ("8 10 375 29 491-19-11", "+375294911911"),
    ])
  func kazakhstan(region: String, sample: (cell: String, e164: String)) throws {
    #expect(try #require(PhoneParserHarness(region: region)).one(sample.cell) == sample.e164)
  }

  @Test("parsing the only number looks at the first, parsing on gives them all")
  func onlyNumber() throws {
    let harness = try #require(PhoneParserHarness())
    #expect(harness.one("89021234567, 83422067202") == "+79021234567")
    #expect(harness.one("нет") == "no digits")
    #expect(harness.all("нет") == [])
    var position = 0
    let bytes = Array("89021234567".utf8)
    _ = harness.parser.parseNext(bytes.span, from: &position)
    #expect(position == bytes.count)
    #expect(harness.parser.parseNext(bytes.span, from: &position) == nil)
  }
}
