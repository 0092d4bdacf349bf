import TestSupport
import Testing

@testable import EmailAddresses

@Suite("e-mail addresses")
struct EmailParserTests {
  private func normalized(_ text: String) -> String { EmailText.normalized(text) }

  @Test(
    "valid addresses keep their local part and lower their domain",
    arguments: [
      ("ivan@example.com", "ivan@example.com"),
      ("Ivan.Petrov@Example.COM", "Ivan.Petrov@example.com"),
      ("i@ya.ru", "i@ya.ru"), ("a+b@mail.example.co.uk", "a+b@mail.example.co.uk"),
      // RFC 3696 §3, with the errata
      ("user+mailbox@example.com", "user+mailbox@example.com"),
      ("customer/department=shipping@example.com", "customer/department=shipping@example.com"),
      ("$A12345@example.com", "$A12345@example.com"),
      ("!def!xyz%abc@example.com", "!def!xyz%abc@example.com"),
      ("_somename@example.com", "_somename@example.com"),
      ("1@2.su", "1@2.su"), ("a@xn--e1afmkfd.xn--p1ai", "~a@пример.рф"), ("a@b.d", "a@b.d"),
      ("a-@b-c.de", "a-@b-c.de"), ("-a@b.de", "-a@b.de"),
    ])
  func valid(text: String, expected: String) { #expect(normalized(text) == expected) }

  @Test(
    "letters beyond ASCII are taken as names of their own",
    arguments: [
      ("info@пример.рф", "info@пример.рф"), ("Info@ПРИМЕР.РФ", "Info@пример.рф"),
      ("иван@пример.рф", "иван@пример.рф"), ("a@MÜNCHEN.de", "a@münchen.de"),
      ("jürgen@bücher.example.com", "jürgen@bücher.example.com"),
      ("info@компания-пермь.рф", "info@компания-пермь.рф"), ("иван@mail.ru", "иван@mail.ru"),
      ("a@例え.jp", "a@例え.jp"), ("a@почта.com", "a@почта.com"),
    ])
  func international(text: String, expected: String) { #expect(normalized(text) == expected) }

  @Test(
    "what stands beside an address is taken away, and that is said",
    arguments: [
      " ivan@example.com ", "mailto:ivan@example.com", "MAILTO: ivan@example.com",
      "<ivan@example.com>", "ivan@example.com.", "ivan@example.com,", "ivan@example.com;",
      "\u{A0}ivan@example.com\u{A0}", "\u{FEFF}ivan@example.com", "<mailto:ivan@example.com>;",
      "ivan@example.com\r\n", "\u{200B}ivan@example.com ..",
    ])
  func repaired(text: String) { #expect(normalized(text) == "~ivan@example.com") }

  @Test(
    "what is not an address, and why",
    arguments: [
      ("", "noAt"), ("ivan", "noAt"), ("ivanov mail.ru", "noAt"), ("@", "localPart"),
      ("@mail.ru", "localPart"), ("ivanov@", "domain"), ("ivanov@@mail.ru", "localPart"),
      ("a@b@mail.ru", "localPart"), ("ivan.@mail.ru", "localPart"),
      ("ivan..petrov@mail.ru", "localPart"), ("a b@mail.ru", "localPart"),
      ("\"a b\"@mail.ru", "quotedLocalPart"), ("a,b@mail.ru", "localPart"),
      ("a(b)@mail.ru", "localPart"), ("petrov@mail", "dotlessDomain"), ("ivan@-mail.ru", "domain"),
      ("ivan@mail-.ru", "domain"), ("info@mail_ru.ru", "domain"), ("ivan@127.0.0.1", "domain"),
      ("ivan@[127.0.0.1]", "addressLiteral"), ("ivan@mail.ru-", "domain"),
      ("ivan@mail ru.ru", "domain"), ("ivan@почта", "dotlessDomain"), ("ivan@-почта.рф", "domain"),
      ("иван.@почта.рф", "localPart"), ("ivan@mail.12", "domain"), ("ivan@ab--cd.ru", "domain"),
      ("ivan@xn--.ru", "domain"), ("ivan@xn--a.ru", "internationalLabel"),
    ])
  func refused(text: String, expected: String) { #expect(normalized(text) == expected) }

  @Test("the limits of RFC 5321 §4.5.3.1 and RFC 3696 errata 1690, to the octet")
  func limits() {
    func repeated(_ letter: String, _ count: Int) -> String {
      String(repeating: letter, count: count)
    }
    #expect(normalized(repeated("a", 64) + "@mail.ru").hasSuffix("@mail.ru"))
    #expect(normalized(repeated("a", 65) + "@mail.ru") == "tooLong")
    #expect(normalized("a@" + repeated("b", 63) + ".ru").hasSuffix(".ru"))
    #expect(normalized("a@" + repeated("b", 64) + ".ru") == "tooLong")
    #expect(normalized("a@b." + repeated("c", 63)).hasSuffix("c"))
    #expect(normalized("a@b." + repeated("c", 64)) == "tooLong")
    let labels = repeated(repeated("b", 63) + ".", 3)
    #expect(normalized("a@" + labels + repeated("c", 60)).count == 254)
    #expect(normalized("a@" + labels + repeated("c", 61)) == "tooLong")
    #expect(normalized("ab@" + labels + repeated("c", 60)) == "tooLong")
    // 32 letters of two octets each
    #expect(normalized(repeated("я", 32) + "@пример.рф").hasSuffix("рф"))
    #expect(normalized(repeated("я", 33) + "@пример.рф") == "tooLong")
  }

  @Test("normalizing twice is normalizing once")
  func idempotent() {
    let parsers = [
      EmailParser(), EmailParser(writesASCIIDomains: true, correctsTypos: true),
    ]
    for text in [
      "Ivan@Example.COM", "mailto:Ivan@ПРИМЕР.рф", "<a@b.ru>", "a@xn--P1AI.ru", "İ@İi.com",
      "e\u{301}@e\u{301}.fr", "a@ﬁrma.de", "iv\u{430}n@gmial.com", "ｉｖａｎ＠ｍａｉｌ．ｒｕ",
      "ivan @ mail , ru", "ivan (at) mail (dot) ru", "a@straße.de", "a@ΣΊΣΥΦΟΣ.gr",
    ] {
      for parser in parsers {
        let once = EmailText.normalized(text, parser)
        let address = String(once.drop { "~!=?".contains($0) })
        let twice = EmailText.normalized(address, parser)
        #expect(twice.utf8.elementsEqual(address.utf8) || twice == "?" + address, "\(text)")
      }
    }
  }

  @Test("the fast path and its slow twin agree on ASCII")
  func fastEqualsSlow() {
    var generator = SeededGenerator(seed: 5321)
    let alphabet = Array("aaBz09.-@_ ru".utf8)
    var valid = 0
    for _ in 0..<100_000 {
      let length = Int.random(in: 0..<14, using: &generator)
      let bytes = (0..<length).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      var fast: [UInt8] = []
      var slow: [UInt8] = []
      let domain = EmailParser.appendASCII(bytes.span, to: &fast)
      let scalars = bytes.map { Unicode.Scalar($0) }
      let text = String(decoding: bytes, as: UTF8.self)
      switch EmailAddress.read(scalars) {
      case .failure:
        #expect(domain == nil && fast.isEmpty, "\(text)")
      case .success(let address):
        valid += 1
        // Top-level domains alone are the slow twin's.
        guard address.domain.ascii.contains(UInt8(ascii: ".")) else { continue }
        address.append(to: &slow, asASCII: false)
        let at = scalars.lastIndex(of: "@").map { $0 + 1 }
        #expect(fast == slow && domain == at, "\(text)")
      }
    }
    #expect(valid > 100)
  }

  @Test("no bytes make the parser crash, and what comes out is valid and stays as it is")
  func arbitraryBytes() {
    var generator = SeededGenerator(seed: 6531)
    let alphabet = Array("@.иаÜ\u{A0}mailto:<>xn--ru(at)\",\u{301}".utf8)
    for _ in 0..<30_000 {
      let length = Int.random(in: 0..<24, using: &generator)
      let bytes = (0..<length).map { _ in
        Int.random(in: 0..<8, using: &generator) > 0
          ? alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
          : UInt8.random(in: 0...255, using: &generator)
      }
      var output: [UInt8] = []
      guard case .address = EmailParser().normalize(bytes.span, into: &output) else {
        #expect(output.isEmpty)
        continue
      }
      var again: [UInt8] = []
      let second = EmailParser().normalize(output.span, into: &again)
      #expect(again == output, "\(bytes)")
      if case .address(let remarks) = second {
        #expect(remarks.isDisjoint(with: [.tidied, .rewritten, .lookAlikesReplaced]))
      }
    }
  }

  @Test("long texts take time in proportion to their length", .timeLimit(.minutes(20)))
  func longTexts() {
    for piece in [
      "a", "@", ".", "a.", "я", "e\u{301}", "\u{301}\u{323}", "<", "\"", " ", "xn--", "%41",
    ] {
      let text = String(repeating: piece, count: 20_000)
      for whole in [text, text + "@mail.ru", "a@" + text, "mailto:a@" + text + ".ru"] {
        #expect(EmailText.normalized(whole).count < 20)
      }
    }
  }
}
