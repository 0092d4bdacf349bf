import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("JSON lines reader")
struct JSONLinesReaderTests {
  /// Reads a text in every way it can be cut; all must give the same.
  private func read(_ text: String) -> JSONContent {
    let whole = readJSON(text)
    everySplit(of: Array(text.utf8)) { chunks, name in
      let content = readJSON(chunks)
      #expect(content == whole, "\(name)")
    }
    return whole
  }

  @Test(
    "an object a line is a record a line",
    arguments: ["\n", "\r\n", "\r", "\n\n", " \n \t\n", "\r\n\r\n"])
  func lines(end: String) {
    let content = read(
      [#"{"name":"Ann","tel":"1"}"#, #"{"name":"Bob"}"#, #" {"tel":"3","name":"Cy"} "#]
        .joined(separator: end))
    #expect(
      content.rows == [["name": "Ann", "tel": "1"], ["name": "Bob"], ["name": "Cy", "tel": "3"]])
    #expect(content.header == ["name", "tel"])
    #expect(content.issues.isEmpty && content.error == nil)
  }

  @Test("lines are counted whatever ends them, empty ones too")
  func lineNumbers() {
    #expect(read("\n{\"a\":1}\r\n\r\n{\"a\":2}\r{\"a\":3}\n\n\n{\"a\":4}").lines == [2, 4, 5, 8])
    #expect(read("[\n{\"a\":1}\r\n,\r{\n\"a\":2},\n{\"a\":3}]").lines == [2, 4, 6])
    #expect(read("{\n\"a\":1\n}\n{\n\"a\":2}\r\n\r\n{\"a\":3}").lines == [1, 4, 7])
  }

