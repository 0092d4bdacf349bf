import TestSupport
import Testing

@testable import EmailAddresses

@Suite("e-mail addresses")
struct EmailParserTests {
  /// The canonical form, with `~` before it if something was repaired; a problem's name otherwise.
  private func normalized(_ text: String) -> String { normalized(Array(text.utf8)) }

  private func normalized(_ bytes: [UInt8]) -> String {
    var output = Array("kept".utf8)
    let result = EmailParser.normalize(bytes.span, into: &output)
    #expect(output.starts(with: "kept".utf8))
    let text = String(decoding: output.dropFirst(4), as: UTF8.self)
    switch result {
    case .valid: return text
    case .repaired: return "~" + text
    case .problem(let problem):
      #expect(text.isEmpty, "nothing is appended for a problem")
      return "\(problem)"
    }
  }

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
      ("1@2.example", "1@2.example"), ("a@xn--e1afmkfd.xn--p1ai", "a@xn--e1afmkfd.xn--p1ai"),
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
      ("a@b@mail.ru", "localPart"), (".ivan@mail.ru", "localPart"), ("ivan.@mail.ru", "localPart"),
      ("ivan..petrov@mail.ru", "localPart"), ("a b@mail.ru", "localPart"),
      ("\"a b\"@mail.ru", "localPart"), ("a,b@mail.ru", "localPart"), ("a(b)@mail.ru", "localPart"),
      ("petrov@mail", "domain"), ("ivan@-mail.ru", "domain"), ("ivan@mail-.ru", "domain"),
      ("ivan@mail..ru", "domain"), ("ivan@.mail.ru", "domain"), ("info@mail_ru.ru", "domain"),
      ("ivan@mail.r", "domain"), ("ivan@127.0.0.1", "domain"), ("ivan@[127.0.0.1]", "domain"),
      ("ivan@mail.ru-", "domain"), ("ivan@mail ru.ru", "domain"), ("ivan@почта", "domain"),
      ("ivan@-почта.рф", "domain"), ("ivan@почта..рф", "domain"), ("иван.@почта.рф", "localPart"),
      ("ivan@mail.12", "domain"), ("ivan@почта.р", "domain"),
    ])
  func refused(text: String, expected: String) { #expect(normalized(text) == expected) }

  @Test(
    "Cyrillic letters among Latin ones are a slip",
    arguments: [
      "ivan@mаil.ru", "ivаn@mail.ru", "сора@mail.ru", "ivan@mail.ruс", "іvan@mail.ru",
      "аivan@пример.рф", "ivan@exαmple.com",
    ])
  func lookAlikes(text: String) { #expect(normalized(text) == "lookAlikeLetters") }

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

  @Test(
    "labels are counted as the A-labels they travel as",
    arguments: [
      // RFC 3492 §7.1 and names in use; the A-label without its `xn--` where the RFC gives it so
      ("пример", "xn--e1afmkfd"), ("рф", "xn--p1ai"), ("münchen", "xn--mnchen-3ya"),
      ("bücher", "xn--bcher-kva"), ("правительство", "xn--80aealotwbjpid2k"),
      ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
      ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
      ("ひとつ屋根の下2", "xn--2-u9tlzr9756bt3uc0v"), ("example", "example"),
    ])
  func punycode(label: String, encoded: String) {
    #expect(Punycode.labelLength(of: Array(label.unicodeScalars)) == encoded.utf8.count)
  }

  @Test("normalizing twice is normalizing once")
  func idempotent() {
    for text in [
      "Ivan@Example.COM", "mailto:Ivan@ПРИМЕР.рф", "<a@b.ru>", "a@xn--P1AI.ru", "İ@İi.com",
    ] {
      let once = normalized(text).replacing("~", with: "", maxReplacements: 1)
      #expect(normalized(once) == once, "\(text)")
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
      let range = 0..<bytes.count
      let fastResult = EmailParser.normalizeASCII(bytes.span, in: range, into: &fast)
      let slowResult = EmailParser.normalizeUnicode(bytes.span, in: range, into: &slow)
      #expect(fastResult == slowResult, "\(String(decoding: bytes, as: UTF8.self))")
      if slowResult == .valid {
        valid += 1
        #expect(fast == slow)
      }
    }
    #expect(valid > 100)
  }

  @Test("no bytes make the parser crash")
  func arbitraryBytes() {
    var generator = SeededGenerator(seed: 6531)
    let alphabet = Array("@.иаÜ\u{A0}mailto:<>xn--ru".utf8)
    for _ in 0..<30_000 {
      let length = Int.random(in: 0..<24, using: &generator)
      let bytes = (0..<length).map { _ in
        Bool.random(using: &generator)
          ? alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
          : UInt8.random(in: 0...255, using: &generator)
      }
      _ = normalized(bytes)
    }
  }
}
