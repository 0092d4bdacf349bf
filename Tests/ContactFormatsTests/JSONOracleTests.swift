import ContactModel
import JSONSyntax
import TestSupport
import Testing

@testable import ContactFormats

/// A slow, obvious reader of lines: a tree for each, walked by recursion.
///
/// It knows nothing of repeated keys; the generated texts have none.
private func slowRows(_ text: [UInt8]) -> [[String: String]] {
  var rows: [[String: String]] = []
  func walk(_ value: JSONValue, _ path: String, _ row: inout [String: String]) {
    switch value {
    case .object(let members):
      for member in members {
        walk(member.value, path.isEmpty ? member.key : path + "." + member.key, &row)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() { walk(element, path + "[\(index)]", &row) }
    case .string(let text), .number(let text): row[path] = text.isEmpty ? nil : text
    case .bool(let flag): row[path] = flag ? "true" : "false"
    case .null: break
    }
  }
  for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
    guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
    if let value = try? JSONValue(parsing: Array(line)), case .object = value {
      var row: [String: String] = [:]
      walk(value, "", &row)
      rows.append(row)
    } else {
      rows.append(["ferry.raw": String(decoding: line, as: UTF8.self)])
    }
  }
  return rows
}

@Suite("JSON lines reader against a slow one")
struct JSONOracleTests {
  private let keys = ["name", "Фамилия", "tel", "e mail", "долгий ключ, длиннее восьми", "x\\\"y"]

  /// The text of one object; most are plain, with keys in order, so that the fast reader has work.
  private func object(_ generator: inout SeededGenerator, isPretty: Bool = false) -> String {
    let scalars = [
      #""""#, #""a""#, #""Иванова-Петрова""#, #""a\"b\\c\n""#, #""\u0416\ud83d\ude00""#,
      #""Ёжик 東""#,
      #""+7 (342) 250-50-50""#, "1", "-0.5e+7", "true", "null", #""é Ąж""#, #""0123456789abcdef""#,
    ]
    let blank = Int.random(in: 0..<8, using: &generator) == 0 ? " " : ""
    var members = keys.filter { _ in Int.random(in: 0..<5, using: &generator) > 0 }
    if Int.random(in: 0..<6, using: &generator) == 0 { members.shuffle(using: &generator) }
    let text = members.map { key in
      var value = scalars.randomElement(using: &generator) ?? ""
      if Int.random(in: 0..<20, using: &generator) == 0 {
        value = #"[\#(value),{"k":\#(value)}]"#
      }
      return #"\#(blank)"\#(key)"\#(blank):\#(blank)\#(value)"#
    }
    return isPretty
      ? "{\n  " + text.joined(separator: ",\n  ") + "\n}" : "{" + text.joined(separator: ",") + "}"
  }

  fileprivate func chunks(_ text: [UInt8], _ generator: inout SeededGenerator) -> [[UInt8]] {
    pieces(of: text, Int.random(in: 1...max(1, text.count), using: &generator))
  }

  @Test("both give the same rows, at any chunk size", arguments: 0..<120)
  func agree(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let lines = (0..<Int.random(in: 1...12, using: &generator)).map { _ in object(&generator) }
    let ends = ["\n", "\r\n", "\n\n", " \n"]
    let text = Array(lines.map { $0 + (ends.randomElement(using: &generator) ?? "") }.joined().utf8)
    let expected = slowRows(text)
    let content = readJSON(chunks(text, &generator))
    #expect(content.rows == expected, "seed \(seed)")
    #expect(content.issues.isEmpty && content.error == nil, "seed \(seed)")
    // The same objects as elements and as values over several lines.
    let array = Array(("[" + lines.joined(separator: seed % 2 == 0 ? "," : ",\n") + "]").utf8)
    #expect(readJSON(chunks(array, &generator)).rows == expected, "seed \(seed)")
  }