  @Test(
    "values become text: numbers as they stand, null and empty strings as nothing",
    arguments: [
      ("1.50", "1.50"), ("-0", "-0"), ("1E+05", "1E+05"), ("12345678901234567890123", nil),
      ("true", "true"), ("false", "false"), ("null", ""), (#""""#, ""), (#"" ""#, " "),
      (#""a\"b\\c\/d""#, #"a"b\c/d"#), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
      (#""\u0416\u00e9\u20AC\ud83d\ude00x""#, "Жé€😀x"), (#""Ёлка, 東京 😀 ѿҐ""#, "Ёлка, 東京 😀 ѿҐ"),
      ("[]", ""), ("{}", ""),
    ] as [(String, String?)])
  func values(json: String, text: String?) {
    // Three times, so that the fast reader has seen the key and reads the last two.
    let line =
      #"{"first":"x","value":\#(json),"last":"some text that is long enough to be read fast, and more of it"}"#
    let content = read([line, line, line].joined(separator: "\n"))
    for row in content.rows { #expect(row["value", default: ""] == text ?? json) }
    #expect(content.rows.count == 3 && content.issues.isEmpty)
  }

  @Test("nested values become columns named by their path")
  func nested() {
    let content = read(
      #"{"address":{"city":"Perm","geo":{"lat":1}},"phones":[{"value":"1"},{"value":"2"}],"tags":["a",["b"]],"x":1}"#
    )
    #expect(
      content.header == [
        "address.city", "address.geo.lat", "phones[0].value", "phones[1].value", "tags[0]",
        "tags[1][0]", "x",
      ])
    #expect(content.rows[0]["tags[1][0]"] == "b")
  }

  @Test("an array of objects over any lines is read like lines")
  func array() {
    for text in [
      #"[{"a":1},{"a":2}]"#, "[\n  {\"a\":1},\n  {\"a\": 2}\n]\n", " [ {\n\"a\"\n:1},{\"a\":2}\n] ",
    ] {
      let content = read(text)
      #expect(content.rows == [["a": "1"], ["a": "2"]])
      #expect(content.issues.isEmpty && content.error == nil)
    }
    #expect(read("[]").rows.isEmpty)
    #expect(read("[ ]\n").error == nil)
  }

  @Test("objects printed over several lines are read one after the other")
  func values() {
    let content = read(
      "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": 2\n  }\n}\n{\n  \"a\": 3\n}\n{\"a\":4}")
    #expect(content.rows == [["a": "1", "b.c": "2"], ["a": "3"], ["a": "4"]])
    #expect(content.issues.isEmpty && content.error == nil)
  }

  @Test(
    "of a key that is repeated the last value counts, with a warning",
    arguments: [
      (#"{"a":1,"a":2}"#, ["a": "2"]), (#"{"a":1,"b":5,"a":null}"#, ["b": "5"]),
      (#"{"a":{"b":1,"c":2},"a":{"c":3}}"#, ["a.c": "3"]), (#"{"a":{"b":1},"a":4}"#, ["a": "4"]),
      (#"{"a":4,"a":{"b":1}}"#, ["a.b": "1"]), (#"{"a":[1,2],"a":[3]}"#, ["a[0]": "3"]),
      (#"{"a":{"b":1},"a.b":2}"#, ["a.b": "2"]), (#"{"\u0061":1,"a":2}"#, ["a": "2"]),
    ])
  func repeatedKeys(line: String, row: [String: String]) {
    let content = read(line + "\n" + line + "\n{\"a\":7}")
    #expect(content.rows == [row, row, ["a": "7"]])
    #expect(content.issues == ["1 json.repeated-key 0", "2 json.repeated-key 0"])
  }

  @Test("keys that only look alike are not repeated")
  func notRepeated() {
    #expect(read(#"{"a":{"x":1},"ab":2,"b":{"x":3}}"#).issues.isEmpty)
    #expect(read(#"{"p":[{"x":1},{"x":2}]}"# + "\n" + #"{"p":[{"x":1},{"x":2}]}"#).issues.isEmpty)
  }

  @Test(
    "a line that is no object costs that line, and its text is kept",
    arguments: [
      (#"{"a":1,}"#, "json.invalid-record 8"), (#"{"a":1"#, "json.invalid-record 7"),
      ("{'a':1}", "json.invalid-record 2"), ("oops", "json.invalid-record 1"),
      (#"{"a":01}"#, "json.invalid-record 6"), (#"{"a":1} x"#, "json.invalid-record 9"),
      (#"{"a":1}{"a":2}"#, "json.invalid-record 8"), ("{\"a\":\"\t\"}", "json.invalid-record 7"),
      (#"{"a":"\ud80"}"#, "json.invalid-record 7"), (#"{"a":"\x"}"#, "json.invalid-record 7"),
      ("[1,2]", "json.not-an-object 0"), ("17", "json.not-an-object 0"),
      ("null", "json.not-an-object 0"), (#""text""#, "json.not-an-object 0"),
    ])
  func brokenLines(line: String, issue: String) {
    let content = read("{\"a\":1}\n\(line)\r\n{\"a\":3}\n")
    #expect(content.rows == [["a": "1"], ["ferry.raw": line], ["a": "3"]])
    #expect(content.issues == ["2 " + issue])
    #expect(content.error == nil)
  }

  @Test(
    "a broken element costs that element",
    arguments: [
      (#"{"a":1,}"#, "json.invalid-record 8"), (#"{"a":tru}"#, "json.invalid-record 9"),
      (#"{"a":{"b":[}]}"#, "json.invalid-record 12"), ("7", "json.not-an-object 0"),
      (#"["x",{"a":5}]"#, "json.not-an-object 0"), ("oops", "json.invalid-record 1"),
    ])
  func brokenElements(element: String, issue: String) {
    for text in ["[{\"a\":1},\(element),{\"a\":3}]", "[\n{\"a\":1},\n\(element),\n{\"a\":3}\n]"] {
      let content = read(text)
      #expect(content.rows == [["a": "1"], ["ferry.raw": element], ["a": "3"]])
      #expect(content.issues == ["2 " + issue])
    }
  }

  @Test(
    "an element that does not end costs no other",
    arguments: [
      #"{"a":"5,"b":"y"}"#, #"{"a":{"b":5,"b":"y"}"#, #"{"a":[5,"b":"y"}"#, #"{"a":"5","b":"y""#,
      #"{"a:"5","b":"y"}"#, #"{"a":"5","b":"y}"#, #"{"a":"5","b":"#,
    ])
  func unclosedElements(element: String) {
    for between in [",", ",\n", ",\n  "] {
      let good = (0..<9).map { #"{"a":"\#($0)","b":"x"}"# }
      let text =
        "[" + between.dropFirst()
        + (good[..<4] + [element] + good[4...]).joined(separator: between) + "\n]"
      let content = readJSON(text)
      let numbers = content.rows.compactMap { $0["a"] }
      #expect(numbers == (0..<9).map(String.init), "\(text)")
      #expect(content.issues.count == 1 && content.rows.count == 10, "\(content)")
      #expect(readJSON(text.utf8.map { [$0] }) == content)
    }
  }

  @Test(
    "what stands between elements and should not is an issue",
    arguments: [
      ("[{\"a\":1}{\"a\":2}]", 1), ("[{\"a\":1},,{\"a\":2}]", 1), ("[{\"a\":1},]", 1),
      ("[\n,{\"a\":1}]", 1), ("[{\"a\":1}],{\"a\":2}]", 1), ("[{\"a\":1}] x", 1),
      ("[{\"a\":1}]]", 1), ("[][]", 1), ("[{\"a\":1}}]", 1), ("[{\"a\":1}", 1), ("[", 1),
      ("[{\"a\":1},", 1), ("[{\"a\":1},{\"a\"", 1), ("[1", 2),
    ])
  func strayBytes(text: String, issues: Int) {
    let content = read(text)
    #expect(content.issues.count == issues, "\(content)")
    #expect(content.error == nil)
  }

  @Test(
    "what stands between objects over several lines is an issue, and costs neither of them",
    arguments: [",", "]", "}", ":", "},"])
  func strayBytesBetweenValues(stray: String) {
    let text = Array("{\n\"a\":1\n}\(stray)\n{\"a\":2}\n\(stray)".utf8)
    everySplit(of: text) { chunks, name in
      let content = readJSON(chunks)
      let (values, raw) = (content.values(of: "a"), content.values(of: "ferry.raw"))
      #expect(values == ["1", "2"], "\(name)")
      #expect(raw.joined() == stray + stray, "\(name)")
      #expect(content.issues.count == raw.count, "\(name)")
    }
  }

  @Test("a file without an object or array is refused, but its lines are there to be seen")
  func notJSON() {
    for text in ["name,tel\nAnn,1\n", "17\n", "{\"a\":", "{]", "null"] {
      let content = read(text)
      #expect(content.error == FormatError(.notJSONObjects))
      #expect(!content.rows.isEmpty && content.issues.count == content.rows.count)
    }
  }

  @Test("bytes that are not UTF-8 are replaced, with a warning, where that helps")
  func undecodable() {
    let good = Array("{\"a\":\"x\"}\n".utf8)
    let bad = Array("{\"a\":\"q".utf8) + [0xFF, 0x41, 0xD0] + Array("z\"}\n".utf8)
    let worse = Array("{\"a\":".utf8) + [0xFF] + Array("}\n".utf8)
    everySplit(of: good + bad + worse + good) { chunks, name in
      let content = readJSON(chunks)
      #expect(
        content.rows == [
          ["a": "x"], ["a": "q\u{FFFD}A\u{FFFD}z"], ["ferry.raw": "{\"a\":\u{FFFD}}"], ["a": "x"],
        ], "\(name)")
      #expect(content.issues == ["2 text.undecodable 2", "3 json.invalid-record 6"], "\(name)")
    }
  }

  @Test(
    "half of a surrogate pair is replaced, with a warning, and costs nothing else",
    arguments: [
      (#"x\ud83dy"#, "x\u{FFFD}y", 1), (#"\udd14\ud83e\udd14\ud83e"#, "\u{FFFD}🤔\u{FFFD}", 2),
    ])
  func loneSurrogates(escaped: String, text: String, count: Int) {
    let content = readJSON("{\"a\":\"\(escaped)\",\"b\":\"important\"}\n{\"a\":\"1\"}\n")
    #expect(content.rows == [["a": text, "b": "important"], ["a": "1"]])
    #expect(content.issues == ["1 text.undecodable \(count)"])
    // What looks like one is a backslash and letters.
    #expect(readJSON(#"{"a":"\\ud83d"}"#).rows == [["a": #"\ud83d"#]])
  }

  @Test("nesting beyond the limit is an issue")
  func depth() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let content = readJSON("{\"a\":1}\n{\"a\":\(deep)}\n{\"a\":3}")
    #expect(content.rows.count == 3)
    #expect(content.issues == ["2 json.invalid-record 517"])
    #expect(readJSON("[{\"a\":\(deep)},{\"a\":3}]").rows.last == ["a": "3"])
  }

  @Test(
    "a record beyond 1 MB is cut off, with an issue, and the next one read",
    arguments: [
      ("", "\n", ""), ("[", ",", "]"), ("{\n\"a\":1}\n", "\n", ""),
    ])
  func tooLong(open: String, between: String, close: String) {
    let long = #"{"a":""# + String(repeating: "x", count: 1 << 20) + #""}"#
    let exact = #"{"a":""# + String(repeating: "y", count: (1 << 20) - 8) + #""}"#
    let text = open + [long, exact, #"{"a":"3"}"#].joined(separator: between) + close
    let bytes = Array(text.utf8)
    let content = readJSON([bytes])
    #expect(content.rows.suffix(3).map { $0["ferry.raw"]?.utf8.count ?? 0 } == [1 << 20, 0, 0])
    #expect(content.rows.suffix(3).map { $0["a"]?.utf8.count ?? 0 } == [0, (1 << 20) - 8, 1])
    #expect(content.issues.count == 1 && content.issues[0].contains("record.too-long"))
    for size in [300_001] {
      #expect(readJSON(pieces(of: bytes, size)) == content, "pieces of \(size)")
    }
  }

  @Test("columns beyond the limit are an issue on their record")
  func tooManyColumns() {
    let wide = "{" + (0..<5000).map { "\"c\($0)\":1" }.joined(separator: ",") + "}"
    let content = readJSON(wide + "\n{\"c1\":2}\n{\"new\":1}")
    #expect(content.widths == [4096, 2, 0])
    #expect(content.issues == ["1 record.too-many-columns 0", "3 record.too-many-columns 0"])
  }

  @Test("many records come in batches, in order", arguments: [1, 7, 4096, 1 << 20])
  func batches(size: Int) {
    let text = (0..<1000).map { "{\"number\":\($0),\"text\":\"Жизнь \($0)\"}\n" }.joined()
    for text in [text, "[" + text.dropLast().replacing("\n", with: ",\n") + "]"] {
      let content = readJSON(pieces(of: Array(text.utf8), size))
      #expect(content.rows.map { $0["number"] ?? "" } == (0..<1000).map(String.init))
      #expect(content.issues.isEmpty)
    }
  }
}
