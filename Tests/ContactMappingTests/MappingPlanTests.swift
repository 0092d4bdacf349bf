import ContactMapping
import ContactModel
import Testing

@Suite("MappingPlan: a mapping beside a header")
struct MappingPlanTests {
  private func plan(_ yaml: String, _ header: [String], open: Bool? = nil) throws -> MappingPlan {
    let mapping = try Mapping(yaml: yaml, fileName: "m.yaml")
    return try MappingPlan(mapping, header: header, hasOpenColumns: open)
  }

  @Test("columns stand in the order of the fields, whatever the mapping's order")
  func order() throws {
    let plan = try plan(
      "fields: { mail: E, socials.skype: S, person: P, tel: [B, A], input2: I }",
      ["A", "B", "E", "I", "P", "S"])
    #expect(plan.schema.columns.map(\.field) == [.person, .tel, .mail, .input2, .skype])
    #expect(plan.schema.columns.map(\.sources) == [[4], [1, 0], [2], [3], [5]])
    #expect(plan.unmappedColumns == [])
  }

  @Test("rules become columns with all they say")
  func columns() throws {
    let yaml = """
      fields:
        person: { join: [F, I] }
        input1: { from: D, as: date }
        loyalty: { from: L, values: { Да: { id: 3 }, Нет: No } }
        clientpath: { value: Импорт }
      required: [input1]
      """
    let columns = try plan(yaml, ["F", "I", "D", "L"]).schema.columns
    #expect(
      columns == [
        ContactColumn(field: .person, sources: [0, 1], isJoined: true, isRequired: true),
        ContactColumn(
          field: .loyalty, sources: [3], values: ValueTable(["Да": "3", "Нет": "No"])),
        ContactColumn(field: .clientpath, constant: "Импорт"),
        ContactColumn(field: .input1, sources: [2], treatment: .date, isRequired: true),
      ])
  }

  @Test("person is required even if the mapping does not say so")
  func personIsRequired() throws {
    let columns = try plan("fields: { person: P, tel: T }", ["P", "T"]).schema.columns
    #expect(columns.map(\.isRequired) == [true, false])
  }

  @Test("settings reach the schema")
  func settings() throws {
    let yaml = """
      region: KZ
      phones: { format: e164, areaCode: 7172 }
      invalid: keep
      unmapped: reject
      owner: a@example.com
      fields: { person: P }
      """
    let plan = try plan(yaml, ["P"])
    #expect(plan.schema.phones == PhoneSettings(region: "KZ", format: .e164, areaCode: "7172"))
    #expect(plan.schema.invalid == .keep)
    #expect(plan.schema.owner == "a@example.com")
    #expect(plan.unmapped == .reject)
  }

  @Test("an owner makes a user column where the mapping has none")
  func ownerColumn() throws {
    let added = try plan("owner: a@example.com\nfields: { person: P }", ["P"]).schema
    #expect(added.columns.map(\.field) == [.person, .user])
    #expect(added.columns[1].sources == [])
    #expect(added.columns[1].constant == "a@example.com")
    let own = try plan("owner: a@example.com\nfields: { person: P, user: U }", ["P", "U"]).schema
    #expect(own.columns.map(\.field) == [.person, .user])
    #expect(own.columns[1].sources == [1])
    #expect(own.columns[1].constant == nil)
  }

  @Test(
    "names match without letter case, marks and differences in blanks",
    arguments: [
      "рабочий телефон", "РАБОЧИЙ ТЕЛЕФОН", "\u{FEFF}Рабочий телефон", "Рабочий\u{00A0}телефон",
      "Рабочий  телефон", "  Рабочий телефон ", "Рабочий\tтелефон", "Рабочий\nтелефон",
      "\u{202F}Рабочий\u{2007}телефон",
    ])
  func looseNames(title: String) throws {
    let header = ["ФИО", title]
    let plan = try plan("fields: { person: ФИО, tel: Рабочий телефон }", header)
    #expect(plan.schema.columns[1].sources == [1])
    let back = try self.plan("fields: { person: ФИО, tel: '\(title)' }", header)
    #expect(back.schema.columns[1].sources == [1])
  }

  @Test("letters made of two scalars are the same letters")
  func canonicalNames() throws {
    let plan = try plan("fields: { person: Фамилия Йод }", ["Фамилия И\u{0306}од"])
    #expect(plan.schema.columns[0].sources == [0])
  }

  @Test("titles that occur twice are addressed with their number")
  func repeatedTitles() throws {
    let header = ["Имя", "Тел", "Тел", "ТЕЛ "]
    let plan = try plan("fields: { person: Имя, tel: Тел (1), mob: ['тел (3)', Тел(2)] }", header)
    #expect(plan.schema.columns.map(\.sources) == [[0], [1], [3, 2]])
  }

  @Test("a title that ends in a number in brackets is a title first")
  func titleWithBrackets() throws {
    let plan = try plan("fields: { person: Тел (2) }", ["Тел", "Тел", "Тел (2)"])
    #expect(plan.schema.columns[0].sources == [2])
  }

  @Test("columns are addressed by number, with a header and without")
  func numbers() throws {
    let yaml = "fields: { person: '#2', tel: ['#1', \"#3\"] }"
    #expect(try plan(yaml, ["A", "B", "C"]).schema.columns.map(\.sources) == [[1], [0, 2]])
    #expect(try plan(yaml, []).schema.columns.map(\.sources) == [[1], [0, 2]])
    #expect(try plan(yaml, ["#3", "#2", "#1"]).schema.columns.map(\.sources) == [[1], [2, 0]])
  }

  @Test("columns that go nowhere are listed, those of ferry's own files are not")
  func unmappedColumns() throws {
    let header = ["P", "X", "", "ferry_row", "ferry_code", " Ferry_Reason", "Y"]
    #expect(try plan("fields: { person: P }", header).unmappedColumns == [1, 2, 6])
  }

  @Test("an open format may lack columns, a table may not")
  func openColumns() throws {
    let fields = "fields: { person: FN, tel: ['TEL[CELL]', TEL], fax: 'TEL[FAX]' }"
    let header = ["FN", "TEL"]
    let vcf = try plan("source: { format: vcf }\n" + fields, header)
    #expect(vcf.schema.columns.map(\.field) == [.person, .tel, .fax])
    #expect(vcf.schema.columns.map(\.sources) == [[0], [1], []])
    #expect(vcf.absentColumns == ["TEL[CELL]", "TEL[FAX]"])
    #expect(try plan(fields, header, open: true).absentColumns.count == 2)
    #expect(throws: MappingError.self) { try plan(fields, header) }
    #expect(throws: MappingError.self) {
      try plan("source: { format: vcf }\n" + fields, header, open: false)
    }
  }

  struct Mistake: Sendable {
    var yaml: String
    var header: [String]
    var code: String
    var english: String
    var russian: String
  }

  static let mistakes: [Mistake] = [
    Mistake(
      yaml: "fields:\n  person: ФИО\n  tel: Телефн", header: ["ФИО", "Телефон", "Моб."],
      code: "mapping.unknown-column",
      english: """
        m.yaml:3:8: error: the file has no column 'Телефн'
          tel: Телефн
               ^
          hint: did you mean 'Телефон'?
        """,
      russian: """
        m.yaml:3:8: ошибка: в файле нет столбца 'Телефн'
          tel: Телефн
               ^
          подсказка: может быть, 'Телефон'?
        """),
    Mistake(
      yaml: "fields:\n  person: { join: [ФИО, Имя] }", header: ["ФИО", "Почта", "ferry_row", ""],
      code: "mapping.unknown-column",
      english: """
        m.yaml:2:25: error: the file has no column 'Имя'
          person: { join: [ФИО, Имя] }
                                ^
          hint: its columns are ФИО, Почта
        """,
      russian: """
        m.yaml:2:25: ошибка: в файле нет столбца 'Имя'
          person: { join: [ФИО, Имя] }
                                ^
          подсказка: в нём столбцы ФИО, Почта
        """),
    Mistake(
      yaml: "fields:\n  person: Тел", header: ["A", "Тел", "тел"], code: "mapping.ambiguous-column",
      english: """
        m.yaml:2:11: error: the file has 2 columns 'Тел'
          person: Тел
                  ^
          hint: write 'Тел (1)' for the first, 'Тел (2)' for the second
        """,
      russian: """
        m.yaml:2:11: ошибка: столбцов 'Тел' в файле: 2
          person: Тел
                  ^
          подсказка: напишите 'Тел (1)' для первого, 'Тел (2)' для второго
        """),
    Mistake(
      yaml: "fields:\n  person: Тел (3)", header: ["Тел", "Тел"], code: "mapping.unknown-column",
      english: """
        m.yaml:2:11: error: the file has no column 'Тел (3)'
          person: Тел (3)
                  ^
          hint: did you mean 'Тел (1)'?
        """,
      russian: """
        m.yaml:2:11: ошибка: в файле нет столбца 'Тел (3)'
          person: Тел (3)
                  ^
          подсказка: может быть, 'Тел (1)'?
        """),
    Mistake(
      yaml: "fields:\n  person: '#4'", header: ["A", "B", "C"],
      code: "mapping.column-out-of-range",
      english: """
        m.yaml:2:11: error: the file has no column #4, it has 3
          person: '#4'
                  ^
        """,
      russian: """
        m.yaml:2:11: ошибка: в файле нет столбца #4, всего столбцов: 3
          person: '#4'
                  ^
        """),
  ]

  @Test("a column that cannot be found is shown in the mapping", arguments: mistakes)
  func message(mistake: Mistake) throws {
    let error = try #require(
      throws: MappingError.self, performing: { try plan(mistake.yaml, mistake.header) })
    #expect(error.code == mistake.code)
    #expect(error.message(in: .english) == mistake.english)
    #expect(error.message(in: .russian) == mistake.russian)
  }

  @Test("a lookup makes a column of names, and is refused where the CRM is not asked")
  func lookup() throws {
    let yaml = "fields:\n  person: A\n  clid: { from: B, lookup: client }"
    let clid = try #require(try plan(yaml, ["A", "B"]).schema.columns.last)
    #expect(clid.field == .clid)
    #expect(clid.isLookedUp)
    #expect(clid.treatment == .text)
    let mapping = try Mapping(yaml: yaml, fileName: "m.yaml")
    let error = try #require(throws: MappingError.self) { try mapping.refuseLookups() }
    #expect(error.code == "mapping.lookup-unavailable")
    #expect(
      error.message(in: .english) == """
        m.yaml:3:20: error: 'lookup: client' needs the CRM, which is not asked here
          clid: { from: B, lookup: client }
                           ^
          hint: map a column with the client's number to clid, as in clid: Client.ID
        """)
    #expect(
      error.message(in: .russian) == """
        m.yaml:3:20: ошибка: 'lookup: client' нужна CRM, а здесь её не спрашивают
          clid: { from: B, lookup: client }
                           ^
          подсказка: укажите для clid столбец с номером клиента, например clid: Client.ID
        """)
  }

  @Test("numbers no source can have are refused", arguments: ["#0", "#", "#-1", "#x", "#40000"])
  func impossibleNumbers(name: String) {
    #expect(throws: MappingError.self) { try plan("fields: { person: '\(name)' }", []) }
  }

  @Test("a mapping made by a program compiles and names no place in its errors")
  func programmatic() throws {
    let mapping = Mapping(fields: [
      FieldRule(field: .person, content: .joined([ColumnReference("A"), ColumnReference("B")]))
    ])
    #expect(try MappingPlan(mapping, header: ["A", "B"]).schema.columns[0].sources == [0, 1])
    let error = try #require(
      throws: MappingError.self, performing: { try MappingPlan(mapping, header: ["A", "C"]) })
    #expect(error.line == 0)
    #expect(
      error.message(in: .english)
        == "error: the file has no column 'B'\n  hint: its columns are A, C")
    let empty = try #require(
      throws: MappingError.self, performing: { try MappingPlan(Mapping(fields: []), header: []) })
    #expect(empty.code == "mapping.no-person")
  }
}
