import TestSupport
import Testing

@testable import ContactFormats

@Suite("Layout of JSON objects")
struct JSONLayoutTests {
  @Test(
    "is found by the first line, and what follows changes nothing",
    arguments: [
      (#"{"a":1}{"a":2}"#, .values), ("{\"a\":1} \t{\"a\":2}\n", .values), ("{}{}", .values),
      ("{\"a\":1}{\"a\":2}\n{\"a\":3}", .values), ("\n {\"a\":1}{\n\"a\":2}", .values),
      ("{\"a\":1}{", .values), ("{\n\"a\":1}{\"a\":2}", .values), ("{\"a\":{}}{\"a\"\n", .values),
      (#"{"a":1}"#, .lines), ("{\"a\":1}\n{\"a\":2}", .lines), ("{\"a\":1}\r{\"a\":2}", .lines),
      ("{\"a\":1}\n{\"a\":1}{\"a\":2}", .lines), ("{\"a\":\"}{\"}\n{}", .lines),
      (#"{"a":1},{"a":2}"#, .lines), ("{\"a\":1}x{\"a\":2}\n", .lines), ("{\"a\":1 {", .lines),
      ("{\"a\":{\"b\":1}{\"a\":2}\n", .lines), ("{]{\"a\":2}", .lines),
      (#"[{"a":1}{"a":2}]"#, .array),
    ] as [(String, JSONLayout)])
  func detection(text: String, layout: JSONLayout) {
    let bytes = Array(text.utf8)
    #expect(JSONLayout.detect(in: bytes, isWhole: true) == layout)
    for count in bytes.indices {
      let found = JSONLayout.detect(in: Array(bytes[..<count]), isWhole: false)
      #expect(found == nil || found == layout, "\(count) bytes")
    }
  }

  @Test("a first line longer than what is looked at may hold many objects")
  func longLine() {
    let text = Array(String(repeating: #"{"a":1}"#, count: 10_000).utf8)
    #expect(JSONLayout.detect(in: text, isWhole: false) == .values)
    #expect(JSONLayout.detect(in: Array(text[..<1000]), isWhole: false) == nil)
    let content = readJSON(pieces(of: text, 7777))
    #expect(content.rows.count == 10_000)
    #expect(content.issues.isEmpty && content.error == nil)
  }

  @Test(
    "objects one after the other on a line are read",
    arguments: [
      (#"{"a":1}{"a":2}"#, 2), ("{\"a\":1} {\"a\":2}\n{\"a\":3}{\n\"a\":4}\n\n{\"a\":5}", 5),
      ("{\"a\":1}{\"a\":2}\r\n", 2),
    ])
  func oneAfterTheOther(text: String, count: Int) {
    let expected = (1...count).map { ["a": "\($0)"] }
    everySplit(of: Array(text.utf8)) { chunks, name in
      let content = readJSON(chunks)
      #expect(content.rows == expected, "\(name)")
      #expect(content.issues.isEmpty && content.error == nil, "\(name)")
    }
  }
}
