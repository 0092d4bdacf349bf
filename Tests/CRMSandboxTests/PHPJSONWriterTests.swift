import Foundation
import Testing

@testable import CRMSandbox

@Suite("JSON as the CRM writes it")
struct PHPJSONWriterTests {
  private func written(_ text: String) -> String {
    var json = PHPJSONWriter()
    json.string(text)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test(
    "what stays and what is escaped",
    arguments: [
      ("http://a/b", "\"http:\\/\\/a\\/b\""), ("Ёж ёж АЯая", "\"Ёж ёж АЯая\""),
      ("a\"b\\c", "\"a\\\"b\\\\c\""), ("\u{8}\t\n\u{C}\r\u{1}", "\"\\b\\t\\n\\f\\r\\u0001\""),
      ("é—І", "\"\\u00e9\\u2014\\u0406\""), ("😀", "\"\\ud83d\\ude00\""), ("\u{7F}", "\"\u{7F}\""),
      ("", "\"\""),
    ])
  func escapes(_ text: String, _ expected: String) {
    #expect(written(text) == expected)
  }

  @Test(
    "every character comes back from a parser, and as PHP encodes it",
    .enabled(if: PHP.isExpected, "php is not installed"))
  func allCharacters() async throws {
    let planes = [0x1...0xD7FF, 0xE000...0xFFFF, 0x1F300...0x1F700] as [ClosedRange<UInt32>]
    let text = String(
      String.UnicodeScalarView(planes.joined().compactMap(Unicode.Scalar.init)))
    let json = written(text)
    #expect(try JSONValue(text: json) == .string(text))
    let program = """
      $t = json_encode(hex2bin(trim(stream_get_contents(STDIN))));
      echo preg_replace_callback('/\\\\\\\\u04[0-9a-f]{2}/', function ($m) {
        $c = json_decode('"' . $m[0] . '"');
        return preg_match('/^[А-яЁё]$/u', $c) ? $c : $m[0];
      }, $t);
      """
    let encoded = try await PHP.run(program, input: hexadecimal(Array(text.utf8)))
    #expect(encoded == json)
  }
}
