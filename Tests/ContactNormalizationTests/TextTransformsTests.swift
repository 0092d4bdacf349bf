import ContactModel
import TestSupport
import Testing

@testable import ContactNormalization

@Suite("TextTransforms: split, trim, replace and case of a cell")
struct TextTransformsTests {
  private func apply(_ transforms: ValueTransforms, to text: String) -> String {
    // The cell stands inside a longer text, as cells do.
    let bytes = Array(("x," + text + ",y").utf8)
    let result = TextTransforms(transforms).applied(to: bytes, 2..<(bytes.count - 2))
    return String(decoding: result, as: UTF8.self)
  }

  @Test(
    "a part of a cell, counted from either end",
    arguments: [
      ("a,b,c", ",", 1, "a"), ("a,b,c", ",", 2, "b"), ("a,b,c", ",", 3, "c"), ("a,b,c", ",", 4, ""),
      ("a,b,c", ",", -1, "c"), ("a,b,c", ",", -3, "a"), ("a,b,c", ",", -4, ""),
      ("a , b", ",", 1, "a"), (" a,\u{A0}b\u{A0}", ",", 2, "b"), ("a,,c", ",", 2, ""),
      ("abc", ",", 1, "abc"), ("abc", ",", -1, "abc"), ("abc", ",", 2, ""), ("", ",", 1, ""),
      (",", ",", 1, ""), (",", ",", 2, ""), (",", ",", 3, ""), ("a--b---c", "--", 3, "-c"),
      ("---", "--", -1, "-"), ("Пермь – Ленина – 1", " – ", 2, "Ленина"), ("АБВ", "Б", 2, "В"),
      ("a b", " ", 2, "b"), ("a,b", ",", Int.max, ""), ("a,b", ",", Int.min, ""),
      ("a\nb", "\n", 2, "b"), ("a,b", "a,b,c", 1, "a,b"),
    ])
  func split(text: String, separator: String, part: Int, expected: String) {
    let split = SplitTransform(separator: separator, part: part)
    #expect(apply(ValueTransforms(split: split), to: text) == expected)
  }

  @Test(
    "signs at both ends, among blanks and in any number",
    arguments: [
      (".a.", ".", "a"), ("..; a ;.", ".;", "a"), ("a.b", ".", "a.b"), (". . .", ".", ""),
      ("", ".", ""), ("a", "ab", ""), ("«Имя»", "«»", "Имя"), ("\u{A0}* a", "*", "a"),
      ("яая", "я", "а"), ("а", "я", "а"), ("😀a😀", "😀", "a"), ("(a)", ")(", "a"),
    ])
  func trim(text: String, signs: String, expected: String) {
    #expect(apply(ValueTransforms(trimmed: signs), to: text) == expected)
  }

  @Test(
    "texts one after the other, from left to right, never in what was put in",
    arguments: [
      ("aaa", [("aa", "b")], "ba"), ("abc", [("a", "b"), ("b", "c")], "ccc"),
      ("aaa", [("a", "aa")], "aaaaaa"), ("a b", [(" ", "")], "ab"), ("abc", [("x", "y")], "abc"),
      ("abc", [("abc", "")], ""), ("+7 (раб.)", [(" (раб.)", "")], "+7"), ("", [("a", "b")], ""),
      ("a", [("ab", "b")], "a"), ("xa", [("x", " ")], "a"), ("ЁЁ", [("Ё", "Е")], "ЕЕ"),
      ("Aa", [("a", "b")], "Ab"),
    ])
  func replace(text: String, pairs: [(String, String)], expected: String) {
    let replacements = pairs.map { TextReplacement($0.0, with: $0.1) }
    #expect(apply(ValueTransforms(replacements: replacements), to: text) == expected)
  }

