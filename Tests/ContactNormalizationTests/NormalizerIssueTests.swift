import ContactModel
import ContactNormalization
import TestSupport
import Testing

@Suite("issues of the normalizer")
struct NormalizerIssueTests {
  /// A column of each treatment and a joined one, with sources in no order.
  private static let schema = ContactSchema(
    columns: [
      ContactColumn(field: .person, sources: [9, 2], isJoined: true, isRequired: true),
      ContactColumn(field: .clientpath, constant: "импорт"),
      ContactColumn(field: .tel, sources: [4, 0]),
      ContactColumn(field: .mail, sources: [11]),
      ContactColumn(field: .clid, sources: [300]),
      ContactColumn(field: .input3, sources: [1], treatment: .date),
      ContactColumn(
        field: .loyalty, sources: [6], values: ValueTable(["Да": "1", "Нет": "0"])),
    ], invalid: .keep)

  private func normalized(_ rows: [[[String]]], _ schema: ContactSchema = schema) throws
    -> NormalizedBatch
  {
    let harness = try NormalizerHarness(schema)
    return harness.normalizer.normalize(harness.batch(rows))
  }

  private static let goodRow = [
    ["Иванов", "Иван"], [""], ["83422067202", ""], ["a@b.ru"], ["5"], ["1.2.1990"], ["Да"],
  ]

  private func row(_ column: Int, _ cells: [String]) -> [[String]] {
    var row = Self.goodRow
    row[column] = cells
    return row
  }

