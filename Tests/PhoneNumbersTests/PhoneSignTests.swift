import Testing

@testable import PhoneNumbers

@Suite("signs in telephone numbers")
struct PhoneSignTests {
  private func sign(_ text: String) -> (sign: PhoneSign, length: Int) {
    let bytes = Array(text.utf8)
    let sign = PhoneSign(bytes[0])
    return sign == .foreign ? PhoneSign.foreign(bytes.span, at: 0) : (sign, 1)
  }

  @Test(
    "what a character means",
    arguments: [
      (" ", .blank), ("\t", .blank), ("\u{A0}", .blank), ("\u{2000}", .blank), ("\u{2007}", .blank),
      ("\u{2009}", .blank), ("\u{200A}", .blank), ("\u{202F}", .blank), ("\u{3000}", .blank),
      ("-", .punctuation), ("(", .punctuation), (")", .punctuation), (".", .punctuation),
      ("~", .punctuation), (":", .punctuation), ("[", .punctuation), ("]", .punctuation),
      ("'", .punctuation), ("\"", .punctuation), ("`", .punctuation), ("\u{AD}", .punctuation),
      ("·", .punctuation), ("«", .punctuation), ("»", .punctuation), ("\u{200B}", .punctuation),
      ("\u{200E}", .punctuation), ("\u{2011}", .punctuation), ("–", .punctuation),
      ("—", .punctuation), ("’", .punctuation), ("\u{202A}", .punctuation), ("−", .punctuation),
      ("\u{2060}", .punctuation), ("\u{FEFF}", .punctuation), ("（", .punctuation),
      ("）", .punctuation), ("－", .punctuation), ("．", .punctuation),
      ("+", .plus), ("＋", .plus),
      (",", .separator), (";", .separator), ("|", .separator), ("\n", .separator),
      ("\r", .separator), ("\u{2028}", .separator), ("\u{2029}", .separator),
      ("/", .slash), ("\\", .slash), ("#", .hash),
      ("a", .letter), ("Z", .letter), ("Ж", .letter), ("ё", .letter), ("ü", .letter),
      ("日", .letter), ("😀", .letter), ("Ａ", .letter),
      ("*", .other), ("!", .other), ("?", .other), ("=", .other), ("_", .other), ("<", .other),
      ("@", .other), ("\u{0}", .other), ("\u{7F}", .other), ("°", .other), ("§", .other),
      ("•", .other), ("…", .other), ("€", .other), ("№", .other), ("™", .other), ("☎", .other),
    ] as [(String, PhoneSign)])
  func meanings(text: String, expected: PhoneSign) { #expect(sign(text).sign == expected) }

  @Test("digits of three scripts beyond ASCII have their values", arguments: 0...9)
  func digits(value: Int) throws {
    for first in [0x30, 0x660, 0x6F0, 0xFF10] {
      let scalar = try #require(Unicode.Scalar(first + value))
      #expect(sign(String(scalar)).sign == .digit(UInt8(value)))
    }
  }

  @Test(
    "the neighbours of those digits are none",
    arguments: [0x2F, 0x3A, 0x65F, 0x66A, 0x6EF, 0x6FA, 0xFF0F, 0xFF1A])
  func noDigits(value: Int) throws {
    let scalar = try #require(Unicode.Scalar(value))
    if case .digit = sign(String(scalar)).sign { Issue.record("U+\(String(value, radix: 16))") }
  }

  @Test("signs that are passed over are passed as a whole")
  func lengths() {
    for text in ["\u{A0}", "\u{2009}", "—", "−", "№", "°", "٣", "３", "\u{FEFF}", "（"] {
      #expect(sign(text).length == text.utf8.count, "\(text)")
    }
  }

  @Test("a character that is cut off does not reach beyond the text")
  func cutOff() {
    for bytes in [[0xC2], [0xE2], [0xE2, 0x80], [0xEF], [0xEF, 0xBC], [0xD9], [0xF0, 0x9F]]
      as [[UInt8]]
    {
      let (sign, length) = PhoneSign.foreign(bytes.span, at: 0)
      // Letters are passed over as words, which look at the bytes themselves.
      #expect(sign == .letter || length <= bytes.count, "\(bytes)")
    }
  }
}

@Suite("words beside telephone numbers")
struct PhoneWordsTests {
  private let words = PhoneWords()

