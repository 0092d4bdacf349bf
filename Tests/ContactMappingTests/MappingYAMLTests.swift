import ContactMapping
import ContactModel
import Testing

@Suite("Mapping: what each key of the file says")
struct MappingYAMLTests {
  /// A mapping with one more line than it needs.
  private func mapping(_ line: String) throws -> Mapping {
    try Mapping(yaml: "fields: { person: ФИО }\n" + line, fileName: "m.yaml")
  }

  /// The rule of one field written as `text`.
  private func rule(_ field: String, _ text: String) throws -> FieldRule {
    let yaml = "fields:\n  person: ФИО\n  \(field): \(text)"
    return try #require(try Mapping(yaml: yaml, fileName: "m.yaml").fields.last)
  }

  @Test("the least a mapping says leaves everything else at its default")
  func defaults() throws {
    let mapping = try Mapping(yaml: "fields: { person: ФИО }", fileName: "m.yaml")
    #expect(mapping.version == 1)
    #expect(mapping.source == SourceSettings())
    #expect(mapping.source.format == nil)
    #expect(mapping.source.encoding == nil)
    #expect(mapping.source.delimiter == nil)
    #expect(mapping.source.header == .auto)
    #expect(mapping.phones == PhoneSettings(region: "RU", format: .crm, areaCode: nil))
    #expect(mapping.owner == nil)
    #expect(mapping.invalid == .reject)
    #expect(mapping.required == [])
    #expect(mapping.unmapped == .report)
    #expect(mapping.fields.map(\.field) == [.person])
    #expect(mapping.fields[0].content.columns.map(\.name) == ["ФИО"])
  }

  @Test("the version is 1, with or without quotes", arguments: ["version: 1", "version: '1'"])
  func version(line: String) throws {
    #expect(try mapping(line).version == 1)
  }

  @Test("a region in any case", arguments: [("RU", "RU"), ("by", "BY"), ("Kz", "KZ")])
  func region(text: String, region: String) throws {
    let mapping = try mapping("region: \(text)")
    #expect(mapping.region == region)
    #expect(mapping.phones.region == region)
  }

