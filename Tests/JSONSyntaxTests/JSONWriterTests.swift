import JSONSyntax
import TestSupport
import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
  @Test("writes compact text without white space")
  func compact() {
    #expect(sample(.compact) == #"{"n":-12,"list":[1,"a",true,null,{},[]],"o":{"k":"v"}}"#)
  }

  @Test("indents by two spaces, and leaves empty brackets together")
  func pretty() {
    #expect(
      sample(.pretty) == """
        {
          "n": -12,
          "list": [
            1,
            "a",
            true,
            null,
            {},
            []
          ],
          "o": {
            "k": "v"
          }
        }
        """)
  }

  @Test(
    "escapes quotes, backslashes and control characters, and nothing else",
    arguments: [
      ("", #""""#), ("a/b", #""a/b""#), ("\"\\", #""\"\\""#),
      ("\n\r\t\u{8}\u{c}", #""\n\r\t\b\f""#),
      ("\u{0}\u{1}\u{1f}", #""\u0000\u0001\u001f""#), ("\u{7f}", "\"\u{7f}\""),
      ("Ёлка 😀 €", #""Ёлка 😀 €""#), ("12345678\"", #""12345678\"""#),
      ("Жжжжжжж\nЖ", #""Жжжжжжж\nЖ""#), ("'<>&", #""'<>&""#), ("\u{2028}", "\"\u{2028}\""),
    ])
  func escapes(text: String, expected: String) {
    var writer = JSONWriter()
    writer.string(text)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    var output: [UInt8] = []
    JSONWriter.append(Array(text.utf8).span, to: &output)
    #expect(output == writer.bytes)
  }

  @Test("escapes every byte alike wherever it stands in a word of eight")
  func escapesAtEveryPlace() throws {
    for byte in UInt8(0)..<0x80 {
      for place in 0..<17 {
        let text = String(repeating: "x", count: place) + String(Unicode.Scalar(byte)) + "Жy"
        var output: [UInt8] = []
        JSONWriter.append(Array(text.utf8).span, to: &output)
        #expect(try JSONValue(parsing: output) == .string(text))
        let needsEscape = byte < 0x20 || byte == 0x22 || byte == 0x5C
        #expect(output.contains(0x5C) == needsEscape, "byte \(byte) at \(place)")
      }
    }
  }

  @Test("ends lines and hands over what is written, ready for the next")
  func lines() {
    var writer = JSONWriter()
    for number in 1...2 {
      writer.beginArray()
      writer.int(number)
      writer.endArray()
      writer.endLine()
    }
    #expect(writer.take() == Array("[1]\n[2]\n".utf8))
    writer.bool(false)
    #expect(writer.take() == Array("false".utf8))
  }

  @Test("is read back as what was written", arguments: 0..<6)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let value = randomValue(&generator, depth: 0)
      for style in [JSONWriter.Style.compact, .pretty] {
        var writer = JSONWriter(style: style)
        writer.value(value)
        #expect(try JSONValue(parsing: writer.bytes) == value, "seed \(seed)")
        if style == .compact { #expect(!writer.bytes.contains(0x0A)) }
      }
    }
  }

  private func sample(_ style: JSONWriter.Style) -> String {
    var writer = JSONWriter(style: style)
    writer.beginObject()
    writer.key("n")
    writer.int(-12)
    writer.key("list")
    writer.beginArray()
    writer.number("1")
    writer.string("a")
    writer.bool(true)
    writer.null()
    writer.beginObject()
    writer.endObject()
    writer.beginArray()
    writer.endArray()
    writer.endArray()
    writer.key("o")
    writer.beginObject()
    writer.key("k")
    writer.string(Array("v".utf8).span)
    writer.endObject()
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// A random tree with the characters that matter.
func randomValue(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
  func text(_ generator: inout SeededGenerator) -> String {
    let pieces = ["a", "\"", "\\", "/", "\n", "\u{1}", "Ж", "€", "😀", "}", "[", " ", "\u{2028}"]
    return (0..<Int.random(in: 0...20, using: &generator)).map { _ in
      pieces[Int.random(in: pieces.indices, using: &generator)]
    }.joined()
  }
  switch Int.random(in: 0..<(depth > 4 ? 4 : 6), using: &generator) {
  case 0: return .null
  case 1: return .bool(.random(using: &generator))
  case 2:
    return .number(
      ["0", "-1", "1.50", "2e-7", "123456789012345678901"].randomElement(using: &generator) ?? "0")
  case 3: return .string(text(&generator))
  case 4:
    return .array(
      (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        randomValue(&generator, depth: depth + 1)
      })
  default:
    return .object(
      (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        JSONMember(text(&generator), randomValue(&generator, depth: depth + 1))
      })
  }
}
