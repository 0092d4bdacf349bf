import TestSupport
import Testing

@testable import EmailAddresses

/// What e-mail addresses become, as text.
enum EmailText {
  /// The canonical form, with `~` before it if something was repaired; a problem's name otherwise.
  static func normalized(_ text: String) -> String {
    var output: [UInt8] = []
    let result = EmailParser.normalize(Array(text.utf8).span, into: &output)
    let address = String(decoding: output, as: UTF8.self)
    return switch result {
    case .valid: address
    case .repaired: "~" + address
    case .problem(let problem): address.isEmpty ? "\(problem)" : "\(problem), yet \(address)"
    }
  }
}

@Suite("the rules of e-mail addresses")
struct EmailRulesTests {
  /// RFC 5322 §3.2.3: what `atext` has beside letters and digits.
  static let atext = "!#$%&'*+-/=?^_`{|}~"

  @Test("every ASCII character is allowed in a local part exactly where RFC 5322 has it in atext")
  func localCharacters() throws {
    for value in UInt8(0)...0x7F where value != UInt8(ascii: "@") {
      let character = String(UnicodeScalar(value))
      let isAllowed =
        character.contains { $0.isLetter || $0.isNumber } || Self.atext.contains(character)
      let address = "a\(character)b@example.com"
      let isDot = value == UInt8(ascii: ".")
      #expect(
        EmailText.normalized(address) == (isAllowed || isDot ? address : "localPart"), "\(value)")
    }
  }

  @Test("every ASCII character is allowed in a domain exactly where it is letter, digit, hyphen")
  func domainCharacters() {
    for value in UInt8(0)...0x7F where value != UInt8(ascii: "@") {
      let character = String(UnicodeScalar(value))
      let isAllowed =
        character.contains { $0.isLetter || $0.isNumber } || [".", "-"].contains(character)
      let address = "a@xx\(character)yy.com"
      #expect(
        EmailText.normalized(address) == (isAllowed ? address.lowercased() : "domain"), "\(value)")
    }
  }

  @Test(
    "the byte tables say the same", arguments: UInt8(0)...0xFF)
  func bytes(byte: UInt8) {
    let scalar = UnicodeScalar(byte)
    let expected: EmailByte =
      switch byte {
      case 0x80...: .foreign
      case 0x30...0x39: .digit
      case 0x41...0x5A, 0x61...0x7A: .letter
      default: scalar == "." || Self.atext.unicodeScalars.contains(scalar) ? .atom : .none
      }
    #expect(EmailByte(byte) == expected)
  }

  @Test(
    "dots stand between atoms only",
    arguments: [
      ("a.b@example.com", true), ("a.b.c.d@example.com", true), (".a@example.com", false),
      ("a.@example.com", false), ("a..b@example.com", false), (".@example.com", false),
      ("..@example.com", false), ("-.-@example.com", true), ("a.-.b@example.com", true),
    ])
  func dots(address: String, isValid: Bool) {
    #expect(EmailText.normalized(address) == (isValid ? address : "localPart"))
  }

  @Test(
    "labels neither begin nor end with a hyphen, and none is empty",
    arguments: [
      ("b-c.de", true), ("b--c.de", true), ("xn--80ak6aa92e.com", true), ("1.de", true),
      ("1-2.3-4.de", true), ("b.c.d.e.f.g.de", true), ("b.d2", true), ("b.2d", true),
      ("-b.de", false), ("b-.de", false), ("-.de", false), ("b.-de", false), ("b.de-", false),
      ("b..de", false), (".b.de", false), ("de", false), ("b.d", false), ("b.22", false),
      ("b_c.de", false), ("b.de/x", false), ("b.de:25", false), ("[1.2.3.4]", false),
      ("[IPv6:::1]", false), ("1.2.3.4", false), ("b,de", false), ("b de.ru", false), ("", false),
    ])
  func labels(domain: String, isValid: Bool) {
    #expect(EmailText.normalized("a@" + domain) == (isValid ? "a@" + domain : "domain"))
  }

  @Test("a label has at most 63 octets, wherever it stands", arguments: 0..<3)
  func labelLength(place: Int) {
    for (length, isValid) in [(62, true), (63, true), (64, false), (65, false)] {
      var labels = ["bb", "cc", "dd"]
      labels[place] = String(repeating: "x", count: length)
      let address = "a@" + labels.joined(separator: ".")
      #expect(EmailText.normalized(address) == (isValid ? address : "tooLong"), "\(length)")
    }
  }

  @Test("a local part has at most 64 octets", arguments: [1, 2, 63, 64, 65, 66, 128])
  func localLength(length: Int) {
    let address = String(repeating: "a", count: length) + "@example.com"
    #expect(EmailText.normalized(address) == (length <= 64 ? address : "tooLong"))
  }

  @Test("an address has at most 254 octets", arguments: [250, 253, 254, 255, 256, 300])
  func wholeLength(length: Int) {
    let domain = ".example" + String(repeating: ".abcdefghi", count: 30)
    let local = String(repeating: "a", count: 60)
    let address = local + "@" + "b" + domain.prefix(length - local.count - 2)
    #expect(address.utf8.count == length)
    #expect(EmailText.normalized(address) == (length <= 254 ? address : "tooLong"))
  }

  @Test("what is too long is said before nothing else is wrong, not after")
  func firstProblem() {
    let long = String(repeating: "a", count: 65)
    #expect(EmailText.normalized("\(long).@example.com") == "localPart")
    #expect(EmailText.normalized("\(long)@example") == "domain")
    #expect(EmailText.normalized("a b@example") == "localPart")
    #expect(EmailText.normalized("@") == "localPart")
    #expect(EmailText.normalized(" ") == "noAt")
  }

  @Test("capitals of the domain become small, those of the local part stay")
  func capitals() {
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
      let small = letter.lowercased()
      #expect(EmailText.normalized("\(letter)@x\(letter)x.com") == "\(letter)@x\(small)x.com")
    }
    #expect(EmailText.normalized("ИВАН@ЁЖИК.РФ") == "ИВАН@ёжик.рф")
    #expect(EmailText.normalized("a@ÀÉÎ.fr") == "a@àéî.fr")
  }
}