  @Test("NO is Norway, not a truth value")
  func norway() throws { #expect(try mapping("region: NO").region == "NO") }

  @Test("every form of phones", arguments: PhoneForm.allCases)
  func phoneForm(form: PhoneForm) throws {
    #expect(try mapping("phones: { format: \(form.rawValue) }").phones.format == form)
  }

  @Test("an area code keeps its zeros", arguments: ["342", "0342", "12"])
  func areaCode(digits: String) throws {
    #expect(try mapping("phones: { areaCode: \(digits) }").phones.areaCode == digits)
  }

  @Test("the region stands whether it is written before or after the phones")
  func regionAndPhones() throws {
    let settings = PhoneSettings(region: "DE", format: .e164, areaCode: "30")
    let phones = "phones: { format: e164, areaCode: 30 }"
    #expect(try mapping("region: DE\n" + phones).phones == settings)
    #expect(try mapping(phones + "\nregion: DE").phones == settings)
  }

  @Test("an owner is a login")
  func owner() throws {
    #expect(try mapping("owner: petrov@example.com").owner == "petrov@example.com")
  }

  @Test("every policy for values that are not valid", arguments: InvalidPolicy.allCases)
  func invalid(policy: InvalidPolicy) throws {
    #expect(try mapping("invalid: \(policy.rawValue)").invalid == policy)
  }

  @Test("every policy for columns that go nowhere", arguments: UnmappedPolicy.allCases)
  func unmapped(policy: UnmappedPolicy) throws {
    #expect(try mapping("unmapped: \(policy.rawValue)").unmapped == policy)
  }

  @Test("required fields as a list or alone")
  func required() throws {
    #expect(try mapping("required: [person]").required == [.person])
    #expect(try mapping("required: person").required == [.person])
    let yaml = "required: [mail, person]\nfields: { person: A, mail: B }"
    #expect(try Mapping(yaml: yaml, fileName: "m").required == [.mail, .person])
  }

  @Test("a rule is a column's name")
  func plainColumn() throws {
    let rule = try rule("mob", "Моб.")
    #expect(rule.field == .mob)
    #expect(rule.content.columns.map(\.name) == ["Моб."])
    #expect(rule.treatment == nil)
  }

  @Test("a rule is a list of columns")
  func columnList() throws {
    let rule = try rule("tel", "[Телефон, Рабочий  телефон ]")
    guard case .columns(let columns) = rule.content else { Issue.record("not a list"); return }
    #expect(columns.map(\.name) == ["Телефон", "Рабочий  телефон"])
  }

  @Test("from takes a column or a list", arguments: ["{ from: A }", "{ from: [A] }"])
  func from(text: String) throws {
    #expect(try rule("tel", text).content.columns.map(\.name) == ["A"])
    #expect(try rule("tel", "{ from: [A, B] }").content.columns.map(\.name) == ["A", "B"])
  }

  @Test("join makes one value of several columns")
  func join() throws {
    guard case .joined(let columns) = try rule("input1", "{ join: [A, B, C] }").content else {
      Issue.record("not joined")
      return
    }
    #expect(columns.map(\.name) == ["A", "B", "C"])
  }

  @Test("first makes a choice of columns and of joins")
  func first() throws {
    let content = try rule("input1", "{ first: [A, { join: [B, C] }, { join: D }] }").content
    guard case .first(let alternatives) = content else {
      Issue.record("no choice")
      return
    }
    #expect(alternatives.map { $0.map(\.name) } == [["A"], ["B", "C"], ["D"]])
    #expect(content.columns.map(\.name) == ["A", "B", "C", "D"])
  }

  @Test("as gives a treatment", arguments: ValueTreatment.allCases)
  func treatment(treatment: ValueTreatment) throws {
    #expect(try rule("input1", "{ from: A, as: \(treatment.rawValue) }").treatment == treatment)
  }

  @Test("values are texts or entries of a guide")
  func values() throws {
    let rule = try rule("loyalty", "{ from: A, values: { Да: VIP, ' Нет ': { id: 3 }, 0: '' } }")
    #expect(rule.values == ["Да": .text("VIP"), "Нет": .id(3), "0": .text("")])
    #expect(MappedValue.id(3).string == "3")
    #expect(MappedValue.text("VIP").string == "VIP")
  }

  @Test("value is the same for every row")
  func constant() throws {
    #expect(
      try rule("clientpath", "{ value: Импорт 2026 }").content == .constant(.text("Импорт 2026")))
    #expect(try rule("loyalty", "{ value: { id: 7 } }").content == .constant(.id(7)))
  }

  @Test("lookup is read")
  func lookup() throws {
    #expect(try rule("clid", "{ from: Компания, lookup: client }").lookup == .client)
  }

  @Test(
    "every field an import may fill has a rule",
    arguments: PersonField.allCases.filter { $0.isWritable && $0 != .person })
  func everyField(field: PersonField) throws {
    #expect(try rule(field.name, "A").field == field)
  }

  @Test("a byte order mark and CRLF line ends do no harm")
  func windowsText() throws {
    let yaml = "\u{FEFF}version: 1\r\nfields:\r\n  person: ФИО\r\n  tel: Телефон\r\n"
    #expect(try Mapping(yaml: yaml, fileName: "m").fields.map(\.field) == [.person, .tel])
  }

  @Test("the whole example of the design is read")
  func designExample() throws {
    let yaml = """
      version: 1
      source: { format: csv, encoding: auto, delimiter: auto, header: auto }   # optional
      region: RU
      phones: { format: crm, areaCode: 342 }
      owner: petrov@example.com
      invalid: reject
      fields:
        person: { join: [Фамилия, Имя, Отчество] }
        tel:    [Телефон, Рабочий телефон]
        mob:    Моб.
        mail:   E-mail
        input1: { from: Дата рождения, as: date }
        clid: { from: Компания, lookup: client }
        loyalty: { from: Лояльность, values: { Постоянный: { id: 3 } } }
        clientpath: { value: Импорт 2026 }
        user: { from: Ответственный, values: { Петров П.П.: petrov@example.com } }
        socials.skype: Skype
      required: [person]
      unmapped: report
      """
    let mapping = try Mapping(yaml: yaml, fileName: "m.yaml")
    #expect(
      mapping.fields.map(\.field) == [
        .person, .tel, .mob, .mail, .input1, .clid, .loyalty, .clientpath, .user, .skype,
      ])
    #expect(mapping.phones.areaCode == "342")
    #expect(mapping.fields[8].values == ["Петров П.П.": .text("petrov@example.com")])
  }
}
