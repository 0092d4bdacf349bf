import Testing

@testable import EmailAddresses

@Suite("repairs of e-mail addresses")
struct EmailRepairTests {
  @Test(
    "what stands before an address",
    arguments: [
      " ", "\t", "\n", "\r\n", "\u{A0}", "\u{200B}", "\u{FEFF}", "mailto:", "MailTo:", "<", ".",
      ",",
      "e-mail:", "Email: ", "почта:", "SMTP:", "mailto://",
    ],
    ["", " ", "\u{A0}", "\u{200B}"])
  func before(first: String, second: String) {
    #expect(EmailText.normalized(first + second + "a@b.ru") == "~a@b.ru")
    // Addresses beyond ASCII have the same repairs.
    #expect(EmailText.normalized(first + second + "info@пример.рф") == "~info@пример.рф")
  }

  @Test(
    "what stands behind an address",
    arguments: [" ", "\n", "\u{A0}", "\u{200B}", "\u{FEFF}", ".", ",", ";", ":"],
    ["", " ", ".", ";", ", "])
  func behind(first: String, second: String) {
    #expect(EmailText.normalized("a@b.ru" + first + second) == "~a@b.ru")
    #expect(EmailText.normalized("info@пример.рф" + first + second) == "~info@пример.рф")
  }

  @Test(
    "what stands around an address",
    arguments: [
      "<a@b.ru>", "\"a@b.ru\"", "'a@b.ru'", "(a@b.ru)", "[a@b.ru]", "{a@b.ru}", "«a@b.ru»",
      "“a@b.ru”", "„a@b.ru“", "`a@b.ru`", "<<a@b.ru>>", "mailto:<a@b.ru>", "<mailto:a@b.ru>;",
      "mailto:mailto:a@b.ru", "(\"a@b.ru\");", "\u{202A}a@b.ru\u{202C}",
    ])
  func around(text: String) { #expect(EmailText.normalized(text) == "~a@b.ru") }

  @Test(
    "a mailto URI loses its query and its percent-encoding",
    arguments: [
      ("mailto:a@b.ru?subject=Hello", "~a@b.ru"), ("mailto:a%40b.ru", "~a@b.ru"),
      ("mailto:a@b.ru?subject=a@c.ru", "~a@b.ru"),
      ("mailto:%D0%B8%D0%B2%D0%B0%D0%BD@b.ru", "~иван@b.ru"), ("mailto:a%2Bb@c.ru", "~a+b@c.ru"),
      // Not UTF-8: the text is taken as it stands, and `%` belongs to a local part.
      ("mailto:%FF@b.ru", "~%FF@b.ru"), ("a%40b.ru", "noAt"), ("a@b.ru?subject=Hello", "domain"),
    ])
  func mailto(text: String, expected: String) { #expect(EmailText.normalized(text) == expected) }

  @Test(
    "slips within an address that leave one meaning",
    arguments: [
      ("ivan @mail.ru", "ivan@mail.ru"), ("ivan@ mail.ru", "ivan@mail.ru"),
      ("ivan @ mail . ru", "ivan@mail.ru"), ("ivan@mail. ru", "ivan@mail.ru"),
      ("ivan@mail .ru", "ivan@mail.ru"), ("ivan@mail,ru", "ivan@mail.ru"),
      ("ivan@mail, ru", "ivan@mail.ru"), ("ivan@mail..ru", "ivan@mail.ru"),
      ("ivan@.mail.ru", "ivan@mail.ru"), ("info@почта,рф", "info@почта.рф"),
      ("iv\u{AD}an@ma\u{200B}il.ru", "ivan@mail.ru"), ("ivan\u{A0}@\u{A0}mail.ru", "ivan@mail.ru"),
      ("ivan＠mail.ru", "ivan@mail.ru"), ("ｉｖａｎ@ｍａｉｌ．ｒｕ", "ivan@mail.ru"),
      ("ivan﹫mail.ru", "ivan@mail.ru"), ("ivan@mail。ru", "ivan@mail.ru"),
      ("\"ivan\"@mail.ru", "ivan@mail.ru"), ("\"ivan.petrov\"@mail.ru", "ivan.petrov@mail.ru"),
      ("ivan(at)mail.ru", "ivan@mail.ru"), ("ivan [at] mail [dot] ru", "ivan@mail.ru"),
      ("ivan {AT} mail.ru", "ivan@mail.ru"), ("ivan(собака)mail(точка)ru", "ivan@mail.ru"),
      ("ivan[@]mail.ru", "ivan@mail.ru"), ("ivan(@)mail(.)ru", "ivan@mail.ru"),
    ])
  func within(text: String, expected: String) {
    #expect(EmailText.normalized(text) == "~" + expected)
  }

  @Test(
    "what may mean something else is left alone",
    arguments: [
      ("a@b.ru>", "domain"), ("http://a@b.ru", "localPart"), ("a@b.ru!", "domain"),
      ("a@b.ru/", "domain"), ("mailto:", "noAt"), ("<>", "noAt"), ("mailto@", "domain"),
      ("a@b.ru c@d.ru", "localPart"), ("Ivan <a@b.ru>", "localPart"),
      // Something may be missing beside the dot.
      ("ivan.@mail.ru", "localPart"), ("ivan..petrov@mail.ru", "localPart"),
      // The words before may be a name, those behind a remark.
      ("tel. ivan@mail.ru", "localPart"), ("Ivan ivan @ mail.ru", "localPart"),
      ("Иван @mail.ru", "localPart"), ("ivan@mail.ru. Office", "domain"),
      ("ivan@mail.ru, Office", "domain"), ("ivan@mail.ru. ru", "domain"),
      ("ivan@mail, work", "domain"), ("ivan@mail ru", "domain"),
      ("ivan,petrov@mail.ru", "localPart"),
      ("ivan@mail,ru,com", "domain"), ("ivan@mail,ru petr@bk,ru", "localPart"),
      ("ivan at mail.ru", "noAt"), ("ivan собака mail.ru", "noAt"),
      ("\"a\\b\"@mail.ru", "quotedLocalPart"),
      ("\"\"@mail.ru", "quotedLocalPart"), ("ivan(at)mail.ru, petr(at)bk.ru", "noAt"),
    ])
  func beyondRepair(text: String, expected: String) {
    #expect(EmailText.normalized(text) == expected)
  }

  @Test("nothing is mended by the standards alone")
  func strict() {
    for text in [" a@b.ru", "a@b.ru ", "<a@b.ru>", "mailto:a@b.ru", "a@b,ru", "a @b.ru", "a@b.ru."]
    {
      let verdict = EmailText.validated(text)
      #expect(verdict == "localPart" || verdict == "domain", "\(text)")
    }
    // A letter that looks Latin is a letter to the standards.
    #expect(EmailText.validated("iv\u{430}n@mail.ru") == "iv\u{430}n@mail.ru")
  }
}
