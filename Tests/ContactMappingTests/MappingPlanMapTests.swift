import ContactMapping
import ContactModel
import TestSupport
import Testing

@Suite("MappingPlan.map: cells into contacts")
struct MappingPlanMapTests {
  /// A batch of records given as texts.
  static func batch(_ records: [[String]], firstRecord: Int = 1) -> RecordBatch {
    var bytes: [UInt8] = []
    var fieldEnds: [UInt32] = []
    var recordEnds: [UInt32] = []
    for record in records {
      for field in record {
        bytes += Array(field.utf8)
        fieldEnds.append(UInt32(bytes.count))
      }
      recordEnds.append(UInt32(fieldEnds.count))
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds,
      lines: Array(repeating: 1, count: records.count), firstRecord: firstRecord)
  }

  /// All values of a batch as texts.
  static func texts(_ contacts: ContactBatch) -> [[String]] {
    (0..<contacts.count).map { contact in
      (0..<contacts.columnCount).map { contacts.text(contact: contact, column: $0) }
    }
  }

  /// What `map` is to do, as plainly as it can be said.
  ///
  /// `alternatives` has the numbers of source columns in each alternative of a field with `first:`.
  static func oracle(
    _ records: [[String]], _ schema: ContactSchema, alternatives: [PersonField: [Int]] = [:]
  ) -> [[String]] {
    records.map { record in
      schema.columns.map { column in
        var cells = column.sources.map { record.indices.contains($0) ? record[$0] : "" }
        var place = 0
        var isFound = false
        for count in alternatives[column.field] ?? [] {
          let cellsBefore = isFound
          for index in place..<(place + count) {
            if cellsBefore { cells[index] = "" }
            if cells[index].utf8.contains(where: { $0 > 0x20 }) { isFound = true }
          }
          place += count
        }
        cells += (column.condition?.sources ?? []).map {
          record.indices.contains($0) ? record[$0] : ""
        }
        if cells.count < 2 { return cells.first ?? "" }
        return cells.map { String($0.map { $0 == "\u{1F}" ? " " : $0 }) }.joined(
          separator: "\u{1F}")
      }
    }
  }

  private func plan(_ yaml: String, _ header: [String]) throws -> MappingPlan {
    try MappingPlan(try Mapping(yaml: yaml, fileName: "m"), header: header)
  }

