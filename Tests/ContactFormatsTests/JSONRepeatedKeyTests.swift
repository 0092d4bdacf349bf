import JSONSyntax
import TestSupport
import Testing

@testable import ContactFormats

/// The columns of a value of which only the last member with a key counts.
private func lastRow(_ value: JSONValue, _ path: String, _ row: inout [String: String]) -> Bool {
  var hasRepeatedKey = false
  switch value {
  case .object(let members):
    let last = Dictionary(members.map { ($0.key, $0.value) }) { $1 }
    hasRepeatedKey = last.count < members.count
    for member in members {
      var inside: [String: String] = [:]
      let name = path.isEmpty ? member.key : path + "." + member.key
      if lastRow(member.value, name, &inside) { hasRepeatedKey = true }
    }
    for (key, value) in last {
      _ = lastRow(value, path.isEmpty ? key : path + "." + key, &row)
    }
  case .array(let elements):
    for (index, element) in elements.enumerated() {
      if lastRow(element, path + "[\(index)]", &row) { hasRepeatedKey = true }
    }
  case .string(let text), .number(let text): row[path] = text.isEmpty ? nil : text
  case .bool(let flag): row[path] = flag ? "true" : "false"
  case .null: break
  }
  return hasRepeatedKey
}

@Suite("Repeated keys in JSON")
struct JSONRepeatedKeyTests {
  /// The text of a value; objects in it repeat their keys more often than not.
  private func value(depth: Int, _ count: inout Int, _ generator: inout SeededGenerator) -> String {
    switch Int.random(in: depth > 3 ? 4...6 : 0...6, using: &generator) {
    case 0...2:
      let keys = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        ["a", "b", "c"].randomElement(using: &generator) ?? ""
      }
      var members: [String] = []
      for key in keys {
        members.append("\"\(key)\":\(value(depth: depth + 1, &count, &generator))")
      }
      return "{\(members.joined(separator: ","))}"
    case 3:
      var elements: [String] = []
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        elements.append(value(depth: depth + 1, &count, &generator))
      }
      return "[\(elements.joined(separator: ","))]"
    case 4: return ["null", "\"\"", "{}", "[]"].randomElement(using: &generator) ?? ""
    default:
      count += 1
      return "\(count)"
    }
  }

  @Test("the last value wins at every depth, as in a tree", arguments: 0..<300)
  func lastWins(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) + 5000)
    var count = 0
    var lines: [String] = []
    for _ in 0..<8 {
      var members: [String] = []
      for key in ["a", "b", "a", "c", "b"] where Bool.random(using: &generator) {
        members.append("\"\(key)\":\(value(depth: 0, &count, &generator))")
      }
      lines.append("{\(members.joined(separator: ","))}")
    }
    var rows: [[String: String]] = []
    var issues: [String] = []
    for (index, line) in lines.enumerated() {
      var row: [String: String] = [:]
      if lastRow(try JSONValue(parsing: Array(line.utf8)), "", &row) {
        issues.append("\(index + 1) json.repeated-key 0")
      }
      rows.append(row)
    }
    let content = readJSON(lines.joined(separator: "\n"))
    #expect(content.rows == rows, "seed \(seed): \(lines)")
    #expect(content.issues == issues, "seed \(seed): \(lines)")
  }

  @Test("a key with a dot is not inside the object whose key is repeated")
  func keysWithDots() {
    let content = readJSON(#"{"a":{"c":1},"a.b":2,"a":{"c":3}}"#)
    #expect(content.rows == [["a.c": "3", "a.b": "2"]])
    #expect(content.issues == ["1 json.repeated-key 0"])
    let both = readJSON(#"{"a":{"b":{"x":1}},"a.b":{"y":2}}"#)
    #expect(both.rows == [["a.b.y": "2"]])
    #expect(both.issues == ["1 json.repeated-key 0"])
  }

  @Test(
    "a key may be repeated thousands of times beside thousands of others",
    arguments: [
      (#""a":{}"#, [:]), (#""a":{"x":1}"#, ["a.x": "1"]), (#""a":7"#, ["a": "7"]),
      (#""a":{},"b":1"#, ["b": "1"]), (#""a":{"x":{"y":[1,2]}},"a":3"#, ["a": "3"]),
      (#""a":3,"a":{"x":{"y":[1,2]}}"#, ["a.x.y[0]": "1", "a.x.y[1]": "2"]),
    ] as [(String, [String: String])])
  func manyTimes(members: String, row: [String: String]) {
    let keys = (0..<4000).map { "\"k\($0)\":1" }.joined(separator: ",")
    let repeated = [String](repeating: members, count: 10_000).joined(separator: ",")
    let content = readJSON("{\(keys),\(repeated)}\n{\"k1\":2}")
    let others = content.rows.first?.filter { $0.key.hasPrefix("k") }
    let found = content.rows.first?.filter { !$0.key.hasPrefix("k") }
    #expect(found == row)
    #expect(others?.count == 4000)
    #expect(content.rows.last == ["k1": "2"])
    #expect(content.issues == ["1 json.repeated-key 0"])
  }
}
