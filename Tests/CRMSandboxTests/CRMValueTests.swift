import Testing

@testable import CRMSandbox

@Suite("Dates and text as the CRM keeps and compares them")
struct CRMValueTests {
  @Test(
    "moments become the account's wall clock",
    arguments: [
      (0, 0, "1970-01-01 00:00:00"), (0, 10_800, "1970-01-01 03:00:00"),
      (-1, 0, "1969-12-31 23:59:59"), (951_782_400, 0, "2000-02-29 00:00:00"),
      (1_700_000_000, -18_000, "2023-11-14 17:13:20"), (4_102_444_799, 0, "2099-12-31 23:59:59"),
    ])
  func moments(_ seconds: Int, _ offset: Int, _ expected: String) {
    #expect(CRMDate.text(secondsSince1970: seconds, offset: offset) == expected)
  }

  @Test(
    "dates are read in their few spellings",
    arguments: [
      ("2024-02-29", "2024-02-29 00:00:00"), ("2024-02-29 1:02", nil), ("2023-02-29", nil),
      ("2024-01-31T10:20:30Z", "2024-01-31 10:20:30"),
      (" 2024-01-31 10:20 ", "2024-01-31 10:20:00"),
      ("2024-04-31", nil), ("2024-1-01", nil), ("31.01.2024", nil), ("", nil),
      ("2024-01-01 24:00", nil),
    ] as [(String, String?)])
  func dates(_ text: String, _ expected: String?) {
    #expect(CRMDate.normalized(text) == expected)
  }

  @Test(
    "patterns are found anywhere, without letter case",
    arguments: [
      ("Семён Щукин", "СЕМЕН щ", true), ("abc", "a_c", true), ("abc", "a_b", false),
      ("abc", "%c%a", false), ("aXbXc", "a%c", true), ("", "", true), ("abc", "", true),
      ("aab", "ab", true), ("100%", "0%", true), ("Straße", "STRASSE", false),
    ])
  func patterns(_ text: String, _ pattern: String, _ expected: Bool) {
    #expect(TextMatch.contains(text, TextMatch.folded(pattern)) == expected)
  }
}
