import ContactMapping
import ContactModel
import Testing

@Suite("MappingPlan: the columns of conditions, and mob where mobiles are moved")
struct ConditionPlanTests {
  private func plan(_ yaml: String, _ header: [String], isOpen: Bool = false) throws -> MappingPlan
  {
    try MappingPlan(
      try Mapping(yaml: yaml, fileName: "m.yaml"), header: header, hasOpenColumns: isOpen)
  }

  private func texts(_ plan: MappingPlan, _ records: [[String]]) -> [[String]] {
    MappingPlanMapTests.texts(plan.map(MappingPlanMapTests.batch(records)))
  }

  @Test("a condition's cell follows those of the value, and its column is used")
  func cells() throws {
    let plan = try plan(
      """
      fields:
        person: P
        tel: { from: [A, B], when: { column: C, is: filled } }
        loyalty: { value: { id: 3 }, when: { column: c, equals: x } }
      """, ["P", "A", "B", "C", "D"])
    #expect(
      plan.schema.columns.map(\.condition) == [
        nil, ValueCondition(sources: [3], test: .isFilled),
        ValueCondition(sources: [3], test: .equals(["x"])),
      ])
    #expect(plan.schema.columns.map(\.sources) == [[0], [1, 2], []])
    #expect(plan.unmappedColumns == [4])
    #expect(
      texts(plan, [["p", "a", "b", "c", "d"], ["p"]]) == [
        ["p", "a\u{1F}b\u{1F}c", "c"], ["p", "\u{1F}\u{1F}", ""],
      ])
  }

  @Test("behind alternatives the condition's cell is fetched all the same")
  func alternatives() throws {
    let plan = try plan(
      """
      fields:
        person: P
        input2: { first: [A, { join: [B, C] }], when: { column: D, is: filled } }
      """, ["P", "A", "B", "C", "D"])
    #expect(
      texts(plan, [["p", "a", "b", "c", "d"], ["p", " ", "b", "c", "d"]]).map { $0[1] } == [
        "a\u{1F}\u{1F}\u{1F}d", " \u{1F}b\u{1F}c\u{1F}d",
      ])
  }

  @Test("a separator inside a condition's cell is a blank")
  func separators() throws {
    let plan = try plan(
      "fields: { person: P, input2: { from: A, when: { column: B, is: filled } } }",
      ["P", "A", "B"])
    #expect(texts(plan, [["p", "a", "b\u{1F}c"]])[0][1] == "a\u{1F}b c")
  }

  @Test("a column that two fields look at takes nothing from the field that it fills")
  func claims() throws {
    let plan = try plan(
      """
      fields:
        person: FN
        tel: 'TEL[*]'
        input2: { from: NOTE, when: { column: 'TEL[CELL]', is: filled } }
      """, ["FN", "TEL[CELL]", "TEL[WORK]", "NOTE"], isOpen: true)
    #expect(plan.schema.columns[1].sources == [1, 2])
    #expect(plan.schema.columns[2].condition?.sources == [1])
  }

  @Test("in open sources a condition's column may be absent, and may come later")
  func open() throws {
    let yaml = "fields: { person: FN, input2: { from: A, when: { column: B, is: empty } } }"
    let early = try plan(yaml, ["FN", "A"], isOpen: true)
    #expect(early.schema.columns[1].condition == ValueCondition(sources: [], test: .isEmpty))
    #expect(early.absentColumns == ["B"])
    #expect(texts(early, [["n", "a"]])[0] == ["n", "a"])
    let late = try plan(yaml, ["FN", "A", "B"], isOpen: true)
    #expect(texts(late, [["n", "a"], ["n", "a", "b"]]).map { $0[1] } == ["a\u{1F}", "a\u{1F}b"])
    let none = try plan(yaml, ["FN"], isOpen: true)
    #expect(none.schema.columns[1].sources == [])
    let alone = try plan(yaml, ["FN", "B"], isOpen: true)
    #expect(texts(alone, [["n", "b"]])[0] == ["n", "b"])
  }

  @Test("a condition on every column of a kind does not make them used")
  func wildcard() throws {
    let plan = try plan(
      "fields: { person: FN, input2: { value: x, when: { column: 'TEL[*]', is: filled } } }",
      ["FN", "TEL[CELL]", "TEL"], isOpen: true)
    #expect(plan.schema.columns[1].condition?.sources == [1, 2])
    #expect(plan.unmappedColumns == [1, 2])
  }

  @Test("a table must have the column")
  func unknown() throws {
    let mapping = try Mapping(
      yaml: "fields: { person: P, input2: { from: A, when: { column: Bb, is: empty } } }",
      fileName: "m.yaml")
    let error = #expect(throws: MappingError.self) { try MappingPlan(mapping, header: ["P", "A"]) }
    #expect(error?.problem == .unknownColumn("Bb", columns: ["P", "A"]))
    #expect(error?.column == 57)
  }

  @Test("mob gets a column where mobiles are moved to it, and only there")
  func mob() throws {
    let move = "phones: { mobiles: move }\n"
    func fields(_ yaml: String) throws -> [PersonField] {
      try plan(yaml, ["P", "T", "M"]).schema.columns.map(\.field)
    }
    #expect(try fields(move + "fields: { person: P, tel: T }") == [.person, .tel, .mob])
    #expect(
      try fields(move + "fields: { person: P, fax: T, mail: M }") == [.person, .fax, .mob, .mail])
    #expect(try fields(move + "fields: { person: P, mob: M, tel: T }") == [.person, .tel, .mob])
    #expect(try fields(move + "fields: { person: P, mail: M }") == [.person, .mail])
    #expect(try fields("fields: { person: P, tel: T }") == [.person, .tel])
  }

  @Test("a required mob needs no rule where it is filled by moving")
  func requiredMob() throws {
    let rest = "required: [mob]\nfields: { person: P, tel: T }"
    let columns = try plan("phones: { mobiles: move }\n" + rest, ["P", "T"]).schema.columns
    #expect(columns.map(\.isRequired) == [true, false, true])
    #expect(throws: MappingError.self) { try plan(rest, ["P", "T"]) }
  }
}
