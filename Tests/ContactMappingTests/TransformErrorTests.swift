import ContactMapping
import ContactModel
import TestSupport
import Testing

@Suite("MappingError: mistakes in transforms")
struct TransformErrorTests {
  /// A mistake in the rule of `input2`, or in a line of its own.
  struct Mistake: Sendable, CustomTestStringConvertible {
    var yaml: String
    var code: String
    var english: String
    var russian: String

    var testDescription: String { yaml }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      yaml: "{ from: A, order: family-first }", code: "mapping.key-without",
      english: "'order' needs 'as: name' beside it", russian: "для 'order' рядом нужно 'as: name'"),
    Mistake(
      yaml: "{ from: A, as: text, part: given }", code: "mapping.key-without",
      english: "'part' needs 'as: name' beside it", russian: "для 'part' рядом нужно 'as: name'"),
    Mistake(
      yaml: "{ value: x, default: y }", code: "mapping.key-without",
      english: "'default' needs 'when' beside it", russian: "для 'default' рядом нужно 'when'"),
    Mistake(
      yaml: "{ join: { with: x } }", code: "mapping.missing-key",
      english: "'join' has no 'columns'", russian: "в 'join' нет 'columns'"),
    Mistake(
      yaml: "{ from: A, split: { part: 1 } }", code: "mapping.missing-key",
      english: "'split' has no 'by'", russian: "в 'split' нет 'by'"),
    Mistake(
      yaml: "{ from: A, split: { by: ',' } }", code: "mapping.missing-key",
      english: "'split' has no 'part'", russian: "в 'split' нет 'part'"),
    Mistake(
      yaml: "{ from: A, when: { is: empty } }", code: "mapping.missing-key",
      english: "'when' has no 'column'", russian: "в 'when' нет 'column'"),
    Mistake(
      yaml: "{ from: A, when: { column: B } }", code: "mapping.missing-key",
      english: "'when' has no 'equals'", russian: "в 'when' нет 'equals'"),
    Mistake(
      yaml: "{ from: A, when: { column: B, is: empty, equals: x } }",
      code: "mapping.conflicting-keys",
      english: "'is' and 'equals' cannot stand in one rule",
      russian: "'is' и 'equals' не могут стоять в одном правиле"),
    Mistake(
      yaml: "{ from: A, replace: { '': x } }", code: "mapping.empty-search",
      english: "'replace' has no text to look for here",
      russian: "в 'replace' здесь нет текста, который искать"),
    Mistake(
      yaml: "{ from: A, case: title, values: { ДА: x } }", code: "mapping.unreachable-value",
      english: "no cell is 'ДА' after 'case: title'",
      russian: "после 'case: title' ни одна ячейка не равна 'ДА'"),
    Mistake(
      yaml: "{ from: A, as: name, case: upper }", code: "mapping.conflicting-keys",
      english: "'as: name' and 'case' cannot stand in one rule",
      russian: "'as: name' и 'case' не могут стоять в одном правиле"),
    Mistake(
      yaml: "A\ndates: { format: MM/DD/YYYY, order: dmy }", code: "mapping.unreadable-dates",
      english: "dates written as MM/DD/YYYY would be read back with the day first",
      russian: "даты в виде MM/DD/YYYY при чтении поймут так, будто день стоит первым"),
    Mistake(
      yaml: "A\ndates: { century: 1799 }", code: "mapping.wrong-type",
      english: "'century' needs a year from 1800 to 2100",
      russian: "для 'century' нужно: год от 1800 до 2100"),
  ]

  private func thrown(by yaml: String) -> MappingError? {
    #expect(throws: MappingError.self) {
      try Mapping(yaml: "fields:\n  person: P\n  " + yaml, fileName: "m.yaml")
    }
  }

  @Test("each mistake has a code, a place and a sentence in both languages", arguments: mistakes)
  func mistake(mistake: Mistake) throws {
    let error = try #require(thrown(by: "input2: " + mistake.yaml))
    #expect(error.code == mistake.code)
    #expect(error.problem.sentence(in: .english) == mistake.english)
    #expect(error.problem.sentence(in: .russian) == mistake.russian)
    #expect(error.line >= 3)
    #expect(error.snippet.contains("^"))
  }

  @Test(
    "what is of the wrong kind is said to be, and how it is written",
    arguments: [
      "split: ','", "split: { by: '', part: 1 }", "split: { by: [','], part: 1 }",
      "split: { by: ',', part: 0 }", "split: { by: ',', part: x }", "split: { by: ',', part: 1.5 }",
      "split: { by: ',', part: 99999999999999999999 }", "trim:", "trim: ''", "trim: [a]",
      "trim: { a: b }", "replace:", "replace: {}", "replace: [a, b]", "replace: { a: }",
      "replace: { a: [b] }", "replace: { [a]: b }", "case: [upper]", "when:", "when: B",
      "when: [B]",
      "when: {}", "when: { column: [B], is: empty }", "when: { column: B, equals: [] }",
      "when: { column: B, equals: [[x]] }", "when: { column: B, equals: '' }",
      "when: { column: B, equals: ' ' }", "default:", "default: ''", "default: ' '",
      "default: [x]", "default: {}", "invalid: [drop]", "order: []",
    ])
  func wrongType(part: String) throws {
    let error = try #require(thrown(by: "input2: { from: A, \(part) }"))
    #expect(["mapping.wrong-type", "mapping.missing-key"].contains(error.code), "\(error.code)")
    #expect(error.problem.hint(in: .english)?.hasPrefix("write it as ") == true)
    #expect(error.problem.hint(in: .russian)?.hasPrefix("пишется так: ") == true)
    #expect(error.line == 3)
  }

  @Test("a join of the wrong kind", arguments: ["{}", "{ columns: }", "{ columns: [] }", "[]"])
  func wrongJoin(text: String) throws {
    let error = try #require(thrown(by: "input2: { join: \(text) }"))
    #expect(["mapping.wrong-type", "mapping.missing-key"].contains(error.code))
    #expect(error.line == 3)
  }

  @Test("a choice of `first` has the short form of join only")
  func joinInFirst() throws {
    let error = try #require(
      thrown(by: "input2: { first: [A, { join: { columns: B, with: x } }] }"))
    #expect(error.code == "mapping.wrong-type")
  }

  @Test(
    "beside a constant stand only when and default",
    arguments: [
      "split: { by: ',', part: 1 }", "trim: x", "replace: { a: b }", "case: upper",
      "values: { a: b }", "as: date", "invalid: drop", "part: given",
    ])
  func constant(part: String) throws {
    let key = try #require(part.split(separator: ":").first)
    #expect(
      thrown(by: "input2: { value: x, \(part) }")?.problem == .conflictingKeys("value", String(key))
    )
    #expect(
      thrown(by: "input2: { \(part), value: x }")?.problem == .conflictingKeys("value", String(key))
    )
  }

  @Test(
    "nothing stands beside a lookup",
    arguments: [
      "split: { by: ',', part: 1 }", "trim: x", "replace: { a: b }", "case: upper",
      "values: { a: b }", "as: number", "invalid: drop", "default: x",
      "when: { column: B, is: empty }",
    ])
  func lookup(part: String) throws {
    let key = try #require(part.split(separator: ":").first)
    #expect(
      thrown(by: "clid: { \(part), from: A, lookup: client }")?.problem
        == .conflictingKeys("lookup", String(key)))
  }

  @Test(
    "an unknown key is shown beside the known ones",
    arguments: [
      ("input2: { from: A, splitt: x }", "did you mean 'split'?"),
      ("input2: { from: A, defualt: x }", "did you mean 'default'?"),
      ("input2: { from: A, split: { at: x } }", "known keys are by, part"),
      ("input2: { from: A, when: { col: B } }", "known keys are column, equals, is"),
      ("input2: { from: A, default: { no: 3 } }", "known keys are id"),
      ("input2: A\nemails: { domains: ascii }", "did you mean 'domain'?"),
      ("input2: A\ndates: { from: 3 }", "known keys are order, century, format"),
    ])
  func unknownKeys(yaml: String, hint: String) throws {
    let error = try #require(thrown(by: yaml))
    #expect(error.code == "mapping.unknown-key")
    #expect(error.problem.hint(in: .english) == hint)
  }

  @Test("any text of keys and values is a mapping or an error with a place", arguments: 0..<60)
  func anyText(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let keys = [
      "from", "join", "first", "value", "when", "split", "trim", "replace", "case", "values", "as",
      "order", "part", "default", "invalid", "lookup", "columns", "with", "by", "column", "equals",
      "is", "id", "", "x",
    ]
    let words = [
      "A", "''", "' '", "-1", "0", "2", "upper", "title", "name", "date", "drop", "client", "empty",
      "family", "family-first", "~", "\"\\u0000\"", "'\u{1F}'", "9223372036854775808", "ДА", "😀",
    ]
    func node(_ depth: Int) -> String {
      let count = Int.random(in: 0...3, using: &generator)
      switch Int.random(in: 0..<(depth > 2 ? 1 : 4), using: &generator) {
      case 2: return "[" + (0..<count).map { _ in node(depth + 1) }.joined(separator: ", ") + "]"
      case 3:
        let entries = keys.shuffled(using: &generator).prefix(count)
          .map { "\($0.isEmpty ? "''" : $0): \(node(depth + 1))" }
        return "{ " + entries.joined(separator: ", ") + " }"
      default: return words.randomElement(using: &generator) ?? ""
      }
    }
    for _ in 0..<100 {
      let parts = keys.shuffled(using: &generator).prefix(Int.random(in: 1...4, using: &generator))
        .map { "\($0.isEmpty ? "''" : $0): \(node(0))" }
      let from = Bool.random(using: &generator) ? "from: A, " : ""
      let rule =
        "{ \(from)"
        + parts.filter { !$0.hasPrefix("from:") || from.isEmpty }
        .joined(separator: ", ") + " }"
      let yaml = "fields:\n  person: P\n  loyalty: \(rule)\n"
      do {
        let mapping = try Mapping(yaml: yaml, fileName: "m.yaml")
        _ = try? MappingPlan(mapping, header: ["P", "A"])
        _ = try MappingPlan(mapping, header: ["P", "A"], hasOpenColumns: true)
      } catch {
        #expect(error.line > 0, "\(yaml), seed \(seed)")
        #expect(!error.message(in: .english).isEmpty)
        #expect(!error.message(in: .russian).isEmpty)
      }
    }
  }
}
