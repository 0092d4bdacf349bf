import Testing

@testable import RunReports

@Suite struct PlainTextTests {
  @Test(
    "control characters do not reach a terminal",
    arguments: [
      ("Анна 😀", "Анна 😀"), ("a\u{1B}[31mred", "a\u{FFFD}[31mred"), ("a\nb\tc\r", "a b c "),
      ("a\r\nb", "a  b"), ("\u{0}\u{7}\u{7F}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ("\u{9B}2J", "\u{FFFD}2J"), ("abc\u{202E}gpj", "abc\u{FFFD}gpj"),
      ("\u{2066}x\u{2069}", "\u{FFFD}x\u{FFFD}"), ("a\u{2028}b", "a b"), ("", ""),
    ])
  func shown(text: String, expected: String) {
    #expect(PlainText.shown(text) == expected)
  }

  @Test("no control character of any code gets through")
  func everyControl() throws {
    for value in Array(0..<0x20 as Range<UInt32>) + Array(0x7F..<0xA0 as Range<UInt32>) {
      let scalar = try #require(Unicode.Scalar(value))
      let shown = PlainText.shown("\(Character(scalar))").unicodeScalars
      #expect(shown.allSatisfy { $0 == " " || $0 == "\u{FFFD}" })
    }
  }

  @Test(
    "nothing is left that is markup",
    arguments: [
      ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
      ("a & b", "a &amp; b"), ("\"q\"", "&quot;q&quot;"), ("&lt;", "&amp;lt;"),
      ("a\u{8}b", "a\u{FFFD}b"), ("e\u{301}<\u{301}", "e\u{301}&lt;\u{301}"),
    ])
  func html(text: String, expected: String) {
    #expect(PlainText.html(text) == expected)
  }
}
