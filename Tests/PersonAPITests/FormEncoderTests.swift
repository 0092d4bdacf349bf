import PersonAPI
import TestSupport
import Testing

@Suite("FormEncoder")
struct FormEncoderTests {
  @Test(
    "encodes what is not unreserved, and a space as a plus",
    arguments: [
      ("", ""), ("AZaz09-._~", "AZaz09-._~"), ("a b", "a+b"), ("+", "%2B"), ("100%", "100%25"),
      ("a&b=c", "a%26b%3Dc"), ("[0]", "%5B0%5D"), ("Ж", "%D0%96"), ("😀", "%F0%9F%98%80"),
      ("\r\n", "%0D%0A"), ("*", "%2A"), ("\u{0}\u{7f}", "%00%7F"),
    ])
  func table(text: String, expected: String) {
    var output = Array("v=".utf8)
    FormEncoder.append(text, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == "v=" + expected)
  }

  @Test("agrees with a slow encoder on any bytes", arguments: 0..<4)
  func oracle(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var output: [UInt8] = []
      FormEncoder.append(bytes.span, to: &output)
      let expected = bytes.map { byte -> String in
        let character = Character(Unicode.Scalar(byte))
        if byte == 0x20 { return "+" }
        if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
          return String(character)
        }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count == 1 ? "0" : "") + digits
      }.joined()
      #expect(String(decoding: output, as: UTF8.self) == expected, "seed \(seed)")
    }
  }
}
