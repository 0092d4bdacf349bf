import ContactModel
import Testing

@testable import ContactMapping

@Suite("MappingReversal: the columns that a mapping reads, and what fills them")
struct MappingReversalTests {
  private func mapping(_ yaml: String) throws -> Mapping {
    try Mapping(yaml: yaml, fileName: "m.yaml")
  }

  /// The rules turned round, behind `person: P` where they have none of their own.
  private func reversal(
    _ rules: String, settings: String = "", writing format: SourceFormat = .csv
  ) throws -> MappingReversal {
    let person = rules.contains("person:") ? "" : "  person: P\n"
    return try MappingReversal(
      try mapping("\(settings)\nfields:\n\(person)\(rules)"), writing: format)
  }

  private func part(_ source: Int, _ number: Int) -> MappingReversal.Part {
    MappingReversal.Part(source: source, number: number)
  }

  @Test("columns come in the mapping's order, each once, filled from their fields")
  func columns() throws {
    let reversal = try reversal(
      """
        tel: [Телефон, Рабочий]
        person: ФИО
        input1: { from: Дата, as: date }
        clientpath: { value: Импорт }
      """)
    #expect(reversal.columns.map(\.name) == ["Телефон", "Рабочий", "ФИО", "Дата"])
    #expect(reversal.fields == [.tel, .person, .input1])
    #expect(
      reversal.columns.map(\.parts) == [
        [part(0, 0)], [part(0, 1)],
        [part(1, 0)], [part(2, 0)],
      ])
    #expect(reversal.sources.map(\.parting) == [.list, .list, .list])
    #expect(reversal.sources.map(\.partCount) == [2, 1, 1])
  }

  @Test(
    "a name goes into its columns in the order that they, or the rule, say",
    arguments: [
      ("join: [Фамилия, Имя, Отчество]", .name(.familyFirst, [.family, .given, .additional])),
      ("join: [Last Name, First Name]", .name(.familyFirst, [.family, .given])),
      ("join: [first_name, last_name]", .name(.givenFirst, [.given, .family])),
      (
        "join: [First Name, Middle Name, Last Name]",
        .name(.givenFirst, [.given, .additional, .family])
      ),
      (
        "join: [Фамилия, Имя, Отчество], as: name, order: given-first",
        .name(.givenFirst, [.family, .given, .additional])
      ),
      // No order a name has, no titles of a name, and other texts between the parts.
      ("join: [Имя, Фамилия, Отчество]", .joined(separator: " ")),
      ("join: [Имя, Компания]", .joined(separator: " ")),
      ("join: { columns: [Фамилия, Имя], with: ', ' }", .joined(separator: ", ")),
      ("join: { columns: [Код, Номер], with: '' }", .whole),
    ] as [(String, MappingReversal.Parting)])
  func names(rule: String, parting: MappingReversal.Parting) throws {
    let reversal = try reversal("  person: { \(rule) }")
    #expect(reversal.sources.map(\.parting) == [parting])
  }

  @Test("what rules cut out of a column is put together in it, gaps and all")
  func split() throws {
    func column(_ rules: String) throws -> MappingReversal.Column {
      try #require(try reversal(rules).columns.last)
    }
    let front = try column(
      """
        input3: { from: Место, split: { by: ";", part: 3 } }
        input4: { from: Место, split: { by: ";", part: 1 } }
      """)
    #expect(front.name == "Место" && front.separator == ";" && front.gaps == .keptInFront)
    #expect(front.parts == [part(2, 0), nil, part(1, 0)])
    let back = try column(
      """
        input3: { from: Место, split: { by: " ", part: -1 } }
        input4: { from: Место, split: { by: " ", part: -2 } }
      """)
    #expect(back.gaps == .keptBehind)
    #expect(back.parts == [part(2, 0), part(1, 0)])
    let both = try column(
      """
        input3: { from: Место, split: { by: " ", part: 1 } }
        input4: { from: Место, split: { by: " ", part: -1 } }
      """)
    #expect(both.gaps == .kept)
    #expect(both.parts == [part(1, 0), part(2, 0)])
  }

  @Test("parts of a name make the name again")
  func nameParts() throws {
    let reversal = try reversal(
      """
        person: { from: ФИО, as: name, part: given }
        input2: { from: ФИО, as: name, part: family, order: given-first }
      """)
    #expect(reversal.columns.map(\.name) == ["ФИО"])
    #expect(
      reversal.columns[0].parts == [part(0, 0), part(1, 0)])
    #expect(reversal.columns[0].separator == " " && reversal.columns[0].gaps == .closed)
  }

  @Test("a field that has the whole column fills it, with what others cut out of it")
  func wholeColumn() throws {
    let reversal = try reversal(
      """
        input2: { from: ФИО, as: name, part: family }
        person: ФИО
        input3: { from: ФИО, split: { by: " ", part: 2 } }
      """)
    #expect(reversal.columns.map(\.parts) == [[part(1, 0)]])
    #expect(reversal.fields.contains(.person))
  }

  @Test("of several choices the first is filled that no other field has; a table has all of them")
  func choices() throws {
    let reversal = try reversal(
      """
        person: { first: [Компания, { join: [Фамилия, Имя] }, Ник] }
        input3: Компания
      """)
    #expect(reversal.columns.map(\.name) == ["Компания", "Фамилия", "Имя", "Ник"])
    #expect(
      reversal.columns.map(\.parts) == [
        [part(1, 0)], [part(0, 0)],
        [part(0, 1)], [],
      ])
    #expect(reversal.inexact == [.init(field: .person, key: "first")])
  }

  @Test("a closed list is read from right to left, as far as it has texts")
  func values() throws {
    let reversal = try reversal(
      """
        loyalty:
          from: Л
          values: { VIP: VIP, вип: VIP, Да: { id: 3 }, б: Новый, а: Новый, н: "" }
      """)
    #expect(reversal.sources[1].texts == ["VIP": "VIP", "Новый": "а"])
    #expect(reversal.inexact == [.init(field: .loyalty, key: "values")])
  }

  @Test("a client that is looked up by its title is written by its title")
  func lookup() throws {
    let reversal = try reversal("  clid: { from: Компания, lookup: client }")
    #expect(reversal.fields == [.person, .client])
  }

  @Test("mobile numbers that the mapping moves away go back to where they were")
  func mobiles() throws {
    let moving = "phones: { mobiles: move }"
    #expect(
      try reversal("  fax: F\n  tel: T", settings: moving).sources.map(\.fields)
        == [[.person], [.fax], [.tel, .mob]])
    #expect(
      try reversal("  fax: F", settings: moving).sources.map(\.fields)
        == [[.person], [.fax, .mob]])
    #expect(
      try reversal("  tel: T\n  mob: M", settings: moving).sources.map(\.fields)
        == [[.person], [.tel], [.mob]])
  }

  @Test("the column of a condition is there, so that the table can be read")
  func condition() throws {
    let reversal = try reversal("  tel: { from: Тел, when: { column: Тип, equals: раб } }")
    #expect(reversal.columns.map(\.name) == ["P", "Тел", "Тип"])
    #expect(reversal.columns[2].parts.isEmpty)
    #expect(reversal.inexact == [.init(field: .tel, key: "when")])
  }

  @Test("cards have a property for each of several numbers, all of the first type that is named")
  func cards() throws {
    let rules = """
        person: { first: [{ join: [N.family, N.given] }, FN, "EMAIL[*]"] }
        tel: ["TEL[WORK]", "TEL[HOME]", "TEL[*]"]
        mail: "EMAIL[*]"
        input2: [NOTE, X-NOTE]
      """
    let card = try reversal(rules, writing: .vcf)
    let phones = ["TEL[WORK]"] + (2...8).map { "TEL[WORK] (\($0))" }
    let mails = (2...8).map { "EMAIL (\($0))" }
    // EMAIL is named for the first time where it stands in for a name.
    let expected = [["N.family", "N.given", "EMAIL"], phones, mails, ["NOTE"]]
    #expect(card.columns.map(\.name) == Array(expected.joined()))
    #expect(card.sources.map(\.partCount) == [2, 8, 8, 1])
    let table = try reversal(rules)
    #expect(
      table.columns.map(\.name) == [
        "N.family", "N.given", "FN", "EMAIL", "TEL[WORK]", "TEL[HOME]", "TEL", "NOTE", "X-NOTE",
      ])
  }

  @Test("lists of JSON get an element for each of several numbers")
  func jsonLists() throws {
    let reversal = try reversal(
      "  mail: \"mails[*].value\"\n  input2: \"notes[*]\"", writing: .jsonl)
    let mails = (0..<8).map { "mails[\($0)].value" }
    #expect(reversal.columns.map(\.name) == Array([["P"], mails, ["notes[0]"]].joined()))
  }

  @Test(
    "what keeps a mapping from being turned round is shown at its line",
    arguments: [
      (
        "fields:\n  person: A\n  input2: A", "mapping.shared-column",
        "m.yaml:3:11: error: column 'A' is read into 'person' and 'input2', so an export cannot fill it",
        "m.yaml:3:11: ошибка: столбец 'A' читается в 'person' и в 'input2', поэтому выгрузка не может его заполнить"
      ),
      (
        "fields:\n  person: { join: [A, B] }\n  input2: B", "mapping.shared-column",
        "m.yaml:3:11: error: column 'B' is read into 'person' and 'input2', so an export cannot fill it",
        "m.yaml:3:11: ошибка: столбец 'B' читается в 'person' и в 'input2', поэтому выгрузка не может его заполнить"
      ),
      (
        "fields:\n  person: { from: A, split: { by: ',', part: 1 } }\n"
          + "  input2: { from: A, split: { by: ';', part: 2 } }", "mapping.shared-column",
        "m.yaml:3:19: error: column 'A' is read into 'person' and 'input2', so an export cannot fill it",
        "m.yaml:3:19: ошибка: столбец 'A' читается в 'person' и в 'input2', поэтому выгрузка не может его заполнить"
      ),
      (
        "fields:\n  input2: A\n  person: { first: [A] }", "mapping.shared-column",
        "m.yaml:3:21: error: column 'A' is read into 'input2' and 'person', so an export cannot fill it",
        "m.yaml:3:21: ошибка: столбец 'A' читается в 'input2' и в 'person', поэтому выгрузка не может его заполнить"
      ),
      (
        "fields:\n  person: '#1'", "mapping.numbered-column",
        "m.yaml:2:11: error: column '#1' has no title that could be written",
        "m.yaml:2:11: ошибка: у столбца '#1' нет заголовка, который можно записать"
      ),
      (
        "fields:\n  person: { value: A }", "mapping.no-columns",
        "m.yaml:1:1: error: no rule names a column, so there is nothing to write",
        "m.yaml:1:1: ошибка: ни одно правило не называет столбец, записывать нечего"
      ),
    ])
  func errors(yaml: String, code: String, english: String, russian: String) throws {
    let mapping = try mapping(yaml)
    let error = try #require(throws: MappingError.self) {
      try MappingReversal(mapping, writing: .csv)
    }
    #expect(error.code == code)
    #expect(error.message(in: .english).hasPrefix(english + "\n"))
    #expect(error.message(in: .russian).hasPrefix(russian + "\n"))
    #expect(error.message(in: .english).contains("\n  hint: "))
  }

  @Test("what may come back otherwise is said in one line, with the keys that are to blame")
  func remark() throws {
    let exact = try self.reversal("  tel: [A, B]\n  input1: { from: C, as: date }")
    #expect(exact.remark(in: .english) == nil)
    let inexact = try self.reversal(
      """
        loyalty: { from: Л, case: lower, trim: ".", default: Новый }
        input2: { from: К, replace: { а: б }, split: { by: ",", part: 1 } }
        input3: { value: Импорт }
      """, settings: "owner: a@example.com")
    #expect(
      inexact.remark(in: .english)
        == "note: imported again with this mapping, these fields may change: loyalty (trim), "
        + "loyalty (case), loyalty (default), input2 (split), input2 (replace), input3 (value), "
        + "user (owner)")
    let russian = try #require(inexact.remark(in: .russian))
    #expect(
      russian.hasPrefix(
        "заметка: при обратной загрузке с этим сопоставлением могут измениться поля: loyalty (trim)"
      ))
  }
}
