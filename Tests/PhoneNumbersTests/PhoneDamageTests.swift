import PhoneNumbers
import Testing

/// What spreadsheets and keyboards do to numbers, and what is made of it.
@Suite("damaged telephone numbers")
struct PhoneDamageTests {
  @Test(
    "what can be put right, and what is said about it",
    arguments: [
      ("79222505050.0", "+79222505050", .spreadsheetForm),
      ("79222505050,0", "+79222505050", .spreadsheetForm),
      ("89222505050,00", "+79222505050", .spreadsheetForm),
      ("9222505050.0", "+79222505050", .spreadsheetForm),
      ("7.9222505050E+10", "+79222505050", .spreadsheetForm),
      ("7,9222505050E+10", "+79222505050", .spreadsheetForm),
      ("7.9222505050e10", "+79222505050", .spreadsheetForm),
      ("7,9222505050Е+10", "+79222505050", .spreadsheetForm),  // a Cyrillic Е
      ("8 9О2 123-45-67", "+79021234567", .lettersRead),
      ("8 9o2 123-45-67", "+79021234567", .lettersRead),
      ("8 (902) 12З-45-67", "+79021234567", .lettersRead),
      ("89О21234567 доб. 5", "+79021234567;ext=5", .lettersRead),
      ("моб. 8 9О2 123-45-67 Анна", "+79021234567", [.lettersRead, .textRemoved]),
      ("375291234567", "+375291234567", .plusAdded),
      ("4915123456789", "+4915123456789", .plusAdded),
      ("+8 902 123-45-67", "+79021234567", .callingCodeCorrected),
    ] as [(String, String, PhoneRepairs)])
  func repaired(cell: String, e164: String, repairs: PhoneRepairs) throws {
    let harness = try #require(PhoneParserHarness())
    #expect(harness.all(cell) == [e164])
    guard case .number(_, let made) = harness.first(cell) else { return }
    #expect(made == repairs)
  }

  @Test(
    "a plus is not guessed where a slip of the finger is as likely, or a group stands apart",
    arguments: [
      // A digit too many before or behind a number from here
      ("989021234567", "too long 12"), ("890212345679", "too long 12"),
      ("380 67 123 45 67", "too long 12"),
      // A fixed line in Milan: fewer digits than a mobile number is a likelier slip.
      ("39021234567", "too long 11"),
    ])
  func noPlus(cell: String, expected: String) throws {
    #expect(try #require(PhoneParserHarness()).all(cell) == [expected])
  }

  @Test(
    "what no guess brings back",
    arguments: [
      ("9.12E+10", "digits lost 3"), ("7,92225E+10", "digits lost 6"), ("8E+10", "digits lost 1"),
      ("+7.9E+10", "digits lost 2"),
    ])
  func lost(cell: String, expected: String) throws {
    #expect(try #require(PhoneParserHarness()).all(cell) == [expected])
  }

  @Test(
    "what only looks like damage",
    arguments: [
      // A fraction that is none, and an exponent too small for a phone
      ("8.902.123.45.67", ["+79021234567"]), ("1.5E+2", ["too short 2", "too short 1"]),
      // The letter belongs to a word.
      ("8 902 123-45-67 отдел", ["+79021234567"]), ("Зоя 8 902 123-45-67", ["+79021234567"]),
      ("8 902 123-45-67 о", ["+79021234567"]),
      // With the letter as a digit it is no number either.
      ("О2", ["too short 1"]),
    ])
  func untouched(cell: String, expected: [String]) throws {
    #expect(try #require(PhoneParserHarness()).all(cell) == expected)
  }

  @Test(
    "short and local numbers are refused with the reason",
    arguments: [
      ("112", "short number 3"), ("01", "short number 2"), ("103", "short number 3"),
      ("206-72-02", "no area code 7"), ("25-50-50", "no area code 6"),
      ("2-55-05", "no area code 5"),
      ("25-50", "too short 4"), ("8-800", "too short 4"),
    ])
  func short(cell: String, expected: String) throws {
    #expect(try #require(PhoneParserHarness()).one(cell) == expected)
  }

  @Test("an area code makes no number of an emergency one")
  func emergencyWithAreaCode() throws {
    #expect(try #require(PhoneParserHarness(areaCode: "3422067")).one("112") == "short number 3")
  }
}
