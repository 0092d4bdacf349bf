import TestSupport
import Testing

@testable import EmailAddresses

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
      // A comma between labels is a dot.
      let refusal = character == "," ? "~a@xx.yy.com" : "domain"
      #expect(
        EmailText.normalized(address) == (isAllowed ? address.lowercased() : refusal), "\(value)")
    }
  }

  @Test(
    "the byte tables say the same", arguments: UInt8(0)...0xFF)
  func bytes(byte: UInt8) {
    let scalar = UnicodeScalar(byte)
    let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    let isDigit = (0x30...0x39).contains(byte)
    #expect(EmailByte.isLetter(byte) == isLetter)
    #expect(EmailByte.isLetterOrDigit(byte) == (isLetter || isDigit))
    #expect(
      EmailByte.isAtomText(byte)
        == (isLetter || isDigit || (byte < 0x80 && Self.atext.unicodeScalars.contains(scalar))))
  }

  @Test(
    "dots stand between atoms only",
    arguments: [
      ("a.b@example.com", true), ("a.b.c.d@example.com", true),
      ("a.@example.com", false), ("a..b@example.com", false), (".@example.com", false),
      ("..@example.com", false), ("-.-@example.com", true), ("a.-.b@example.com", true),
    ])
  func dots(address: String, isValid: Bool) {
    #expect(EmailText.normalized(address) == (isValid ? address : "localPart"))
  }

  @Test(
    "labels neither begin nor end with a hyphen, and none is empty",
    arguments: [
      ("b-c.de", true), ("b--c.de", true), ("b---c.de", false), ("bb--c.de", false), ("1.de", true),
      ("1-2.3-4.de", true), ("b.c.d.e.f.g.de", true), ("b.2d", true), ("b.d", true),
      ("-b.de", false), ("b-.de", false), ("-.de", false), ("b.-de", false), ("b.de-", false),
      ("b.22", false), ("b.d2", false), ("b_c.de", false), ("b.de/x", false), ("b.de:25", false),
      ("1.2.3.4", false), ("b de.ru", false), ("", false),
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
    #expect(EmailText.normalized("\(long)@mail") == "dotlessDomain")
    #expect(EmailText.normalized("a b@mail") == "localPart")
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