@Suite("repairs of e-mail addresses")
struct EmailRepairTests {
  @Test(
    "what stands before an address",
    arguments: [
      " ", "\t", "\n", "\r\n", "\u{A0}", "\u{200B}", "\u{FEFF}", "mailto:", "MailTo:", "<",
    ],
    ["", " ", "\u{A0}", "\u{200B}"])
  func before(first: String, second: String) {
    #expect(EmailText.normalized(first + second + "a@b.ru") == "~a@b.ru")
    // The slow path has the same repairs.
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
    "what is no repair's to take away",
    arguments: [
      ("a@b.ru>", "domain"), ("(a@b.ru)", "localPart"), ("\"a@b.ru\"", "localPart"),
      ("'a@b.ru'", "domain"), ("http://a@b.ru", "localPart"), ("mailto:mailto:a@b.ru", "localPart"),
      ("<<a@b.ru>>", "localPart"), ("a@b.ru!", "domain"), ("a@b.ru/", "domain"),
      (".a@b.ru", "localPart"), (",a@b.ru", "localPart"), ("mailto:", "noAt"), ("<>", "noAt"),
      ("mailto@", "domain"), ("a@b.ru c@d.ru", "localPart"), ("Ivan <a@b.ru>", "localPart"),
    ])
  func beyondRepair(text: String, expected: String) {
    #expect(EmailText.normalized(text) == expected)
  }

  @Test("a repaired address is still judged")
  func repairedAndWrong() {
    #expect(EmailText.normalized(" a@b ") == "domain")
    #expect(EmailText.normalized("<a..b@c.ru>") == "localPart")
    #expect(EmailText.normalized("mailto:ivan@mаil.ru") == "lookAlikeLetters")
    #expect(EmailText.normalized(" \(String(repeating: "a", count: 65))@b.ru") == "tooLong")
  }

  @Test("mailto without its colon is a name like any other")
  func mailtoAsName() {
    #expect(EmailText.normalized("mailto@b.ru") == "mailto@b.ru")
    #expect(EmailText.normalized("mailto.a@b.ru") == "mailto.a@b.ru")
  }
}

@Suite("letters of other alphabets in e-mail addresses")
struct EmailAlphabetTests {
  /// Cyrillic letters that look like Latin ones, and the Latin ones.
  static let twins: [(String, String)] = [
    ("а", "a"), ("е", "e"), ("о", "o"), ("р", "p"), ("с", "c"), ("у", "y"), ("х", "x"), ("і", "i"),
    ("ј", "j"), ("ѕ", "s"), ("А", "A"), ("В", "B"), ("Е", "E"), ("К", "K"), ("М", "M"), ("Н", "H"),
    ("О", "O"), ("Р", "P"), ("С", "C"), ("Т", "T"), ("Х", "X"), ("У", "Y"),
  ]

