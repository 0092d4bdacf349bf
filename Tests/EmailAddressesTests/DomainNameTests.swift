import TestSupport
import Testing

@testable import EmailAddresses

@Suite("internationalized domain names")
struct DomainNameTests {
  /// Labels in both forms: RFC 3492 §7.1, the test domains of IANA, and names in use.
  static let labels: [(String, String)] = [
    ("пример", "xn--e1afmkfd"), ("рф", "xn--p1ai"), ("münchen", "xn--mnchen-3ya"),
    ("bücher", "xn--bcher-kva"), ("правительство", "xn--80aealotwbjpid2k"),
    ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
    ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
    ("ひとつ屋根の下2", "xn--2-u9tlzr9756bt3uc0v"), ("испытание", "xn--80akhbyknj4f"),
    ("москва", "xn--80adxhks"), ("дети", "xn--d1acj3b"), ("онлайн", "xn--80asehdb"),
    ("сайт", "xn--80aswg"), ("президент", "xn--d1abbgf6aiiy"), ("測試", "xn--g6w251d"),
    ("测试", "xn--0zwm56d"), ("テスト", "xn--zckzah"), ("테스트", "xn--9t4b11yi5a"),
    ("δοκιμή", "xn--jxalpdlp"), ("परीक्षा", "xn--11b5bs3a9aj6g"), ("españa", "xn--espaa-rta"),
    ("straße", "xn--strae-oqa"), ("faß", "xn--fa-hia"),
  ]

  @Test("Punycode, both ways", arguments: labels)
  func punycode(label: String, encoded: String) {
    let scalars = Array(label.unicodeScalars)
    let tail = Array(encoded.utf8.dropFirst(4))
    #expect(Punycode.encode(scalars) == tail)
    #expect(Punycode.decode(tail) == scalars)
  }

  @Test("random labels come back from Punycode, and random Punycode never crashes")
  func punycodeRoundTrip() {
    var generator = SeededGenerator(seed: 3492)
    for _ in 0..<20_000 {
      let label = (0..<Int.random(in: 1...12, using: &generator)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0x20..<0x11000, using: &generator))
      }
      #expect(Punycode.encode(label).flatMap(Punycode.decode) == label)
      let letters = Array("abcz019-".utf8)
      let text = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &generator)]
      }
      if let decoded = Punycode.decode(text) { #expect(decoded.count <= text.count) }
    }
    #expect(Punycode.decode(Array(repeating: UInt8(ascii: "9"), count: 255)) == nil)
    #expect(Punycode.decode(Array(repeating: UInt8(ascii: "a"), count: 256)) == nil)
  }

  @Test("a domain is written in the form asked for, whatever form it has", arguments: labels)
  func forms(label: String, encoded: String) {
    let ascii = EmailParser(writesASCIIDomains: true)
    let (uForm, aForm) = ("a@\(label).рф", "a@\(encoded).xn--p1ai")
    #expect(EmailText.normalized(uForm) == uForm)
    #expect(EmailText.normalized(aForm) == "~" + uForm)
    #expect(EmailText.normalized(aForm, ascii) == aForm)
    #expect(EmailText.normalized(uForm, ascii) == "~" + aForm)
    #expect(EmailText.normalized(aForm.uppercased().replacing("A@", with: "a@"), ascii) == aForm)
  }

  @Test(
    "characters are mapped as UTS #46 has it, without transitional processing",
    arguments: [
      ("ПРИМЕР.РФ", "пример.рф"), ("Bücher.DE", "~bücher.de"), ("e\u{301}t\u{E9}.fr", "~été.fr"),
      ("straße.de", "straße.de"), ("STRAẞE.de", "straße.de"), ("βόλος.gr", "βόλος.gr"),
      ("ﬁrma.de", "~firma.de"), ("①.com", "~1.com"), ("faß.de", "faß.de"),
      ("\u{212A}.com", "k.com"),
      ("a。b．c｡com", "~a.b.c.com"), ("𝗆𝖺𝗂𝗅.ru", "~mail.ru"), ("ẛ̣.com", "~ṩ.com"),
    ])
  func mapping(domain: String, expected: String) {
    let result = EmailText.normalized("a@" + domain)
    let tilde = expected.hasPrefix("~") ? "~" : ""
    // `Bücher` and capitals alone differ in case only.
    let meant = "a@" + expected.drop { $0 == "~" }
    #expect(result == tilde + meant || (domain == "Bücher.DE" && result == meant))
  }

  @Test(
    "labels that no registry gives away",
    arguments: [
      // Not what the A-label of its U-label is, empty, cut, or not allowed once decoded
      ("xn--a", "internationalLabel"), ("xn--", "domain"), ("xn--99999999", "internationalLabel"),
      ("xn---bbk", "internationalLabel"),
      ("xn--ls8h", "internationalLabel"), ("xn--abc-", "domain"),
      // Hyphens, marks in front, signs
      ("-пример", "domain"), ("пример-", "domain"), ("пр--имер", "domain"),
      ("a\u{2665}b", "internationalLabel"), ("a\u{2024}b", "domain"), ("⒈a", "domain"),
      // Contextual rules: l·l alone, Katakana's dot beside Japanese alone, one kind of digits
      ("a·b", "internationalLabel"), ("a・b", "internationalLabel"), ("ب٠۰", "internationalLabel"),
      ("͵a", "internationalLabel"), ("a׳", "internationalLabel"),
      // The Bidi Rule
      ("אa", "internationalLabel"), ("1א", "internationalLabel"), ("א1٠", "internationalLabel"),
      ("א-", "domain"),
    ])
  func invalidLabels(label: String, expected: String) {
    #expect(EmailText.normalized("a@" + label + ".com") == expected)
  }

  @Test(
    "labels that a rule allows in their place",
    arguments: ["l·l", "ア・イ", "א׳", "אב1", "ب٠", "ب۰", "नमस्ते", "ไทย"])
  func validLabels(label: String) {
    #expect(EmailText.normalized("a@\(label).ישראל.com") == "a@\(label).ישראל.com")
    // It begins with a neutral sign, so no label from right to left may stand beside it.
    #expect(EmailText.normalized("a@͵α.com") == "a@͵α.com")
  }

  @Test("beside a label from right to left, the Bidi Rule holds for all")
  func bidiDomain() {
    #expect(EmailText.normalized("a@1.אב.com") == "internationalLabel")
    #expect(EmailText.normalized("a@1.xn--4dbc.com") == "internationalLabel")
    #expect(EmailText.normalized("a@b1.אב.com") == "a@b1.אב.com")
    #expect(EmailText.normalized("a@1.пример.рф") == "a@1.пример.рф")
  }

  @Test("joiners are left out as invisible, and refused by the standards alone")
  func joiners() {
    #expect(EmailText.normalized("a@न\u{200D}म.com") == "~a@नम.com")
    #expect(EmailText.validated("a@न\u{200D}म.com") == "domain")
  }

  @Test("a label counts as its A-label")
  func encodedLength() {
    // One letter again and again costs one digit each but for the first (RFC 3492 §6.3).
    for (count, isValid) in [(50, true), (70, false), (200, false)] {
      let address = "a@" + String(repeating: "п", count: count) + ".рф"
      #expect(EmailText.normalized(address) == (isValid ? address : "tooLong"), "\(count)")
    }
  }

  @Test(
    "a top-level domain alone takes mail only where it is known to",
    arguments: [
      ("a@io", "a@io"), ("a@UA", "a@ua"), ("a@ru", "dotlessDomain"), ("a@com", "dotlessDomain"),
      ("a@рф", "dotlessDomain"), ("a@localhost", "dotlessDomain"),
    ])
  func dotless(address: String, expected: String) {
    #expect(EmailText.normalized(address) == expected)
  }
}

