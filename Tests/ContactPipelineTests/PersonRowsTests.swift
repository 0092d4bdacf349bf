import ContactModel
import PersonAPI
import Testing

@testable import ContactPipeline

@Suite("rows of one addlist request")
struct PersonRowsTests {
  private func body(_ json: String) throws -> String {
    let rows = try PersonRows(json: Array(json.utf8))
    let bytes = try rows.body(
      credentials: Credentials(login: "me", apikey: "key"), variant: .documented)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("texts, numbers and socials become variables; credentials first, the action last")
  func encoding() throws {
    let text = try body(
      #"[{"person":"A","clid":7,"fax":null,"socials":{"skype":"s"}},{"person":"B","blog":"b"}]"#)
    #expect(
      text == "login=me&apikey=key&persons[0][person]=A&persons[0][clid]=7"
        + "&persons[0][socials][skype]=s&persons[1][person]=B&persons[1][socials][blog]=b"
        + "&action=addlist")
  }

  @Test(
    "what is no such array is named",
    arguments: [
      ("", PersonRows.Problem.notAnArray), ("[]", .notAnArray), ("{}", .notAnArray),
      ("[1]", .notAnObject), (#"[{"person":"A","teel":"1"}]"#, .unknownField("teel")),
      (#"[{"person":"A","pid":"1"}]"#, .unknownField("pid")),
      (#"[{"person":["A"]}]"#, .notText("person")), (#"[{"person":true}]"#, .notText("person")),
    ])
  func problems(json: String, expected: PersonRows.Problem) {
    #expect(throws: expected) { try body(json) }
    for language in Language.allCases {
      #expect(!expected.message(in: language).isEmpty)
    }
  }

  @Test("more than one request can take is refused, not cut")
  func tooMany() throws {
    let row = #"{"person":"A","tel":"1","mob":"2"}"#
    let many = "[" + Array(repeating: row, count: 400).joined(separator: ",") + "]"
    #expect(throws: PersonRows.Problem.tooMany) { try body(many) }
  }
}