  @Test("a good row has none")
  func none() throws {
    let batch = try normalized([Self.goodRow])
    #expect(batch.issues == [])
    #expect(batch.isRejected == [false])
    #expect(
      (0..<7).map { batch.contacts.text(contact: 0, column: $0) } == [
        "Иванов Иван", "импорт", "+7(342)206-72-02", "a@b.ru", "5", "1990-02-01", "1",
      ])
  }

  @Test("an issue has its record, its source column, its field and its figure")
  func places() throws {
    let cases: [(column: Int, cells: [String], issue: ContactModel.Issue)] = [
      (0, ["", ""], Issue(.missingRequired, record: 1, sourceColumn: 9, field: .person)),
      (
        0, ["И", "\u{1}\u{2}x"],
        Issue(.controlCharacters, record: 1, sourceColumn: 2, field: .person, detail: 2)
      ),
      (2, ["12", ""], Issue(.phoneTooShort, record: 1, sourceColumn: 4, field: .tel, detail: 2)),
      (
        2, ["", "8 902 123 45 678"],
        Issue(.phoneTooLong, record: 1, sourceColumn: 0, field: .tel, detail: 12)
      ),
      (
        2, ["+999 1234567", ""],
        Issue(.phoneUnknownCountry, record: 1, sourceColumn: 4, field: .tel, detail: 10)
      ),
      (
        2, ["", "8 000 000 00 00"],
        Issue(.phoneNotInUse, record: 1, sourceColumn: 0, field: .tel, detail: 11)
      ),
      (2, ["Иван", ""], Issue(.phoneNoDigits, record: 1, sourceColumn: 4, field: .tel)),
      (
        2, ["83422067202", "8 342 206 72 02"],
        Issue(.phoneRepeated, record: 1, sourceColumn: 0, field: .tel)
      ),
      (2, ["Ива 83422067202", ""], Issue(.phoneRepaired, record: 1, sourceColumn: 4, field: .tel)),
      (3, ["<a@b.ru>"], Issue(.emailRepaired, record: 1, sourceColumn: 11, field: .mail)),
      (3, ["a@b.ru; a@b.ru"], Issue(.emailRepeated, record: 1, sourceColumn: 11, field: .mail)),
      (3, ["почта"], Issue(.emailNoAt, record: 1, sourceColumn: 11, field: .mail)),
      (3, ["a@b"], Issue(.emailDomain, record: 1, sourceColumn: 11, field: .mail)),
      (3, ["a.@b.ru"], Issue(.emailLocalPart, record: 1, sourceColumn: 11, field: .mail)),
      (3, ["жbc@b.ru"], Issue(.emailNonASCIILetters, record: 1, sourceColumn: 11, field: .mail)),
      (4, ["5a"], Issue(.invalidNumber, record: 1, sourceColumn: 300, field: .clid)),
      (4, ["-"], Issue(.placeholder, record: 1, sourceColumn: 300, field: .clid)),
      (5, ["30.02.1990"], Issue(.dateImpossible, record: 1, sourceColumn: 1, field: .input3)),
      (5, ["вчера"], Issue(.dateUnreadable, record: 1, sourceColumn: 1, field: .input3)),
      (6, ["Может"], Issue(.valueNotListed, record: 1, sourceColumn: 6, field: .loyalty)),
    ]
    for (column, cells, issue) in cases {
      let batch = try normalized([Self.goodRow, row(column, cells), Self.goodRow])
      #expect(batch.issues == [issue], "\(cells)")
      #expect(batch.isRejected == [false, issue.code == .missingRequired, false], "\(cells)")
    }
  }

  @Test("several issues of a row stand in the order of its columns and cells")
  func order() throws {
    let batch = try normalized([
      [["\u{1}", "\u{2}x"], [""], ["12", "34"], ["a@b"], ["x"], ["вчера"], ["Может"]],
      row(4, ["y"]),
    ])
    #expect(
      batch.issues.map { "\($0.record) \($0.sourceColumn) \($0.code.identifier)" } == [
        "0 9 value.control-characters", "0 2 value.control-characters", "0 4 phone.too-short",
        "0 0 phone.too-short", "0 11 email.domain", "0 300 number.invalid",
        "0 1 date.unreadable", "0 6 value.not-listed", "1 300 number.invalid",
      ])
  }

  @Test("a constant has no issue and no source, even where it is required and missing")
  func constants() throws {
    let schema = ContactSchema(columns: [
      ContactColumn(field: .tel, constant: "нет"),
      ContactColumn(field: .ptitle, constant: "", isRequired: true),
      ContactColumn(field: .mail, constant: " MAILTO:A@B.ru "),
    ])
    let batch = try normalized([[[""], [""], [""]]], schema)
    #expect(batch.issues == [Issue(.missingRequired, record: 0, field: .ptitle)])
    #expect(batch.isRejected == [true])
    #expect(batch.contacts.text(contact: 0, column: 2) == "A@b.ru")
  }

  @Test(
    "a required value that was refused is missing too, unless it is kept",
    arguments: InvalidPolicy.allCases)
  func refusedAndRequired(policy: InvalidPolicy) throws {
    let schema = ContactSchema(
      columns: [ContactColumn(field: .tel, sources: [3], isRequired: true)], invalid: policy)
    let batch = try normalized([[["12"]]], schema)
    let codes = batch.issues.map(\.code)
    #expect(codes == (policy == .keep ? [.phoneTooShort] : [.phoneTooShort, .missingRequired]))
    #expect(batch.isRejected == [policy != .keep])
  }

  @Test(
    "the owner stands in for a user whose text is not in the table",
    arguments: InvalidPolicy.allCases)
  func ownerForRefused(policy: InvalidPolicy) throws {
    let schema = ContactSchema(
      columns: [
        ContactColumn(
          field: .user, sources: [3], values: ValueTable(["Петров": "petrov@example.com"]),
          isRequired: true)
      ], invalid: policy, owner: "boss@example.com")
    let batch = try normalized([[["Петров"]], [["Сидоров"]], [[""]]], schema)
    #expect(batch.issues.map(\.code) == [.valueNotListed])
    #expect(batch.isRejected == [false, policy == .reject, false])
    #expect(
      (0..<3).map { batch.contacts.text(contact: $0, column: 0) } == [
        "petrov@example.com", policy == .keep ? "Сидоров" : "boss@example.com", "boss@example.com",
      ])
  }

  @Test(
    "a name that says there is none is no name, in any other text it is an answer",
    arguments: [
      ("нет", true), ("Не указано", true), ("N/A", true), ("-", true), ("?", true),
      ("нет, нет", true),
      ("Нетребко", false), ("нет данных о нём", false), ("Но", false), ("А.", false),
    ])
  func nobody(cell: String, isPlaceholder: Bool) throws {
    let schema = ContactSchema(columns: [
      ContactColumn(field: .person, sources: [3], isRequired: true),
      ContactColumn(field: .ptitle, sources: [4]),
    ])
    let batch = try normalized([[[cell], [cell]]], schema)
    #expect(batch.contacts.text(contact: 0, column: 0) == (isPlaceholder ? "" : cell))
    #expect(batch.isRejected == [isPlaceholder])
    #expect(batch.contacts.text(contact: 0, column: 1) == (cell == "-" ? "" : cell))
    let codes = batch.issues.filter { $0.field == .person }.map(\.code)
    #expect(codes == (isPlaceholder ? [.placeholder, .missingRequired] : []))
  }

  @Test("an owner is for the user alone, and an empty one is none")
  func ownerElsewhere() throws {
    var schema = ContactSchema(
      columns: [
        ContactColumn(field: .ptitle, sources: [0]), ContactColumn(field: .user, sources: [1]),
      ],
      owner: "")
    var batch = try normalized([[[""], [""]]], schema)
    #expect(batch.contacts.bytes.isEmpty)
    schema.owner = "boss"
    batch = try normalized([[[""], [""]]], schema)
    #expect(batch.contacts.text(contact: 0, column: 0).isEmpty)
    #expect(batch.contacts.text(contact: 0, column: 1) == "boss")
  }
}