  @Test("objects over several lines give the same rows as on one", arguments: 0..<40)
  func pretty(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 1000)
    let objects = (0..<6).map { _ in object(&generator, isPretty: true) }
    let expected = slowRows(
      Array(objects.map { $0.replacing("\n", with: " ") }.joined(separator: "\n").utf8))
    for text in [objects.joined(separator: "\n"), "[" + objects.joined(separator: ",") + "]"] {
      let content = readJSON(chunks(Array(text.utf8), &generator))
      #expect(content.rows == expected, "seed \(seed)")
      #expect(content.issues.isEmpty && content.error == nil, "seed \(seed)")
    }
  }

  @Test("of damaged lines the fast reader takes what the slow one takes", arguments: 0..<200)
  func damagedLines(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 2000)
    // The first line tells the layout; it stays whole.
    let head = Array((object(&generator) + "\n").utf8)
    let lines = (0..<8).map { _ in object(&generator) }.joined(separator: "\n")
    let text = head + mutated(Array(lines.utf8), with: &generator)
    let whole = readJSON([text])
    #expect(readJSON(chunks(text, &generator)) == whole, "seed \(seed)")
    let touched = whole.issues.map { $0.split(separator: " ")[0] }
    let slow = slowRows(text)
    #expect(whole.rows.count == slow.count, "seed \(seed)")
    for (index, (row, expected)) in zip(whole.rows, slow).enumerated()
    where !touched.contains("\(index + 1)") {
      #expect(row == expected, "seed \(seed), record \(index + 1)")
    }
  }

  @Test(
    "damage to an element costs the elements it touches and no other",
    arguments: 0..<150, [",", ",\n", ",\n  "])
  func damagedElements(seed: Int, between: String) {
    var generator = SeededGenerator(seed: UInt64(seed) + 3000)
    let good = (0..<12).map { #"{"id":"\#($0)","name":"Анна \#($0)","tel":null}"# }
    let place = Int.random(in: 1..<11, using: &generator)
    let broken = mutated(Array(good[place].utf8), with: &generator)
    var text = Array("[".utf8)
    for index in good.indices {
      if index > 0 { text += Array(between.utf8) }
      text += index == place ? broken : Array(good[index].utf8)
    }
    text += Array("]".utf8)
    let content = readJSON([text])
    #expect(readJSON(chunks(text, &generator)) == content, "seed \(seed)")
    // A bracket or quote too many may take the next neighbor along, within the raw text.
    let ids = Set(content.rows.compactMap { $0["id"] })
    let raw = content.rows.compactMap { $0["ferry.raw"] }.joined(separator: "\n")
    for index in good.indices where index != place {
      #expect(
        ids.contains("\(index)") || raw.contains(good[index]), "seed \(seed): \(index)\n\(content)")
    }
    #expect(ids.count >= good.count - 2, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
  }
}

extension JSONOracleTests {
  @Test("damage to a value over several lines ends, and costs no good neighbor", arguments: 0..<150)
  func damagedValues(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 4000)
    let good = (0..<12).map { "{\n  \"id\": \"\($0)\",\n  \"name\": \"Анна \($0)\"\n}\n" }
    let place = Int.random(in: 1..<11, using: &generator)
    let broken = mutated(Array(good[place].utf8), with: &generator)
    let text =
      good[..<place].flatMap { Array($0.utf8) } + broken
      + good[(place + 1)...].flatMap { Array($0.utf8) }
    let content = readJSON([text])
    #expect(readJSON(chunks(text, &generator)) == content, "seed \(seed)")
    let ids = Set(content.rows.compactMap { $0["id"] })
    #expect(ids.count >= good.count - 2, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
  }
}

@Suite("JSON in a file of unknown kind")
struct JSONRecordReaderTests {
  @Test(
    "is found by its beginning, and every record comes out",
    arguments: ["{\"a\":\"Жук\"}\n{\"a\":\"2\"}", "\u{FEFF}[{\"a\":\"Жук\"},\n{\"a\":\"2\"}]"])
  func found(text: String) throws {
    try everySplit(of: Array(text.utf8)) { chunks, name in
      let (content, profile, issues) = try readRecords(chunks)
      #expect(content.rows == [["Жук"], ["2"]], "\(name)")
      #expect(profile?.format == .jsonLines && profile?.header == ["a"], "\(name)")
      #expect(issues.isEmpty, "\(name)")
    }
  }

  @Test("a file of which nothing is an object hands over its lines, then fails")
  func notObjects() throws {
    var reader = RecordReader(settings: ReaderSettings(format: .jsonLines))
    try reader.push(Array("name\nAnn\n".utf8).span)
    try reader.finish()
    let batch = try reader.nextBatch()
    #expect(batch?.count == 2)
    #expect(batch?.issues.map(\.code) == [.invalidRecord, .invalidRecord])
    do throws(FormatError) {
      _ = try reader.nextBatch()
      Issue.record("an error was due")
    } catch {
      #expect(error.code == .notJSONObjects)
    }
  }
}