  @Test("one Cyrillic letter among Latin ones is a slip, in either part", arguments: twins)
  func twin(cyrillic: String, latin: String) {
    for (slip, meant) in [
      ("iv\(cyrillic)n@mail.ru", "iv\(latin)n@mail.ru"),
      ("\(cyrillic)ivan@mail.ru", "\(latin)ivan@mail.ru"),
      ("ivan@m\(cyrillic)il.ru", "ivan@m\(latin.lowercased())il.ru"),
      ("ivan@mail.r\(cyrillic)", "ivan@mail.r\(latin.lowercased())"),
    ] {
      #expect(EmailText.normalized(slip) == "lookAlikeLetters", "\(slip)")
      #expect(EmailText.normalized(meant) == meant)
    }
  }

  @Test("a local part of look-alikes alone is a slip before an ASCII domain only", arguments: twins)
  func twinsAlone(cyrillic: String, latin: String) {
    #expect(EmailText.normalized("\(cyrillic)\(cyrillic)@mail.ru") == "lookAlikeLetters")
    #expect(EmailText.normalized("\(cyrillic)1@mail.ru") == "lookAlikeLetters")
    #expect(EmailText.normalized("\(cyrillic)\(cyrillic)@пример.рф").hasSuffix("@пример.рф"))
    #expect(EmailText.normalized("\(cyrillic)ж@mail.ru").hasSuffix("@mail.ru"))
  }

  @Test(
    "each part may have an alphabet of its own",
    arguments: [
      "ivan@пример.рф", "иван@example.com", "ivan@почта.example.com", "иван-1@пример.рф",
      "δοκιμή@example.com", "a@παράδειγμα.gr", "用户@例子.公司", "दोस्त@example.com", "a@مثال.com",
      "jürgen@example.com", "a@bücher.de", "ё@example.com", "œuvre@example.com",
    ])
  func alphabets(address: String) { #expect(EmailText.normalized(address) == address) }

  @Test(
    "Greek among Latin letters is a slip too",
    arguments: ["οivan@mail.ru", "ivan@mαil.ru", "ivan@mail.ρu", "iνan@mail.ru"])
  func greek(address: String) { #expect(EmailText.normalized(address) == "lookAlikeLetters") }

  @Test(
    "signs that are no letters are refused where they stand",
    arguments: [
      ("a😀@example.com", "localPart"), ("a@😀.com", "domain"),
      ("a\u{2014}b@example.com", "localPart"),
      ("a@b\u{2014}c.com", "domain"), ("a№@example.com", "localPart"),
      ("a\u{A0}b@example.com", "localPart"),
      ("a@b\u{3000}c.com", "domain"), ("a@b。com", "domain"), ("a＠example.com", "noAt"),
    ])
  func noLetters(address: String, expected: String) {
    #expect(EmailText.normalized(address) == expected)
  }

  @Test(
    "octets count, not letters: 32 Cyrillic letters fill a local part", arguments: [31, 32, 33])
  func octets(count: Int) {
    let address = String(repeating: "ж", count: count) + "@example.com"
    #expect(EmailText.normalized(address) == (count <= 32 ? address : "tooLong"))
  }

  @Test("a label is counted as its A-label")
  func encodedLength() {
    // One letter again and again costs one digit each but for the first (RFC 3492 §6.3).
    for (count, isValid) in [(50, true), (70, false), (200, false)] {
      let address = "a@" + String(repeating: "п", count: count) + ".рф"
      #expect(EmailText.normalized(address) == (isValid ? address : "tooLong"), "\(count)")
    }
  }

  @Test(
    "A-label lengths of names in use",
    arguments: [
      // Registered names and the labels of RFC 3492 §7.1 and the IANA test domains
      ("испытание", "xn--80akhbyknj4f"), ("москва", "xn--80adxhks"), ("дети", "xn--d1acj3b"),
      ("онлайн", "xn--80asehdb"), ("сайт", "xn--80aswg"), ("президент", "xn--d1abbgf6aiiy"),
      ("測試", "xn--g6w251d"), ("测试", "xn--0zwm56d"), ("テスト", "xn--zckzah"),
      ("테스트", "xn--9t4b11yi5a"), ("δοκιμή", "xn--jxalpdlp"), ("परीक्षा", "xn--11b5bs3a9aj6g"),
      ("españa", "xn--espaa-rta"), ("straße", "xn--strae-oqa"), ("faß", "xn--fa-hia"),
      ("a", "a"), ("", ""),
    ])
  func aLabels(label: String, encoded: String) {
    #expect(Punycode.labelLength(of: Array(label.unicodeScalars)) == encoded.utf8.count)
  }
}
