import ContactModel
import Testing

@testable import RunReports

@Suite struct PluralTests {
  @Test(
    "Russian nouns follow their numbers",
    arguments: [
      (0, "0 строк"), (1, "1 строка"), (2, "2 строки"), (4, "4 строки"), (5, "5 строк"),
      (11, "11 строк"), (12, "12 строк"), (14, "14 строк"), (21, "21 строка"), (22, "22 строки"),
      (111, "111 строк"), (112, "112 строк"), (121, "121 строка"), (1002, "1\u{A0}002 строки"),
    ])
  func russian(number: Int, text: String) {
    #expect(Plural.russian(number, "строка", "строки", "строк") == text)
  }

  @Test(
    "English nouns know one and many",
    arguments: [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1001, "1,001 rows")])
  func english(number: Int, text: String) {
    #expect(Plural.english(number, "row", "rows") == text)
  }

  @Test(
    "thousands stand apart",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
      (100_000, "100,000"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func grouped(number: Int, text: String) {
    #expect(Plural.grouped(number, in: .english) == text)
    #expect(
      Plural.grouped(number, in: .russian)
        == text.replacing(",", with: "\u{A0}"))
  }
}
