import JSONSyntax
import Testing

@Suite("JSONText")
struct JSONTextTests {
  @Test(
    "finds the first complete object or array in a text",
    arguments: [
      (#"{"a":1}"#, #"{"a":1}"#), ("  [1] ", "[1]"),
      ("<br />\n<b>Warning</b>: x in [line] 3<br />\n{\"a\":[1]}", #"{"a":[1]}"#),
      ("[]<br />\n<b>Fatal error</b>: [y]", "[]"), ("{x} [2]", "[2]"),
      (#"{"a":"]}"} tail"#, #"{"a":"]}"}"#), ("[{bad}] then {}", "{}"), ("a[1][2]", "[1]"),
    ])
  func finds(text: String, expected: String) throws {
    let bytes = Array(text.utf8)
    let range = try #require(JSONText.firstValue(in: bytes))
    #expect(String(decoding: bytes[range], as: UTF8.self) == expected)
  }

  @Test(
    "finds nothing where there is none, nor a part of one that is cut",
    arguments: [
      "", "plain", "12", #""text""#, "{", #"[{"a":1},{"b""#, #"x {"a":{"b":{}}"#, "[1,{}",
    ])
  func findsNothing(text: String) {
    #expect(JSONText.firstValue(in: Array(text.utf8)) == nil)
  }

  @Test("never takes a part for the whole, wherever a text is cut")
  func everyCut() {
    let text = Array(#"[{"result":"ok","data":1},{"result":"ok","data":2}]"#.utf8)
    for length in 0..<text.count {
      #expect(JSONText.firstValue(in: Array(text[..<length])) == nil, "cut at \(length)")
    }
    #expect(JSONText.firstValue(in: text + Array("<br>".utf8)) == 0..<text.count)
  }

  @Test("begins where it is told")
  func start() {
    #expect(JSONText.firstValue(in: Array("[1] [2]".utf8), from: 1) == 4..<7)
  }

  @Test("stays quick on text full of brackets")
  func hostileText() {
    #expect(JSONText.firstValue(in: Array(repeating: UInt8(ascii: "["), count: 200_000)) == nil)
  }
}
