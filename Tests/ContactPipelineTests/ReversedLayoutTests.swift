import ContactMapping
import ContactModel
import Testing

@testable import ContactPipeline

@Suite("ReversedLayout: contacts as records of the file that a mapping reads")
struct ReversedLayoutTests {
  /// The cells of contacts; each is its values in the order of `read`.
  private func rows(
    _ rules: String, settings: String = "", writing format: SourceFormat = .csv,
    read: [PersonField], _ contacts: [[String]]
  ) throws -> [[String]] {
    let person = rules.contains("person:") ? "" : "  person: P\n"
    let mapping = try Mapping(
      yaml: "\(settings)\nfields:\n\(person)\(rules)", fileName: "m.yaml")
    let layout = ReversedLayout(try MappingReversal(mapping, writing: format), read: read)
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    for value in contacts.joined() {
      bytes += Array(value.utf8)
      ends.append(UInt32(bytes.count))
    }
    let records = layout.records(
      bytes: bytes, valueEnds: ends, lines: contacts.map { _ in 1 }, firstRecord: 1)
    #expect(records.header == layout.header)
    return (0..<records.count).map { record in
      layout.header.indices.map { records.text(record: record, field: $0) }
    }
  }

  @Test("fields go into their columns, whatever else a page has")
  func plain() throws {
    let rows = try rows(
      "  mail: E-mail\n  person: ФИО\n  input2: Примечание", read: [.pid, .person, .mail],
      [["1", "Иванов Пётр", "a@example.com"], ["2", "Петрова, Анна", ""], ["3", "", "b, c"]])
    #expect(
      rows == [
        ["a@example.com", "Иванов Пётр", ""], ["", "Петрова, Анна", ""], ["b, c", "", ""],
      ])
  }

  @Test("several values are parted over their columns, and the last has the rest")
  func lists() throws {
    let rows = try rows(
      "  tel: [A, B, C]", read: [.person, .tel],
      [["И", "1"], ["И", "1, 2"], ["И", "1, 2, 3, 4"], ["И", ""], ["И", "1,2, "]])
    #expect(
      rows == [
        ["И", "1", "", ""], ["И", "1", "2", ""], ["И", "1", "2", "3, 4"], ["И", "", "", ""],
        ["И", "1,2", "", ""],
      ])
  }

  @Test(
    "a name finds its columns, also with fewer or more words than there are",
    arguments: [
      ("Фамилия, Имя, Отчество", "Иванов Пётр Сергеевич", ["Иванов", "Пётр", "Сергеевич"]),
      ("Фамилия, Имя, Отчество", "Иванов Пётр", ["Иванов", "Пётр", ""]),
      ("Фамилия, Имя, Отчество", "Ромашка", ["Ромашка", "", ""]),
      ("Фамилия, Имя, Отчество", " Алиев  Гасан Али оглы ", ["Алиев", "Гасан", "Али оглы"]),
      ("Фамилия, Имя", "Иванов Пётр Сергеевич", ["Иванов", "Пётр Сергеевич"]),
      ("First Name, Middle Name, Last Name", "John Smith", ["John", "", "Smith"]),
      ("First Name, Middle Name, Last Name", "John F. Smith", ["John", "F.", "Smith"]),
      ("First Name, Middle Name, Last Name", "John", ["John", "", ""]),
      ("First Name, Last Name", "Ana Maria Smith", ["Ana Maria", "Smith"]),
      ("Имя, Компания", "Анна ООО Ромашка", ["Анна", "ООО Ромашка"]),
      ("Фамилия, Имя, Отчество", "", ["", "", ""]),
    ])
  func names(columns: String, name: String, cells: [String]) throws {
    #expect(try rows("  person: { join: [\(columns)] }", read: [.person], [[name]]) == [cells])
  }

  @Test("the order of a rule says where the surname stands, wherever its column does")
  func nameOrder() throws {
    let rows = try rows(
      "  person: { join: [Фамилия, Имя, Отчество], as: name, order: given-first }",
      read: [.person], [["Пётр Сергеевич Иванов"], ["Пётр Иванов"]])
    #expect(rows == [["Иванов", "Пётр", "Сергеевич"], ["Иванов", "Пётр", ""]])
  }

  @Test("what was joined with a text is parted at it, and without one goes into the last column")
  func joined() throws {
    #expect(
      try rows(
        "  input3: { join: { columns: [Город, Улица], with: ', ' } }", read: [.person, .input3],
        [["И", "Пермь, ул. Мира, 5"], ["И", "Пермь"]])
        == [["И", "Пермь", "ул. Мира, 5"], ["И", "Пермь", ""]])
    #expect(
      try rows(
        "  tel: { join: { columns: [Код, Номер], with: '' } }", read: [.person, .tel],
        [["И", "+7(342)206-72-02"]]) == [["И", "", "+7(342)206-72-02"]])
  }

  @Test("parts of a cell keep their places")
  func splitCells() throws {
    let front = try rows(
      """
        input3: { from: Место, split: { by: ";", part: 1 } }
        input4: { from: Место, split: { by: ";", part: 3 } }
      """, read: [.person, .input3, .input4],
      [["И", "Пермь", "Мира"], ["И", "", "Мира"], ["И", "Пермь", ""], ["И", "", ""]])
    #expect(front.map { $0[1] } == ["Пермь;;Мира", ";;Мира", "Пермь", ""])
    let back = try rows(
      """
        input3: { from: Место, split: { by: ";", part: -1 } }
        input4: { from: Место, split: { by: ";", part: -2 } }
      """, read: [.person, .input3, .input4],
      [["И", "Пермь", "Мира"], ["И", "", "Мира"], ["И", "Пермь", ""]])
    #expect(back.map { $0[1] } == ["Мира;Пермь", "Мира;", "Пермь"])
  }

  @Test("texts of a closed list are the file's, others stay")
  func values() throws {
    let rows = try rows(
      """
        input2: { from: [A, B], values: { Да: yes, Нет: no } }
        input3: { from: C, values: { "Раз, два": both } }
      """, read: [.person, .input2, .input3],
      [["И", "yes, no", "both"], ["И", "no, maybe", "one"], ["И", "", ""]])
    #expect(
      rows == [
        ["И", "Да", "Нет", "Раз, два"], ["И", "Нет", "maybe", "one"], ["И", "", "", ""],
      ])
  }

  @Test("mobile numbers that were moved stand behind the others")
  func mobiles() throws {
    let rows = try rows(
      "  tel: [A, B]", settings: "phones: { mobiles: move }", read: [.person, .tel, .mob],
      [["И", "1", "2, 3"], ["И", "", "2"], ["И", "1, 4", ""]])
    #expect(rows == [["И", "1", "2, 3"], ["И", "2", ""], ["И", "1", "4"]])
  }

  @Test("a card has a property for each number")
  func cards() throws {
    let rows = try rows(
      "  person: FN\n  tel: [\"TEL[CELL]\", \"TEL[*]\"]", writing: .vcf, read: [.person, .tel],
      [["И", "1, 2"], ["П", ""]])
    #expect(rows[0] == ["И", "1", "2"] + Array(repeating: "", count: 6))
    #expect(rows[1] == ["П"] + Array(repeating: "", count: 8))
  }
}
