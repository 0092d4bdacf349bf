import PhoneNumbers
import Testing

@Suite("writing telephone numbers")
struct PhoneNumberFormatterTests {
  @Test(
    "every style",
    arguments: [
      ("+73422067202", "+7(342)206-72-02", "+7 342 206-72-02", "8 (342) 206-72-02"),
      ("+77011234567", "+7(701)123-45-67", "+7 701 123 4567", "8 (701) 123 4567"),
      ("+77172723456", "+7(717)272-34-56", "+7 7172 72 34 56", "8 (7172) 72 34 56"),
      ("+12015550123", "+1 201-555-0123", "+1 201-555-0123", "+1 201-555-0123"),
      ("+33123456789", "+33 1 23 45 67 89", "+33 1 23 45 67 89", "+33 1 23 45 67 89"),
      ("+390669812345", "+39 06 6981 2345", "+39 06 6981 2345", "+39 06 6981 2345"),
      ("+4930123456", "+49 30 123456", "+49 30 123456", "+49 30 123456"),
    ])
  func styles(e164: String, crm: String, international: String, national: String) throws {
    for (style, expected) in zip(
      [PhoneStyle.e164, .crm, .international, .national], [e164, crm, international, national])
    {
      #expect(try #require(PhoneParserHarness(style: style)).one(e164) == expected)
    }
  }

  @Test("the national style of another home country")
  func otherHome() throws {
    let german = try #require(PhoneParserHarness(region: "DE", style: .national))
    #expect(german.one("+4930123456") == "030 123456")
    #expect(german.one("+73422067202") == "+7 342 206-72-02")
    let american = try #require(PhoneParserHarness(region: "US", style: .national))
    #expect(american.one("+12015550123") == "(201) 555-0123")
  }

  @Test("every style writes an extension in its way")
  func extensions() throws {
    let cell = "8 342 2067202 доб. 012"
    #expect(try #require(PhoneParserHarness(style: .crm)).one(cell) == "+7(342)206-72-02 доб. 012")
    #expect(try #require(PhoneParserHarness(style: .e164)).one(cell) == "+73422067202;ext=012")
    #expect(
      try #require(PhoneParserHarness(style: .international)).one(cell)
        == "+7 342 206-72-02 ext. 012")
    #expect(
      try #require(PhoneParserHarness(style: .national)).one(cell)
        == "8 (342) 206-72-02 доб. 012")
  }

  @Test("text that is there already stays")
  func appends() {
    var text = Array("a, ".utf8)
    let number = PhoneNumber(callingCode: 7, national: DigitRun("9021234567".utf8))
    PhoneNumberFormatter(.crm).append(number, to: &text)
    #expect(text == Array("a, +7(902)123-45-67".utf8))
  }
}