@Suite("batches of the normalizer")
struct NormalizerBatchTests {
  private static let schema = ContactSchema(
    columns: [
      ContactColumn(field: .person, sources: [0, 1], isJoined: true, isRequired: true),
      ContactColumn(field: .tel, sources: [2, 3]), ContactColumn(field: .mail, sources: [4]),
      ContactColumn(field: .input1, sources: [5], treatment: .date),
      ContactColumn(field: .clid, sources: [6]),
      ContactColumn(field: .loyalty, sources: [7], values: ValueTable(["Да": "1", "Нет": ""])),
    ], invalid: .drop)

  private func randomRow(_ generator: inout SeededGenerator) -> [[String]] {
    func any(_ cells: [String]) -> String { cells.randomElement(using: &generator) ?? "" }
    let names = ["Иванов", "", " Петр ", "-", "\u{1}x", "О'Нил"]
    let phones = ["83422067202", "", "12", "нет", "8 902 123-45-67, 83422067202", "+375294911911"]
    return [
      [any(names), any(names)], [any(phones), any(phones)],
      [any(["a@b.ru", "", "x", "A@B.RU; c@d.ru", "Я <a@b.ru>"])],
      [any(["1.2.1990", "", "31.02.1990", "-"])], [any(["5", "", "x", "007"])],
      [any(["Да", "Нет", "", "Может"])],
    ]
  }

  @Test("a row becomes the same in any batch, at any place of it", arguments: 0..<20)
  func independence(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let harness = try NormalizerHarness(Self.schema)
    let rows = (0..<40).map { _ in randomRow(&generator) }
    let alone = rows.map { harness.row($0) }
    #expect(harness.rows(rows) == alone, "seed \(seed)")
    #expect(harness.rows(rows.reversed()) == alone.reversed(), "seed \(seed)")
    let size = Int.random(in: 1...12, using: &generator)
    let pieces = stride(from: 0, to: rows.count, by: size).flatMap {
      harness.rows(Array(rows[$0..<min($0 + size, rows.count)]))
    }
    #expect(pieces == alone, "seed \(seed), size \(size)")
  }

  @Test("a normalized batch normalized again is the same batch, without a word", arguments: 0..<20)
  func fixedPoint(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) + 70)
    // Each column from one source and without a table, since a replaced text is no key of it.
    var schema = Self.schema
    for column in schema.columns.indices {
      schema.columns[column].values = nil
      schema.columns[column].sources = [column]
      schema.columns[column].isRequired = false
    }
    let first = try NormalizerHarness(Self.schema)
    let second = try NormalizerHarness(schema)
    let once = first.normalizer.normalize(first.batch((0..<60).map { _ in randomRow(&generator) }))
    let twice = second.normalizer.normalize(once.contacts)
    #expect(twice.contacts.bytes == once.contacts.bytes, "seed \(seed)")
    #expect(twice.contacts.valueEnds == once.contacts.valueEnds, "seed \(seed)")
    #expect(twice.issues == [], "seed \(seed)")
    #expect(!twice.isRejected.contains(true), "seed \(seed)")
  }

  @Test(
    "what is dropped under one policy is what is kept in addition under the other",
    arguments: 0..<20)
  func policiesDiffer(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) + 300)
    let rows = (0..<30).map { _ in randomRow(&generator) }
    var results: [InvalidPolicy: [NormalizerHarness.Row]] = [:]
    for policy in InvalidPolicy.allCases {
      var schema = Self.schema
      schema.invalid = policy
      schema.columns[0].isRequired = false
      results[policy] = try NormalizerHarness(schema).rows(rows)
    }
    let (reject, drop, keep) = (results[.reject] ?? [], results[.drop] ?? [], results[.keep] ?? [])
    #expect(reject.map(\.values) == drop.map(\.values), "seed \(seed)")
    #expect(reject.map(\.issues) == keep.map(\.issues), "seed \(seed)")
    for (row, other) in zip(reject, keep) {
      #expect(row.isRejected == (row.values != other.values), "seed \(seed), \(row)")
      #expect(!other.isRejected)
    }
  }

  @Test("an empty batch, and one of empty values")
  func empty() throws {
    let harness = try NormalizerHarness(Self.schema)
    #expect(harness.rows([]) == [])
    let batch = harness.normalizer.normalize(harness.batch([]))
    #expect(batch.contacts.count == 0 && batch.isRejected.isEmpty && batch.issues.isEmpty)
    let row = harness.row([["", ""], ["", ""], [""], [""], [""], [""]])
    #expect(row.issues == ["field.missing@0"])
    #expect(row.isRejected)
  }
}