  @Test("cells are copied, several with a separator, constants stay empty")
  func example() throws {
    let plan = try plan(
      "owner: o\nfields: { person: { join: [F, I] }, tel: [T, F], clientpath: { value: X } }",
      ["F", "I", "T"])
    let records = [["Ива", "Пётр", "123"], ["", "", ""], ["a", "", "c"]]
    let contacts = plan.map(Self.batch(records))
    #expect(
      Self.texts(contacts) == [
        ["Ива\u{1F}Пётр", "", "123\u{1F}Ива", ""], ["\u{1F}", "", "\u{1F}", ""],
        ["a\u{1F}", "", "c\u{1F}a", ""],
      ])
    #expect(plan.schema.columns.map(\.field) == [.person, .user, .tel, .clientpath])
  }

  @Test("cells a short record does not have are empty, further ones of a long one are left out")
  func ragged() throws {
    let plan = try plan("fields: { person: A, tel: [B, C] }", ["A", "B", "C"])
    let records = [["1"], [], ["1", "2"], ["1", "2", "3", "4", "5"]]
    #expect(
      Self.texts(plan.map(Self.batch(records))) == [
        ["1", "\u{1F}"], ["", "\u{1F}"], ["1", "2\u{1F}"], ["1", "2\u{1F}3"],
      ])
  }

  @Test("a batch without records gives one without contacts")
  func empty() throws {
    let contacts = try plan("fields: { person: A }", ["A"]).map(Self.batch([]))
    #expect(contacts.count == 0)
    #expect(contacts.columnCount == 1)
    #expect(contacts.bytes.isEmpty)
  }

  @Test("a column used for several fields is copied into each")
  func usedTwice() throws {
    let plan = try plan("fields: { person: A, input1: A, input2: [A, B], rol: B }", ["A", "B"])
    #expect(
      Self.texts(plan.map(Self.batch([["xyz", "q"]]))) == [["xyz", "q", "xyz", "xyz\u{1F}q"]])
  }

  @Test("a separator that is data stays in a value of one cell and is a blank among several")
  func separatorIsData() throws {
    let plan = try plan("fields: { person: A, tel: [A, B], mail: B }", ["A", "B"])
    #expect(
      Self.texts(plan.map(Self.batch([["a\u{1F}b", "\u{1F}"], ["c", "d"]]))) == [
        ["a\u{1F}b", "a b\u{1F} ", "\u{1F}"], ["c", "c\u{1F}d", "d"],
      ])
  }

  @Test("of alternatives the first is taken that is not blank, all its cells")
  func alternatives() throws {
    let plan = try plan(
      "fields: { person: { first: [A, { join: [B, C] }, D] }, mail: { first: [D, C] } }",
      ["A", "B", "C", "D"])
    let records = [
      ["a", "b", "c", "d"], [" ", "b", "c", "d"], ["", "", "c", "d"], ["", "\t", "", "d"],
      ["", ""],
    ]
    #expect(plan.schema.columns.map(\.isJoined) == [true, false])
    #expect(
      Self.texts(plan.map(Self.batch(records))).map {
        $0.map { Array($0.split(separator: "\u{1F}")) }
      }
        == [
          [["a"], ["d"]], [[" ", "b", "c"], ["d"]], [["c"], ["d"]], [["\t", "d"], ["d"]], [[], []],
        ])
  }

  @Test(
    "cells of every length are whole", arguments: [0, 1, 15, 16, 17, 31, 32, 127, 128, 129, 500])
  func lengths(length: Int) throws {
    let plan = try plan("fields: { person: A, tel: [B, A] }", ["A", "B"])
    let cell = String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
    for records in [[[cell, "x"]], [["x", cell]], [[cell, cell], [cell, cell]], [["", cell]]] {
      #expect(
        Self.texts(plan.map(Self.batch(records))) == Self.oracle(records, plan.schema))
    }
  }

  @Test("any mapping of any records is what the plain reading of it says", arguments: 0..<200)
  func againstOracle(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let header = (0..<Int.random(in: 1...14, using: &generator)).map { "c\($0)" }
    var rules: [FieldRule] = []
    var alternatives: [PersonField: [Int]] = [:]
    let fields = PersonField.allCases.filter { $0.isWritable && $0 != .person }
    for field in [.person] + fields.shuffled(using: &generator).prefix(seed % 12) {
      let columns = header.shuffled(using: &generator).map { ColumnReference($0) }
      let count = min(columns.count, Int.random(in: 1...4, using: &generator))
      let content: FieldContent =
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: .joined(Array(columns.prefix(count)))
        case 1 where field != .person: .constant(.text("constant"))
        case 2: .columns(Array(columns.prefix(count)))
        case 3:
          .first(
            columns.prefix(count).map { Array(repeating: $0, count: seed % 3 + 1) })
        default: .columns([columns[0]])
        }
      if case .first(let lists) = content { alternatives[field] = lists.map(\.count) }
      var rule = FieldRule(field: field, content: content)
      if Int.random(in: 0..<4, using: &generator) == 0,
        let column = columns.randomElement(using: &generator)
      {
        rule.condition = RuleCondition(column: column, test: .isFilled)
      }
      rules.append(rule)
    }
    let plan = try MappingPlan(Mapping(fields: rules), header: header)
    let pieces = [
      "", " ", "a", "Ю", "\u{1F}", "0123456789abcdef", "😀", "нет", ";",
      String(repeating: "д", count: 70),
    ]
    let records = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
      (0..<Int.random(in: 0...(header.count + 2), using: &generator)).map { _ in
        (0..<Int.random(in: 0...3, using: &generator))
          .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      }
    }
    let contacts = plan.map(Self.batch(records))
    #expect(contacts.count == records.count)
    #expect(
      Self.texts(contacts) == Self.oracle(records, plan.schema, alternatives: alternatives),
      "seed \(seed)")
    #expect(Int(contacts.valueEnds.last ?? 0) == contacts.bytes.count)
  }
}
