import ContactMapping
import ContactModel
import Testing

@Suite("Mapping: the transforms of a rule")
struct TransformYAMLTests {
  /// The rule of one field written as `text`.
  private func rule(_ text: String, of field: String = "input2") throws -> FieldRule {
    let yaml = "fields:\n  person: ФИО\n  \(field): \(text)"
    return try #require(try Mapping(yaml: yaml, fileName: "m.yaml").fields.last)
  }

  private func mapping(_ line: String) throws -> Mapping {
    try Mapping(yaml: "fields: { person: ФИО }\n" + line, fileName: "m.yaml")
  }

  @Test("join has a short form, and a long one with what stands between")
  func join() throws {
    let columns = FieldContent.joined([ColumnReference("A"), ColumnReference("B")])
    let short = try rule("{ join: [A, B] }")
    #expect(short.content.columns.map(\.name) == columns.columns.map(\.name))
    #expect(short.separator == " ")
    let long = try rule("{ join: { with: ', ', columns: [A, B] } }")
    #expect(long.content.columns.map(\.name) == ["A", "B"])
    #expect(long.separator == ", ")
    #expect(try rule("{ join: { columns: A } }").separator == " ")
    #expect(try rule("{ join: { columns: [A, B], with: '' } }").separator == "")
  }

  @Test("split, trim, replace and case are read with their blanks, in any order of keys")
  func transforms() throws {
    let rule = try rule(
      "{ case: lower, replace: { ' (раб.)': '', '': ' ', б: 'a' }, trim: '. ;', "
        .replacing("'': ' ', ", with: "") + "split: { part: -1, by: ' ' }, from: A }")
    #expect(
      rule.transforms
        == ValueTransforms(
          split: SplitTransform(separator: " ", part: -1), trimmed: ". ;",
          replacements: [TextReplacement(" (раб.)", with: ""), TextReplacement("б", with: "a")],
          letterCase: .lower))
  }

  @Test("replacements keep the order they are written in")
  func replacementOrder() throws {
    let rule = try rule("{ from: A, replace: { c: '1', a: '2', b: '3', '10': '4' } }")
    #expect(rule.transforms.replacements.map(\.old) == ["c", "a", "b", "10"])
    #expect(rule.transforms.replacements.map(\.new) == ["1", "2", "3", "4"])
  }

  @Test(
    "every form of a condition",
    arguments: [
      ("equals: VIP", ConditionTest.equals(["VIP"])),
      ("equals: [VIP, ' Да ']", .equals(["VIP", "Да"])),
      ("equals: 3", .equals(["3"])), ("is: empty", .isEmpty), ("is: filled", .isFilled),
    ])
  func conditions(text: String, test: ConditionTest) throws {
    let condition = try #require(try rule("{ from: A, when: { column: B, \(text) } }").condition)
    #expect(condition.column.name == "B")
    #expect(condition.test == test)
  }

  @Test("a constant may have a condition and a default, as entries of a guide too")
  func conditionalConstant() throws {
    let rule = try rule(
      "{ value: { id: 3 }, when: { column: B, equals: VIP }, default: { id: 5 } }", of: "loyalty")
    #expect(rule.content == .constant(.id(3)))
    #expect(rule.fallback == .id(5))
    #expect(rule.condition?.test == .equals(["VIP"]))
  }

  @Test("names have an order and a part, any field its own invalid")
  func namesAndInvalid() throws {
    let rule = try rule(
      "{ from: A, as: name, order: given-first, part: additional, invalid: keep }")
    #expect(rule.treatment == .name)
    #expect(rule.name == NameSettings(order: .givenFirst, part: .additional))
    #expect(rule.invalid == .keep)
    #expect(try self.rule("A").invalid == nil)
  }

  @Test("where mobiles go", arguments: MobilePlacement.allCases)
  func mobiles(placement: MobilePlacement) throws {
    #expect(try mapping("phones: { mobiles: \(placement.rawValue) }").phones.mobiles == placement)
    #expect(try mapping("phones: { format: crm }").phones.mobiles == .keep)
  }

  @Test("the settings of e-mails")
  func emails() throws {
    #expect(try mapping("unmapped: ignore").emails == EmailSettings())
    #expect(
      try mapping("emails: { domain: ascii, typos: repair }").emails
        == EmailSettings(domain: .ascii, typos: .repair))
  }

  @Test("the settings of dates", arguments: DateForm.allCases)
  func dates(form: DateForm) throws {
    #expect(try mapping("unmapped: ignore").dates == DateSettings())
    #expect(
      try mapping("dates: { format: \(form.rawValue), order: mdy, century: 1930 }").dates
        == DateSettings(order: .mdy, century: 1930, format: form))
    #expect(try mapping("dates: { century: 1800 }").dates.century == 1800)
    #expect(try mapping("dates: { century: '2100' }").dates.century == 2100)
  }

  @Test("a plan hands settings and rules to the schema")
  func schema() throws {
    let yaml = """
      phones: { areaCode: 342 }
      emails: { typos: repair }
      dates: { century: 1930 }
      fields:
        person: { join: { columns: [F, I], with: ' / ' }, as: name, order: family-first }
        tel: { from: T, split: { by: ',', part: 1 }, invalid: drop, default: 112 }
      """
    let schema = try MappingPlan(
      try Mapping(yaml: yaml, fileName: "m.yaml"), header: ["F", "I", "T"]
    ).schema
    #expect(schema.emails == EmailSettings(typos: .repair))
    #expect(schema.dates == DateSettings(century: 1930))
    #expect(
      schema.columns == [
        ContactColumn(
          field: .person, sources: [0, 1], isJoined: true, separator: " / ", treatment: .name,
          name: NameSettings(order: .familyFirst), isRequired: true),
        ContactColumn(
          field: .tel, sources: [2],
          transforms: ValueTransforms(split: SplitTransform(separator: ",", part: 1)),
          fallback: "112", invalid: .drop),
      ])
  }
}
