import JSONSyntax
import Testing

@Suite("JSONValue")
struct JSONValueTests {
  @Test("keeps the order of members, their repetitions and the text of numbers")
  func keepsEverything() throws {
    let value = try JSONValue(parsing: Array(#"{"b":1.50,"a":-0,"b":[true,null,"x"]}"#.utf8))
    #expect(
      value
        == .object([
          JSONMember("b", .number("1.50")), JSONMember("a", .number("-0")),
          JSONMember("b", .array([.bool(true), .null, .string("x")])),
        ]))
    #expect(value["b"]?.elements?.count == 3, "the last of repeated keys counts")
    #expect(value["c"] == nil)
  }

  @Test("gives each kind of value under its own accessor only")
  func accessors() {
    #expect(JSONValue.number("12").integer == 12)
    #expect(JSONValue.number("1.0").integer == nil)
    #expect(JSONValue.number("99999999999999999999").integer == nil)
    #expect(JSONValue.string("12").integer == nil)
    #expect(JSONValue.string("12").string == "12")
    #expect(JSONValue.bool(false).bool == false)
    #expect(JSONValue.null.bool == nil)
    #expect(JSONValue.array([]).elements == [])
    #expect(JSONValue.object([]).members == [])
    #expect(JSONValue.array([])["a"] == nil)
  }

  @Test("parses one value and nothing after it")
  func wholeText() {
    #expect(throws: JSONError(.trailingBytes, at: 3)) {
      try JSONValue(parsing: Array("{} {}".utf8))
    }
  }

  @Test("describes an error by its place and reason")
  func description() {
    #expect(
      JSONError(.invalidNumber, at: 17).description
        == "byte 17: a number is not written as JSON asks")
  }
}