  private func pass(_ text: String) -> (kind: PhoneWords.Kind, rest: String) {
    let bytes = Array(text.utf8)
    var index = 0
    let kind = words.pass(bytes.span, from: &index)
    return (kind, String(decoding: bytes[index...], as: UTF8.self))
  }

  @Test(
    "what a word is for, in any case",
    arguments: [
      ("тел", .label), ("Тел", .label), ("ТЕЛ", .label), ("телефон", .label), ("мобильный", .label),
      ("МОБИЛЬНЫЙ", .label), ("tel", .label), ("TEL", .label), ("WhatsApp", .label), ("т", .label),
      ("доб", .extensionMarker), ("Добавочный", .extensionMarker), ("вн", .extensionMarker),
      ("ВНУТР", .extensionMarker), ("ext", .extensionMarker), ("Extension", .extensionMarker),
      ("x", .extensionMarker), ("X", .extensionMarker), ("х", .extensionMarker),
      ("Х", .extensionMarker),
      ("", .other), ("телеграф", .other), ("телефонистка", .other), ("te", .other),
      ("telx", .other),
      ("xx", .other), ("добро", .other), ("Иван", .other), ("日本", .other), ("ü", .other),
    ] as [(String, PhoneWords.Kind)])
  func kinds(word: String, expected: PhoneWords.Kind) { #expect(pass(word).kind == expected) }

  @Test(
    "a word ends at the first sign that is no letter",
    arguments: [
      ("тел.8", ".8"), ("доб12", "12"), ("ext=5", "=5"), ("моб\u{A0}8", "\u{A0}8"), ("x 1", " 1"),
      ("тел—8", "—8"), ("ab１", "１"), ("日本8", "8"),
    ])
  func ends(text: String, rest: String) { #expect(pass(text).rest == rest) }

  @Test("words longer than eight letters are known by their last eight packed letters alone")
  func longWords() {
    #expect(pass("добавочный").kind == .extensionMarker)
    #expect(pass(String(repeating: "я", count: 100)).rest.isEmpty)
  }
}

@Suite("telephone number values")
struct PhoneNumberValueTests {
  @Test("a problem knows how many digits the text had")
  func problemDigits() {
    #expect(PhoneProblem.noDigits.digitCount == 0)
    #expect(PhoneProblem.tooShort(digits: 3).digitCount == 3)
    #expect(PhoneProblem.tooLong(digits: 20).digitCount == 20)
    #expect(PhoneProblem.unknownCallingCode(digits: 9).digitCount == 9)
    #expect(PhoneProblem.notInUse(digits: 11).digitCount == 11)
  }

  @Test("repairs are apart from each other")
  func repairs() {
    let all: [PhoneRepairs] = [
      .textRemoved, .areaCodeAdded, .callingCodeCorrected, .plusAdded, .lettersRead,
      .spreadsheetForm,
    ]
    #expect(Set(all.map(\.rawValue)).count == all.count)
    #expect(
      all.reduce(into: PhoneRepairs()) { $0.formUnion($1) }.rawValue.nonzeroBitCount == all.count)
  }

  @Test("a number that is not in use, or of no country, is written without groups")
  func ungrouped() {
    for (code, digits) in [(999, "1234567"), (7, "0001234567")] {
      var text: [UInt8] = []
      let number = PhoneNumber(callingCode: code, national: DigitRun(digits.utf8))
      PhoneNumberFormatter(.international).append(number, to: &text)
      #expect(String(decoding: text, as: UTF8.self) == "+\(code) \(digits)")
    }
  }
}
