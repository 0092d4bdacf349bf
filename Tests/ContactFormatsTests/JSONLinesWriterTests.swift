import ContactModel
import Foundation
import TestSupport
import Testing

@testable import ContactFormats

@Suite("JSON lines writer")
struct JSONLinesWriterTests {
  /// A batch of rows of text.
  private func batch(_ rows: [[String]]) -> RecordBatch {
    var bytes: [UInt8] = []
    var fieldEnds: [UInt32] = []
    var recordEnds: [UInt32] = []
    for row in rows {
      for field in row {
        bytes += Array(field.utf8)
        fieldEnds.append(UInt32(bytes.count))
      }
      recordEnds.append(UInt32(fieldEnds.count))
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds,
      lines: Array(1..<(rows.count + 1)), firstRecord: 1)
  }

  private func written(
    _ columns: [String], _ rows: [[String]], firstField: Int = 0
  ) -> String {
    var writer = JSONLinesWriter(columns: columns)
    let batch = batch(rows)
    for record in 0..<batch.count {
      writer.append(batch, record: record, firstField: firstField)
    }
    return String(decoding: writer.takeBytes(), as: UTF8.self)
  }

  @Test("one object a line, its members in the columns' order")
  func lines() {
    #expect(
      written(["person", "tel"], [["Иванов", "1"], ["Петров", "2"]])
        == "{\"person\":\"Иванов\",\"tel\":\"1\"}\n{\"person\":\"Петров\",\"tel\":\"2\"}\n")
  }

  @Test(
    "what is empty has no member",
    arguments: [
      (["", "", ""], "{}\n"),
      (["a", "", ""], "{\"x\":\"a\"}\n"),
      (["", "b", ""], "{\"y\":\"b\"}\n"),
      (["", "", "c"], "{\"z\":\"c\"}\n"),
      (["a", "", "c"], "{\"x\":\"a\",\"z\":\"c\"}\n"),
      ([" ", "", ""], "{\"x\":\" \"}\n"),
      (["0", "", ""], "{\"x\":\"0\"}\n"),
    ])
  func empties(row: [String], expected: String) {
    #expect(written(["x", "y", "z"], [row]) == expected)
  }

  @Test("a record with fewer fields than columns lacks the others, one with more loses none")
  func ragged() {
    #expect(written(["x", "y"], [["a"]]) == "{\"x\":\"a\"}\n")
    #expect(written(["x", "y"], [["a", "b", "c"]]) == "{\"x\":\"a\",\"y\":\"b\"}\n")
    #expect(written([], [["a"]]) == "{}\n")
  }

  @Test(
    "names with a dot become one nested object a parent",
    arguments: [
      (["a", "b", "c"], "{\"person\":\"a\",\"socials\":{\"skype\":\"b\",\"icq\":\"c\"}}\n"),
      (["a", "", "c"], "{\"person\":\"a\",\"socials\":{\"icq\":\"c\"}}\n"),
      (["a", "b", ""], "{\"person\":\"a\",\"socials\":{\"skype\":\"b\"}}\n"),
      (["a", "", ""], "{\"person\":\"a\"}\n"),
      (["", "b", ""], "{\"socials\":{\"skype\":\"b\"}}\n"),
    ])
  func nested(row: [String], expected: String) {
    #expect(written(["person", "socials.skype", "socials.icq"], [row]) == expected)
  }

  @Test("an object is closed before the next parent and before a plain member")
  func nestedInTheMiddle() {
    #expect(
      written(["p.a", "p.b", "q.a", "r"], [["1", "2", "3", "4"]])
        == "{\"p\":{\"a\":\"1\",\"b\":\"2\"},\"q\":{\"a\":\"3\"},\"r\":\"4\"}\n")
    #expect(
      written(["p.a", "p.b", "q.a", "r"], [["1", "", "", "4"]])
        == "{\"p\":{\"a\":\"1\"},\"r\":\"4\"}\n")
  }

  @Test(
    "every dot and bracket parts a name, where something stands on both sides",
    arguments: [
      ("a.b.c", #"{"a":{"b":{"c":"1"}}}"#), ("a[0].b", #"{"a":[{"b":"1"}]}"#),
      ("a[0][1]", #"{"a":[[{},"1"]]}"#), ("a[1].b", #"{"a":[{},{"b":"1"}]}"#),
      ("Tel.", #"{"Tel.":"1"}"#), (".x", #"{".x":"1"}"#), ("a..b", #"{"a..b":"1"}"#),
      ("[0]", #"{"[0]":"1"}"#), ("a[x]", #"{"a[x]":"1"}"#), ("a[01]", #"{"a[01]":"1"}"#),
      ("a[-1]", #"{"a[-1]":"1"}"#), ("a[0]b", #"{"a[0]b":"1"}"#), ("a]", #"{"a]":"1"}"#),
      ("a[99999999999999999999]", #"{"a[99999999999999999999]":"1"}"#),
      ("a[1000]", #"{"a[1000]":"1"}"#), ("", #"{"":"1"}"#),
    ])
  func paths(name: String, expected: String) {
    #expect(written([name], [["1"]]) == expected + "\n")
  }

  @Test("paths through an array and an object of one name stand beside each other")
  func kinds() {
    #expect(
      written(["a[0]", "a.x", "b.x", "b[0]"], [["1", "2", "3", "4"]])
        == #"{"a":["1"],"a.x":"2","b":{"x":"3"},"b[0]":"4"}"# + "\n")
    #expect(
      written(["x.y.z", "x.y", "x.w"], [["1", "2", "3"]])
        == #"{"x.y.z":"1","x.y":"2","x":{"w":"3"}}"# + "\n")
  }

  @Test("names that contradict each other become keys as they are")
  func contradictions() {
    let text =
      #"{"a":"1","a.b":"2","a[0]":"3","c.d":"4","c":"5","c[0]":"6","c.d.e":"7"}"# + "\n"
    #expect(
      written(
        ["a", "a.b", "a[0]", "c.d", "c", "c[0]", "c.d.e"], [["1", "2", "3", "4", "5", "6", "7"]])
        == text)
  }

  @Test("elements stand at their places, whatever is missing before them")
  func elements() {
    let columns = ["p[0].v", "p[1].v", "p[1].t", "p[2].v", "q[0]", "q[1]"]
    #expect(
      written(columns, [["1", "", "", "3", "", "b"], ["", "2", "t", "", "a", ""]])
        == #"{"p":[{"v":"1"},{},{"v":"3"}],"q":[null,"b"]}"# + "\n"
        + #"{"p":[{},{"v":"2","t":"t"}],"q":["a"]}"# + "\n")
  }

  @Test("a name that occurs twice and a field without a name get their number")
  func numberedNames() {
    var writer = JSONLinesWriter(columns: [])
    writer.begin(header: ["tel", "tel", ""])
    writer.append(batch([["1", "2", "3", "4"]]), record: 0)
    #expect(
      String(decoding: writer.takeBytes(), as: UTF8.self)
        == ##"{"tel":"1","tel#2":"2","":"3","#4":"4"}"## + "\n")
  }

  @Test("what was read is written, and read again as the same records", arguments: 0..<60)
  func readsBack(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) + 500)
    let scalars = ["\"x\"", "\"Ж\\n\"", "7", "null", "\"\"", "true", "{}", "[]"]
    let keys = ["a", "b", "a.b", "c[0]", "", "Моб.", "b[", "d e"]
    func value(_ depth: Int) -> String {
      switch depth > 3 ? 0 : Int.random(in: 0..<5, using: &generator) {
      case 1:
        let members = keys.filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
        return "{" + members.map { "\"\($0)\":\(value(depth + 1))" }.joined(separator: ",") + "}"
      case 2:
        let count = Int.random(in: 0...3, using: &generator)
        return "[" + (0..<count).map { _ in value(depth + 1) }.joined(separator: ",") + "]"
      default: return scalars.randomElement(using: &generator) ?? ""
      }
    }
    let text = (0..<5).map { _ in
      "{"
        + keys.shuffled(using: &generator).prefix(4).map { "\"\($0)\":\(value(0))" }
        .joined(separator: ",") + "}\n"
    }
    var reader = JSONLinesReader()
    var writer = JSONLinesWriter(columns: [])
    writer.begin(header: [])
    // A batch a line, so that the header grows between them.
    for line in text {
      _ = try reader.read(Array(line.utf8).span, from: 0)
      guard let batch = reader.takeBatch() else { continue }
      for record in 0..<batch.count { writer.append(batch, record: record, firstField: 0) }
    }
    try reader.finish()
    if let batch = reader.takeBatch() {
      for record in 0..<batch.count { writer.append(batch, record: record, firstField: 0) }
    }
    let again = readJSON([writer.takeBytes()])
    #expect(again.rows == readJSON(text.joined()).rows, "seed \(seed): \(text)")
    #expect(again.issues.isEmpty, "seed \(seed)")
  }

  @Test("records without objects inside are written as if there could be some", arguments: 0..<100)
  func flat(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = ["a", "\"", "\\", "\n", "\u{1}", "\u{1F}", "Ёж", "😀", "0123456", "01234567", "89"]
    let rows = (0..<20).map { _ in
      (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        (0..<Int.random(in: 0...6, using: &generator))
          .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      }
    }
    let columns = ["", "x", "long name", "\"", "я"]
    // A column inside an object that never has a value changes nothing but the way.
    let flat = written(columns, rows)
    #expect(flat == written(columns + ["object.member"], rows), "seed \(seed)")
    #expect(flat.utf8.count { $0 == 0x0A } == rows.count, "seed \(seed)")
  }

  @Test("columns may begin anywhere in the record")
  func firstField() {
    #expect(
      written(["x", "y"], [["skip", "a", "b"]], firstField: 1) == "{\"x\":\"a\",\"y\":\"b\"}\n")
  }

  @Test(
    "what RFC 8259 §7 says may not stand in a string is escaped, and nothing else",
    arguments: [
      ("\"", "\\\""), ("\\", "\\\\"), ("/", "/"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"),
      ("\u{8}", "\\b"), ("\u{C}", "\\f"), ("\u{0}", "\\u0000"), ("\u{1}", "\\u0001"),
      ("\u{1F}", "\\u001f"), ("\u{7F}", "\u{7F}"), ("\u{2028}", "\u{2028}"), ("Ёж", "Ёж"),
      ("日本", "日本"), ("😀", "😀"), ("<b>&'", "<b>&'"), ("a\"b\\c\nd", "a\\\"b\\\\c\\nd"),
    ])
  func escapes(text: String, expected: String) {
    #expect(written(["x"], [["a\(text)b"]]) == "{\"x\":\"a\(expected)b\"}\n")
  }

  @Test("names are escaped like values")
  func escapedNames() {
    #expect(written(["a\"b"], [["1"]]) == "{\"a\\\"b\":\"1\"}\n")
  }

  @Test("bytes taken in between are not written again")
  func takesInBetween() {
    var writer = JSONLinesWriter(columns: ["x"])
    let batch = batch([["a"], ["b"]])
    writer.append(batch, record: 0)
    #expect(writer.takeBytes() == Array("{\"x\":\"a\"}\n".utf8))
    #expect(writer.takeBytes().isEmpty)
    writer.append(batch, record: 1)
    #expect(writer.takeBytes() == Array("{\"x\":\"b\"}\n".utf8))
  }

  @Test("another reader of JSON finds every value again", arguments: 0..<60)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = ["", "a", "\"", "\\", "\n", "\u{1}", "Ёж", "😀", "/", " ", "\u{2029}", "01234567"]
    let columns = ["person", "tel", "socials.skype", "socials.icq"]
    let row = columns.map { _ in
      (0..<Int.random(in: 0...5, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }
    let text = written(columns, [row])
    #expect(text.utf8.count { $0 == 0x0A } == 1, "seed \(seed)")
    let decoded = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let object = try #require(decoded)
    let socials = object["socials"] as? [String: Any] ?? [:]
    let values = [object["person"], object["tel"], socials["skype"], socials["icq"]]
    #expect(values.map { $0 as? String ?? "" } == row, "seed \(seed)")
  }
}