@Suite("Normalization Form C")
struct NormalizationFormCTests {
  @Test(
    "composition, order of marks, Hangul, and what stays apart",
    arguments: [
      // UAX #15, figures 3 to 5, and the algorithm's corners
      ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("s\u{323}\u{307}", "\u{1E69}"),
      ("s\u{307}\u{323}", "\u{1E69}"), ("\u{1E0B}\u{323}", "\u{1E0D}\u{307}"),
      ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"), ("\u{AC00}\u{11A8}", "\u{AC01}"),
      ("\u{915}\u{93C}", "\u{915}\u{93C}"), ("\u{958}", "\u{915}\u{93C}"), ("\u{FB01}", "\u{FB01}"),
      ("\u{344}", "\u{308}\u{301}"), ("и\u{306}", "й"), ("е\u{308}", "ё"), ("\u{37E}", ";"),
      ("a\u{315}\u{300}\u{5AE}\u{300}b", "\u{E0}\u{5AE}\u{300}\u{315}b"), ("иван", "иван"),
      ("\u{1100}\u{AC00}", "\u{1100}\u{AC00}"), ("\u{301}e", "\u{301}e"), ("", ""),
    ])
  func forms(text: String, expected: String) {
    let normalized = NormalizationFormC.normalize(Array(text.unicodeScalars))
    #expect(normalized == Array(expected.unicodeScalars))
    #expect(NormalizationFormC.normalize(normalized) == normalized)
  }

  @Test("a local part is written in Normalization Form C, and checked in it")
  func localParts() {
    // Strings compare equal in either form; their octets do not.
    let decomposed = EmailText.normalized("e\u{301}va@example.com")
    #expect(decomposed.utf8.elementsEqual("~\u{E9}va@example.com".utf8))
    let composed = EmailText.normalized("\u{E9}va@example.com")
    #expect(composed.utf8.elementsEqual("\u{E9}va@example.com".utf8))
    #expect(EmailText.normalized("a\u{37E}b@example.com") == "localPart")
  }
}