  @Test(
    "letter cases of any alphabet",
    arguments: [
      ("Abc Z9", LetterCase.upper, "ABC Z9"), ("[@`{aZ", .upper, "[@`{AZ"),
      ("[@`{aZ", .lower, "[@`{az"),
      ("Юля", .upper, "ЮЛЯ"), ("ЁЖ", .lower, "ёж"), ("straße", .upper, "STRASSE"),
      ("иванов-ПЕТРОВ пётр", .title, "Иванов-Петров Пётр"),
      ("o'neil d\u{2019}or", .title, "O'neil D\u{2019}or"),
      ("ООО \"рога и копыта\"", .title, "Ооо \"Рога И Копыта\""), ("1-й 2b", .title, "1-Й 2b"),
      ("ǆ", .title, "ǅ"), ("e\u{301}a", .title, "E\u{301}a"), ("", .title, ""),
      ("'a", .title, "'A"),
    ])
  func letterCase(text: String, letterCase: LetterCase, expected: String) {
    #expect(apply(ValueTransforms(letterCase: letterCase), to: text) == expected)
  }

  @Test("the steps follow one another in the fixed order")
  func order() {
    let transforms = ValueTransforms(
      split: SplitTransform(separator: ";", part: 2), trimmed: ".",
      replacements: [TextReplacement("A.", with: "b"), TextReplacement("B", with: "c")],
      letterCase: .upper)
    // Split gives `.A.B.`, trim `A.B`, replace `bB`, then `bc`; the case is last.
    #expect(apply(transforms, to: "A.; .A.B. ;B") == "BC")
  }

  /// Replaces as the documentation says it, scalar by scalar.
  private func slowlyReplaced(_ text: String, _ pairs: [TextReplacement]) -> String {
    var scalars = Array(text.unicodeScalars)
    for pair in pairs {
      let (old, new) = (Array(pair.old.unicodeScalars), Array(pair.new.unicodeScalars))
      var result: [Unicode.Scalar] = []
      var index = 0
      while index < scalars.count {
        if scalars[index...].starts(with: old) {
          result += new
          index += old.count
        } else {
          result.append(scalars[index])
          index += 1
        }
      }
      scalars = result
    }
    return String(String.UnicodeScalarView(scalars))
  }

  @Test("replacing finds what a scalar by scalar search finds", arguments: 0..<40)
  func replaceOracle(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    func word(_ range: ClosedRange<Int>) -> String {
      (0..<Int.random(in: range, using: &generator))
        .map { _ in ["a", "b", "я", "Я", "р", "😀"].randomElement(using: &generator) ?? "" }.joined()
    }
    for _ in 0..<100 {
      let text = word(0...12)
      let pairs = (0..<Int.random(in: 1...3, using: &generator))
        .map { _ in TextReplacement(word(1...2), with: word(0...2)) }
      #expect(
        apply(ValueTransforms(replacements: pairs), to: text) == slowlyReplaced(text, pairs),
        "\(text) \(pairs), seed \(seed)")
    }
  }

  @Test("any bytes go through any transforms", arguments: 0..<40)
  func anyBytes(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let texts = ["a", " ", "я", "\u{A0}", "��", ",", "\u{1F}", "😀"]
    for _ in 0..<100 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? UInt8.random(in: 0...255, using: &generator)
          : [0x20, 0xC2, 0xA0, 0xD1, 0x8F, 0x61].randomElement(using: &generator) ?? 0
      }
      let transforms = ValueTransforms(
        split: SplitTransform(
          separator: texts.randomElement(using: &generator) ?? ",",
          part: [1, 2, -1, -2].randomElement(using: &generator) ?? 1),
        trimmed: texts.shuffled(using: &generator).prefix(2).joined(),
        replacements: [TextReplacement(texts.randomElement(using: &generator) ?? "a", with: "aя")],
        letterCase: LetterCase.allCases.randomElement(using: &generator))
      let result = TextTransforms(transforms).applied(to: bytes, 0..<bytes.count)
      // Invalid bytes may become U+FFFD, three for one, and `ß` two letters.
      #expect(result.count <= bytes.count * 9)
    }
  }

  @Test("a long cell takes time in its length alone", .timeLimit(.minutes(20)))
  func long() {
    let text = Array(String(repeating: "a,", count: 4_000_000).utf8)
    let transforms = ValueTransforms(
      split: SplitTransform(separator: "aa", part: -1), trimmed: "x,",
      replacements: [TextReplacement(",", with: ", "), TextReplacement(" ", with: "")],
      letterCase: .upper)
    let result = TextTransforms(transforms).applied(to: text, 0..<text.count)
    #expect(result.count == text.count - 1)
  }
}
