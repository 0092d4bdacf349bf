import Testing

@testable import EmailAddresses

@Suite("e-mails on the quick path")
struct QuickPathTests {
  /// What one path makes of a text.
  private struct Answer: Equatable, CustomStringConvertible {
    var result: EmailResult
    var output: [UInt8] = Array("kept".utf8)

    init(_ read: (inout [UInt8]) -> EmailResult) { result = read(&output) }

    var description: String { "\(result) \(String(decoding: output, as: UTF8.self))" }
  }

  private func record(_ text: [UInt8], _ quick: Answer, _ slow: Answer) {
    let shown = String(decoding: text, as: UTF8.self).debugDescription
    Issue.record("\(shown): \(quick), slowly \(slow)")
  }

  @Test("40,000 texts become what the slow path makes of them", arguments: UInt64(1)...8)
  func agrees(seed: UInt64) {
    var texts = EmailTexts(seed: seed)
    var (normalized, validated) = (0, 0)
    for _ in 0..<5_000 {
      let text = texts.next()
      let parser = EmailParser(writesASCIIDomains: texts.flip(), correctsTypos: texts.flip())
      var output: [UInt8] = []
      let isPlain = EmailParser.appendASCII(text.span, to: &output) != nil
      if isPlain || parser.normalizeQuickly(text.span, into: &output) != nil {
        normalized += 1
        let quick = Answer { parser.normalize(text.span, into: &$0) }
        let slow = Answer { parser.normalizeSlowly(text.span, into: &$0) }
        if quick != slow { record(text, quick, slow) }
      }
      if isPlain || parser.validateQuickly(text.span, into: &output) != nil {
        validated += 1
        let quick = Answer { parser.validate(text.span, into: &$0) }
        let slow = Answer { parser.validateSlowly(text.span, into: &$0) }
        if quick != slow { record(text, quick, slow) }
      }
    }
    // A quick path that answers nothing would agree with everything.
    #expect(normalized > 1200 && validated > 1200)
  }

  @Test("what the quick path cannot tell leaves the output as it was")
  func leavesOutput() {
    var texts = EmailTexts(seed: 9)
    for _ in 0..<5000 {
      let text = texts.next()
      let parser = EmailParser(writesASCIIDomains: texts.flip())
      var output = Array("kept".utf8)
      switch parser.normalizeQuickly(text.span, into: &output) {
      case .address: continue
      case .problem, nil: #expect(output == Array("kept".utf8))
      }
    }
  }

  @Test(
    "common texts take the quick path",
    arguments: [
      "ivan@почта.рф", "Anna@ПРИМЕР.РФ", "a@компания-пермь.рф", "a@bücher.example.com",
      "jürgen@perm.ru", " ivan@mail.ru ", "<ivan@почта.рф>", "mailto:ivan@mail.ru", "ivan@mail.ru.",
      "ivan@mail..ru", "ivan@mail,ru", "ivan@@mail.ru", "@mail.ru", "ivan@", "нет", "не указан",
      "ivan@-mail.ru", "ivan@mail", "a b@mail.ru", "info@mail_ru.ru",
    ])
  func common(text: String) {
    var output: [UInt8] = []
    let bytes = Array(text.utf8)
    #expect(EmailParser().normalizeQuickly(bytes.span, into: &output) != nil)
    #expect(
      EmailParser(writesASCIIDomains: true).normalizeQuickly(bytes.span, into: &output) != nil)
  }

  @Test("a label of 14 letters below U+0800 is never too long as an A-label")
  func labelOctets() {
    var texts = EmailTexts(seed: 1)
    var longest = 0
    for _ in 0..<20_000 {
      longest = max(longest, Punycode.encode(texts.letters(14))?.count ?? .max)
    }
    #expect(longest > 30 && longest <= 59)
  }
}
