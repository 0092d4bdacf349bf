import ContactModel
import ContactNormalization
import TestSupport
import Testing

@Suite("normalizing contacts")
struct ContactNormalizerTests {
  typealias Row = NormalizerHarness.Row

  @Test("cells are joined by a blank, or listed by commas; empty ones are skipped")
  func joinAndList() throws {
    let harness = try NormalizerHarness(
      ContactSchema(columns: [
        ContactColumn(field: .person, sources: [0, 1, 2], isJoined: true),
        ContactColumn(field: .ptitle, sources: [3, 4]),
        ContactColumn(field: .tel, sources: [5, 6]),
      ]))
    #expect(
      harness.row([
        [" Иванов ", "", "Иванович"], ["менеджер", "\u{A0}логист"],
        ["8 342 206 72 02", "89021234567; 8(342)2067202"],
      ])
        == Row(
          values: ["Иванов Иванович", "менеджер, логист", "+7(342)206-72-02, +7(902)123-45-67"],
          issues: ["phone.repeated@6"], isRejected: false))
  }

  @Test("a joined column is treated as one cell")
  func joinedPhone() throws {
    let harness = try NormalizerHarness(
      ContactSchema(columns: [ContactColumn(field: .tel, sources: [0, 1], isJoined: true)]))
    #expect(harness.row([["342", "206-72-02"]]).values == ["+7(342)206-72-02"])
    #expect(harness.row([["", "206-72-02"]]).issues == ["phone.no-area-code@1=7"])
    #expect(harness.row([["", "-"]]) == Row(values: [""], issues: [], isRejected: false))
  }

  @Test("a constant stands in every row, in canonical form if it has one")
  func constants() throws {
    let harness = try NormalizerHarness(
      ContactSchema(columns: [
        ContactColumn(field: .clientpath, constant: "Импорт 2026"),
        ContactColumn(field: .tel, constant: "8 342 206 72 02"),
        ContactColumn(field: .fax, constant: "как есть"),
      ]))
    let row = Row(
      values: ["Импорт 2026", "+7(342)206-72-02", "как есть"], issues: [], isRejected: false)
    #expect(harness.rows([[[""], [""], [""]], [[""], [""], [""]]]) == [row, row])
  }

  @Test("texts are replaced by their table, and others are refused")
  func tables() throws {
    func harness(_ policy: InvalidPolicy) throws -> NormalizerHarness {
      try NormalizerHarness(
        ContactSchema(
          columns: [
            ContactColumn(
              field: .loyalty, sources: [7],
              values: ValueTable(["Постоянный": "3", "Новый": "1", "Никакой": ""]))
          ], invalid: policy))
    }
    #expect(
      try harness(.reject).rows([[[" Постоянный "]], [["Никакой"]], [[""]], [["Чужой"]], [["-"]]])
        == [
          Row(values: ["3"], issues: [], isRejected: false),
          Row(values: [""], issues: [], isRejected: false),
          Row(values: [""], issues: [], isRejected: false),
          Row(values: [""], issues: ["value.not-listed@7"], isRejected: true),
          Row(values: [""], issues: ["value.placeholder@7"], isRejected: false),
        ])
    #expect(try harness(.keep).cell("Чужой").values == ["Чужой"])
    #expect(try harness(.drop).cell("Чужой").values == [""])
  }

  @Test("a table of many entries finds each of them and nothing else")
  func largeTable() throws {
    let entries = Dictionary(uniqueKeysWithValues: (0..<500).map { ("ключ \($0)", "\($0)") })
    let harness = try NormalizerHarness(
      ContactSchema(columns: [
        ContactColumn(field: .loyalty, sources: [0], values: ValueTable(entries))
      ]))
    for (key, value) in entries { #expect(harness.cell(key).values == [value]) }
    #expect(harness.cell("ключ 500").issues == ["value.not-listed@0"])
  }

  @Test("the owner stands in for an empty user")
  func owner() throws {
    let harness = try NormalizerHarness(
      ContactSchema(
        columns: [ContactColumn(field: .user, sources: [2], isRequired: true)],
        owner: "petrov@example.com"))
    #expect(harness.cell("").values == ["petrov@example.com"])
    #expect(harness.cell(" ").values == ["petrov@example.com"])
    #expect(harness.cell("ivanov").values == ["ivanov"])
    let without = try NormalizerHarness(
      ContactSchema(columns: [ContactColumn(field: .user)], owner: "petrov@example.com"))
    #expect(without.cell("").values == ["petrov@example.com"])
  }

  @Test(
    "a required value that is empty rejects the contact under every policy",
    arguments: InvalidPolicy.allCases)
  func required(policy: InvalidPolicy) throws {
    let harness = try NormalizerHarness(
      ContactSchema(
        columns: [ContactColumn(field: .mail, sources: [1], isRequired: true)], invalid: policy))
    #expect(
      harness.cell(" ") == Row(values: [""], issues: ["field.missing@1"], isRejected: true))
    #expect(
      harness.cell("нет")
        == Row(
          values: [""], issues: ["value.placeholder@1", "field.missing@1"], isRejected: true))
    #expect(harness.cell("a@b.ru").isRejected == false)
  }

  @Test("what becomes of an invalid element is the policy's to say")
  func policies() throws {
    let cell = "8 342 206 72 02, 123"
    let issues = ["phone.too-short@4=3"]
    #expect(
      try NormalizerHarness(.phone, invalid: .reject).cell(cell)
        == Row(values: ["+7(342)206-72-02"], issues: issues, isRejected: true))
    #expect(
      try NormalizerHarness(.phone, invalid: .drop).cell(cell)
        == Row(values: ["+7(342)206-72-02"], issues: issues, isRejected: false))
    #expect(
      try NormalizerHarness(.phone, invalid: .keep).cell(cell)
        == Row(values: ["+7(342)206-72-02, 123"], issues: issues, isRejected: false))
  }

  @Test("a region that is none is an error in both languages")
  func unknownRegion() throws {
    let schema = ContactSchema(columns: [], phones: PhoneSettings(region: "XX"))
    let error = #expect(throws: ContactNormalizerError.self) {
      try ContactNormalizer(schema: schema)
    }
    #expect(error?.message(in: .english).contains("'XX'") == true)
    #expect(error?.message(in: .russian).contains("«XX»") == true)
  }

  @Test("issues stand in record order and rows are neither lost nor added, whatever the bytes")
  func arbitraryBytes() throws {
    let schema = ContactSchema(
      columns: [
        ContactColumn(field: .person, sources: [0, 1], isJoined: true),
        ContactColumn(field: .tel, sources: [2, 3]), ContactColumn(field: .mail, sources: [4]),
        ContactColumn(field: .input1, sources: [5], treatment: .date),
        ContactColumn(field: .clid, sources: [6]),
        ContactColumn(field: .fax, sources: [7, 8], isJoined: true),
      ], invalid: .keep)
    let harness = try NormalizerHarness(schema)
    var generator = SeededGenerator(seed: 12)
    let alphabet = Array("0123456789+-. @,;/ru\u{1F}\u{1}доб—<>\u{A0}".utf8)
    var batch = ContactBatch(columnCount: schema.columns.count)
    for _ in 0..<(3000 * schema.columns.count) {
      for _ in 0..<Int.random(in: 0..<24, using: &generator) {
        batch.bytes.append(
          Int.random(in: 0..<8, using: &generator) > 0
            ? alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            : UInt8.random(in: 0...255, using: &generator))
      }
      batch.endValue()
    }
    let normalized = harness.normalizer.normalize(batch)
    #expect(normalized.contacts.count == 3000)
    #expect(normalized.contacts.valueEnds.count == batch.valueEnds.count)
    #expect(Int(normalized.contacts.valueEnds.last ?? 0) == normalized.contacts.bytes.count)
    #expect(normalized.isRejected.count == 3000)
    #expect(
      zip(normalized.issues, normalized.issues.dropFirst()).allSatisfy { $0.record <= $1.record })
  }

  @Test("normalizing twice is normalizing once", arguments: PhoneForm.allCases)
  func idempotent(form: PhoneForm) throws {
    let schema = ContactSchema(
      columns: [
        ContactColumn(field: .person, sources: [0]), ContactColumn(field: .tel, sources: [1]),
        ContactColumn(field: .mail, sources: [2]),
        ContactColumn(field: .input1, sources: [3], treatment: .date),
        ContactColumn(field: .clid, sources: [4]),
      ], invalid: .drop, phones: PhoneSettings(format: form))
    let harness = try NormalizerHarness(schema)
    let phones = [
      "8 (342) 206-72-02, доб. 12; 89021234567", "+49 151 12345678", "тел. 8 902 123 45 67 ext 5",
      "нет", "+7 701 123 45 67", "123", "+39 06 69812345 / 89021234567",
    ]
    let mails = ["Ivan@Example.COM; b@c.ru", "mailto:a@b.ru", "info@ПРИМЕР.рф", "x", "Я <a@b.ru>"]
    let dates = ["1.2.1990", "1990-02-01T00:00:00", "31.02.1990", "19900201"]
    let numbers = ["007", "12.0", "1 000", "-1"]
    let texts = ["\u{1} Иван \u{2}", "—", "a\u{1F}b", "  x\ny "]
    for index in 0..<140 {
      let row = [
        texts[index % 4], phones[index % 7], mails[index % 5], dates[index % 4],
        numbers[index % 4],
      ]
      let once = harness.row(row.map { [$0] })
      let twice = harness.row(once.values.map { [$0] })
      #expect(twice == Row(values: once.values, issues: [], isRejected: false))
    }
  }
}
