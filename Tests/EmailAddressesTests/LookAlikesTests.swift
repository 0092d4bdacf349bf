import Testing

@testable import EmailAddresses

@Suite("letters of other alphabets in e-mail addresses")
struct LookAlikesTests {
  /// Cyrillic letters that look like Latin ones, and the Latin ones.
  static let twins: [(String, String)] = [
    ("а", "a"), ("е", "e"), ("о", "o"), ("р", "p"), ("с", "c"), ("у", "y"), ("х", "x"), ("і", "i"),
    ("ј", "j"), ("ѕ", "s"), ("А", "A"), ("В", "B"), ("Е", "E"), ("К", "K"), ("М", "M"), ("Н", "H"),
    ("О", "O"), ("Р", "P"), ("С", "C"), ("Т", "T"), ("Х", "X"), ("У", "Y"), ("һ", "h"), ("ԛ", "q"),
  ]

  @Test("one Cyrillic letter among Latin ones becomes Latin, in either part", arguments: twins)
  func twin(cyrillic: String, latin: String) {
    for (slip, meant) in [
      ("iv\(cyrillic)n@perm.com", "iv\(latin)n@perm.com"),
      ("\(cyrillic)ivan@perm.com", "\(latin)ivan@perm.com"),
      ("ivan@p\(cyrillic)rm.com", "ivan@p\(latin.lowercased())rm.com"),
      ("ivan@perm.c\(cyrillic)", "ivan@perm.c\(latin.lowercased())"),
    ] {
      #expect(EmailText.normalized(slip) == "!" + meant, "\(slip)")
      #expect(EmailText.normalized(meant) == meant)
    }
  }

  @Test(
    "a local part of look-alikes alone is unclear before an ASCII domain only", arguments: twins)
  func twinsAlone(cyrillic: String, latin: String) {
    #expect(EmailText.normalized("\(cyrillic)\(cyrillic)@mail.ru") == "lookAlikeLetters")
    #expect(EmailText.normalized("\(cyrillic)1@mail.ru") == "lookAlikeLetters")
    #expect(EmailText.normalized("\(cyrillic)\(cyrillic)@пример.рф").hasSuffix("@пример.рф"))
    #expect(EmailText.normalized("\(cyrillic)ж@mail.ru").hasSuffix("@mail.ru"))
  }

  @Test(
    "which letters were meant cannot be told",
    arguments: [
      // A letter without a twin, or a shape that is not quite a Latin one
      "ivжn@mail.ru", "ivaн@mail.ru", "ivan@mжil.ru", "ivan@exαmple.com", "ivan@mail.ρu",
      // A domain that is Cyrillic anyway
      "аivan@пример.рф", "ivan@mаil.рф", "ivan@mаil.почта.рф",
      // Labels of look-alikes alone beside ASCII ones
      "ivan@mail.ру", "ivan@сор.com",
      // The same as A-labels: they would look Latin once they are U-labels
      "ivan@xn--80ak6aa92e.com", "ivan@xn--mil-5cd.ru",
    ])
  func unclear(address: String) { #expect(EmailText.normalized(address) == "lookAlikeLetters") }

  @Test(
    "several slips, some of them Greek",
    arguments: [
      ("оivаn@mаil.ru", "!oivan@mail.ru"), ("οivan@perm.ru", "!oivan@perm.ru"),
      ("IVΑN@PERM.RU", "!IVAN@perm.ru"), ("iνan@perm.ru", "!ivan@perm.ru"),
      ("<ivan@pеrm.ru>", "~!ivan@perm.ru"), ("ivan@gmаil,com", "~!ivan@gmail.com"),
      ("ivan@gmiаl.com", "!?ivan@gmial.com"), ("jürgеn@perm.ru", "!jürgen@perm.ru"),
    ])
  func several(text: String, expected: String) { #expect(EmailText.normalized(text) == expected) }

  @Test(
    "each part may have an alphabet of its own",
    arguments: [
      "ivan@пример.рф", "иван@example.com", "ivan@почта.example.com", "иван-1@пример.рф",
      "δοκιμή@example.com", "a@παράδειγμα.gr", "用户@例子.公司", "दोस्त@example.com", "a@مثال.com",
      "jürgen@example.com", "a@bücher.de", "ё@example.com", "œuvre@example.com", "ivan@perm.рус",
      "ivan@еа.рф", "ivan@компания.рус",
    ])
  func alphabets(address: String) { #expect(EmailText.normalized(address) == address) }

  @Test(
    "signs that are no letters stay in a local part, where RFC 6531 allows them, not in a domain",
    arguments: [
      ("a😀@example.com", "a😀@example.com"), ("a@😀.com", "internationalLabel"),
      ("a\u{2014}b@example.com", "a\u{2014}b@example.com"),
      ("a@b\u{2014}c.com", "internationalLabel"), ("a№@example.com", "a№@example.com"),
      ("a\u{A0}b@example.com", "localPart"), ("a@b\u{3000}c.com", "domain"),
      ("a\u{1}b@example.com", "localPart"), ("a\u{E000}@example.com", "localPart"),
      ("a\u{FFFD}@example.com", "localPart"), ("\u{301}a@example.com", "localPart"),
    ])
  func noLetters(address: String, expected: String) {
    #expect(EmailText.normalized(address) == expected)
  }

  @Test("bytes that are no UTF-8 are refused in either part")
  func damaged() {
    #expect(EmailText.normalized([0xFF] + Array("@mail.ru".utf8)) == "localPart")
    #expect(EmailText.normalized(Array("a@".utf8) + [0xC3] + Array(".ru".utf8)) == "domain")
  }

  @Test(
    "octets count, not letters: 32 Cyrillic letters fill a local part", arguments: [31, 32, 33])
  func octets(count: Int) {
    let address = String(repeating: "ж", count: count) + "@example.com"
    #expect(EmailText.normalized(address) == (count <= 32 ? address : "tooLong"))
  }
}
