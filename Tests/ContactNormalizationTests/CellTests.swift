import ContactModel
import ContactNormalization
import TestSupport
import Testing

@Suite("normalizing cells")
struct CellTests {
  @Test(
    "text is trimmed, loses its control characters, and is empty if it is dashes",
    arguments: [
      (" Иван ", "Иван", [String]()), ("\u{A0}\tИван\r\n", "Иван", []), ("a\tb\nc", "a\tb\nc", []),
      ("a\u{1}b\u{1F}c", "abc", ["value.control-characters@4=2"]),
      ("\u{2} ", "", ["value.control-characters@4=1"]),
      ("-", "", ["value.placeholder@4"]), ("—", "", ["value.placeholder@4"]),
      ("- – −", "", ["value.placeholder@4"]), ("нет", "нет", []), ("-1", "-1", []),
      ("—а", "—а", []), ("\u{A0}", "", []), ("à", "à", []),
      ("\u{2014}\u{A0}", "", ["value.placeholder@4"]),
    ])
  func text(cell: String, expected: String, issues: [String]) throws {
    let row = try NormalizerHarness(.text).cell(cell)
    #expect(row == .init(values: [expected], issues: issues, isRejected: false))
  }

  @Test("text and its slow twin agree")
  func textTwin() throws {
    let harness = try NormalizerHarness(.text)
    var generator = SeededGenerator(seed: 31)
    let alphabet = Array("ab z- \t\n\u{A0}àРя—\u{1}\u{1F}\u{0}\u{7F}".unicodeScalars)
    for _ in 0..<20_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0..<28, using: &generator) {
        let index = Int.random(in: 0..<(alphabet.count * 2), using: &generator)
        text.append(index < alphabet.count ? alphabet[index] : "x")
      }
      let row = harness.cell(String(text))
      #expect(row.values == [Self.slowText(text)], "\(text)")
      #expect(row.isRejected == false)
    }
  }

  /// Cleaned and trimmed text, as the contract of the text treatment says it.
  private static func slowText(_ text: String.UnicodeScalarView) -> String {
    let breaks: Set<Unicode.Scalar> = ["\t", "\n", "\r"]
    let blanks = breaks.union([" ", "\u{A0}"])
    var cleaned = text.filter { $0.value >= 0x20 || breaks.contains($0) }[...]
    while let first = cleaned.first, blanks.contains(first) { cleaned.removeFirst() }
    while let last = cleaned.last, blanks.contains(last) { cleaned.removeLast() }
    let isDashes =
      cleaned.contains { $0 == "-" || $0 == "—" }
      && cleaned.allSatisfy { $0 == "-" || $0 == "—" || $0 == " " }
    return isDashes ? "" : String(cleaned)
  }

  @Test(
    "dates become year, month, day",
    arguments: [
      ("05.03.1978", "1978-03-05"), ("5.3.1978", "1978-03-05"), ("05/03/1978", "1978-03-05"),
      ("05-03-1978", "1978-03-05"), ("1978-03-05", "1978-03-05"), ("1978.3.5", "1978-03-05"),
      ("1978/03/05", "1978-03-05"), ("19780305", "1978-03-05"),
      ("05.03.1978 14:25:00", "1978-03-05"), ("1978-03-05T14:25:00Z", "1978-03-05"),
      ("1978-03-05T14:25:00.123+03:00", "1978-03-05"), ("05.03.1978 г.", "1978-03-05"),
      ("05.03.1978г.", "1978-03-05"), ("29.02.2000", "2000-02-29"), ("29.02.2024", "2024-02-29"),
      ("31.12.2199", "2199-12-31"), ("1.1.1800", "1800-01-01"),
    ])
  func dates(cell: String, expected: String) throws {
    let row = try NormalizerHarness(.date).cell(cell)
    #expect(row == .init(values: [expected], issues: [], isRejected: false))
  }

  @Test(
    "what is no date is refused, impossible or unreadable",
    arguments: [
      ("31.02.1978", "date.impossible@4"), ("29.02.1900", "date.impossible@4"),
      ("29.02.2023", "date.impossible@4"), ("03/25/1978", "date.month-first@4"),
      ("00.03.1978", "date.impossible@4"), ("31.04.1978", "date.impossible@4"),
      ("05.03.0078", "date.impossible@4"), ("19781305", "date.impossible@4"),
      ("1.1.1799", "date.impossible@4"), ("1.1.2200", "date.impossible@4"),
      ("05.03.78", "date.no-century@4"), ("05.03", "date.unreadable@4"),
      ("5 марта", "date.unreadable@4"), ("05.03-1978", "date.unreadable@4"),
      ("1978", "date.unreadable@4"), ("--0305", "date.unreadable@4"),
      ("05.03.1978 и так", "date.unreadable@4"), ("05.03.19788", "date.unreadable@4"),
      ("1978-03-05T", "date.unreadable@4"), ("005.03.1978", "date.unreadable@4"),
    ])
  func noDates(cell: String, issue: String) throws {
    let row = try NormalizerHarness(.date).cell(cell)
    #expect(row == .init(values: [""], issues: [issue], isRejected: true))
  }

  @Test(
    "whole numbers",
    arguments: [
      ("12", "12"), ("0", "0"), ("007", "7"), ("1 000", "1000"), ("1\u{A0}000", "1000"),
      ("12.0", "12"), ("12,00", "12"), ("999999999999999999", "999999999999999999"),
    ])
  func numbers(cell: String, expected: String) throws {
    let row = try NormalizerHarness(.number).cell(cell)
    #expect(row == .init(values: [expected], issues: [], isRejected: false))
  }

  @Test(
    "what is no whole number is refused",
    arguments: [
      "-1", "1.5", "a", "1a", "1,000", "12.000", "99999999999999999999", "1000000000000000000",
      "12.", ".0", "+1",
    ])
  func noNumbers(cell: String) throws {
    let row = try NormalizerHarness(.number).cell(cell)
    #expect(row == .init(values: [""], issues: ["number.invalid@4"], isRejected: true))
  }

  @Test(
    "placeholders are empty where a value is read",
    arguments: [
      "нет", "НЕТ", "-", "—", "---", "уточнить", "Не указан", "n/a", "N/A", "none", "н/д", "?",
      "нет; уточнить", "-, нет",
    ],
    [ValueTreatment.phone, .email, .date, .number])
  func placeholders(cell: String, treatment: ValueTreatment) throws {
    let row = try NormalizerHarness(treatment).cell(cell)
    #expect(row == .init(values: [""], issues: ["value.placeholder@4"], isRejected: false))
  }

  @Test("an address book's empty date is a placeholder", arguments: ["0.0.00", "00.00.0000"])
  func emptyDates(cell: String) throws {
    #expect(try NormalizerHarness(.date).cell(cell).issues == ["value.placeholder@4"])
  }

  @Test(
    "e-mail cells",
    arguments: [
      ("ivan@mail.ru", "ivan@mail.ru", [String]()),
      ("a@b.ru, c@d.ru; e@f.ru g@h.ru", "a@b.ru, c@d.ru, e@f.ru, g@h.ru", []),
      ("a@b.ru;a@B.ru", "a@b.ru", ["email.repeated@4"]),
      ("mailto:a@b.ru", "a@b.ru", ["email.repaired@4"]),
      ("a@b.ru,", "a@b.ru", ["email.repaired@4"]),
      ("Иван Петров <ivan@mail.ru>", "ivan@mail.ru", ["email.repaired@4"]),
      ("И <a@b.ru>, П <c@d.ru>; e@f.ru", "a@b.ru, c@d.ru, e@f.ru", ["email.repaired@4"]),
      ("e-mail: a@b.ru", "a@b.ru", ["email.repaired@4"]),
      ("a@b.ru, нет", "a@b.ru", ["value.placeholder@4"]),
    ])
  func emails(cell: String, expected: String, issues: [String]) throws {
    let row = try NormalizerHarness(.email).cell(cell)
    #expect(row == .init(values: [expected], issues: issues, isRejected: false))
  }

  @Test(
    "e-mail cells that are refused",
    arguments: [
      ("не помню почту", ["email.no-at@4"]), ("a b@mail.ru", ["email.no-at@4"]),
      ("ivanov@", ["email.domain@4"]), ("ivan..petrov@mail.ru", ["email.local-part@4"]),
      ("ivan@mжil.ru", ["email.look-alike-letters@4"]),
      (String(repeating: "a", count: 65) + "@mail.ru", ["email.too-long@4"]),
      ("a@b, c@", ["email.domain@4", "email.domain@4"]),
    ])
  func badEmails(cell: String, issues: [String]) throws {
    let row = try NormalizerHarness(.email).cell(cell)
    #expect(row.issues == issues)
    #expect(row.isRejected)
  }

  @Test(
    "phone cells",
    arguments: [
      ("8 (342) 206-72-02 доб. 12", "+7(342)206-72-02 доб. 12", [String]()),
      ("+380671234567", "+380 67 123 4567", []),
      ("89021234567, 8 902 123 45 67", "+7(902)123-45-67", ["phone.repeated@4"]),
      ("Иван 89021234567", "+7(902)123-45-67", ["phone.repaired@4"]),
      ("206-72-02", "+7(342)206-72-02", ["phone.area-code-added@4"]),
      (
        "206-72-02 доб. 3, 206-72-02", "+7(342)206-72-02 доб. 3, +7(342)206-72-02",
        ["phone.area-code-added@4", "phone.area-code-added@4"]
      ),
    ])
  func phones(cell: String, expected: String, issues: [String]) throws {
    let harness = try NormalizerHarness(.phone, phones: PhoneSettings(areaCode: "342"))
    let row = harness.cell(cell)
    #expect(row == .init(values: [expected], issues: issues, isRejected: false))
  }

  @Test(
    "phone cells that are refused, with the digits they have",
    arguments: [
      ("Иван", "phone.no-digits@4"), ("12345", "phone.no-area-code@4=5"),
      ("8 902 123 45 678", "phone.too-long@4=12"), ("+999 123456789", "phone.unknown-country@4=12"),
      ("8 (000) 000-00-00", "phone.not-in-use@4=11"),
    ])
  func badPhones(cell: String, issue: String) throws {
    let row = try NormalizerHarness(.phone).cell(cell)
    #expect(row == .init(values: [""], issues: [issue], isRejected: true))
  }

  @Test(
    "a service code that is kept is kept whole",
    arguments: ["*100#", "*111*2#", "#31#", "*100##"])
  func serviceCodes(code: String) throws {
    #expect(try NormalizerHarness(.phone, invalid: .keep).cell(code).values == [code])
  }

  @Test("what is kept of a bad element is the element, without its separators")
  func keptElements() throws {
    let harness = try NormalizerHarness(.phone, invalid: .keep)
    #expect(
      harness.cell("89021234567 ; 123 ; Иван 45").values == ["+7(902)123-45-67, 123, Иван 45"])
    #expect(harness.cell("Иван").values == ["Иван"])
  }
}
