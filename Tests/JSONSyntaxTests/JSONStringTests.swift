import JSONSyntax
import TestSupport
import Testing

@Suite("JSONString")
struct JSONStringTests {
  @Test(
    "decodes to the text that was meant",
    arguments: [
      (#""""#, ""), (#""plain""#, "plain"), (#""a\"b\\c\/d""#, "a\"b\\c/d"),
      (#""\b\f\n\r\t""#, "\u{8}\u{c}\n\r\t"), (#""\u0041\u0416\u20ac""#, "AЖ€"),
      (#""x\ud83d\ude00y""#, "x😀y"), (#""\uD83D\uDE00\uD83D\uDE00""#, "😀😀"),
      (#""\u0000""#, "\0"), (#""Ж\nЖ""#, "Ж\nЖ"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
      (#""\\u0041""#, #"\u0041"#), (#""\uFFFF""#, "\u{FFFF}"),
    ])
  func decodes(text: String, expected: String) throws {
    let string = try string(in: Array(text.utf8))
    let decoded = string.text(from: Array(text.utf8).span)
    #expect(decoded == expected)
    #expect(string.isEscaped == text.contains("\\"))
  }

  @Test("appends behind what is there")
  func appends() throws {
    let text = Array(#""б\tв""#.utf8)
    var output = Array("а".utf8)
    try string(in: text).append(to: &output, from: text.span)
    #expect(output == Array("аб\tв".utf8))
  }

  @Test("compares with a name, escaped or not")
  func compares() throws {
    for (text, isEqual) in [
      (#""data""#, true), (#""d\u0061ta""#, true), (#""dat""#, false), (#""datas""#, false),
      (#""Data""#, false), (#""""#, false),
    ] {
      let bytes = Array(text.utf8)
      let answer = try string(in: bytes).equals("data", in: bytes.span)
      #expect(answer == isEqual, "\(text)")
    }
  }

  private func string(in bytes: [UInt8]) throws -> JSONString {
    var reader = JSONReader()
    guard case .string(let string) = try reader.next(in: bytes.span) else {
      throw JSONError(.unexpectedByte, at: 0)
    }
    return string
  }
}
