import ContactModel
import ContactNormalization
import TestSupport
import Testing

@Suite("ContactNormalizer: columns with transforms, conditions and defaults")
struct TransformedColumnTests {
  private func harness(
    _ column: ContactColumn, invalid: InvalidPolicy = .reject, owner: String? = nil
  ) throws -> NormalizerHarness {
    try NormalizerHarness(ContactSchema(columns: [column], invalid: invalid, owner: owner))
  }

  private let lower = ValueTransforms(letterCase: .lower)

  // MARK: Transforms

  @Test("each cell of a list is transformed for itself, empty ones leave no trace")
  func list() throws {
    let column = ContactColumn(
      field: .input2, sources: [4, 5, 6],
      transforms: ValueTransforms(split: SplitTransform(separator: ":", part: 2)))
    let harness = try harness(column)
    #expect(harness.row([["a: b", "c", "d:e:f"]]).values == ["b, e"])
    #expect(harness.row([["", " ", "\u{A0}"]]).values == [""])
    #expect(harness.row([["", " ", "\u{A0}"]]).issues == [])
  }

  @Test("joined cells are transformed together, empty ones leave no separator")
  func joined() throws {
    let column = ContactColumn(
      field: .input2, sources: [4, 5, 6], isJoined: true, separator: ", ", transforms: lower)
    let harness = try harness(column)
    #expect(harness.row([["Пермь", "Ленина", "1"]]).values == ["пермь, ленина, 1"])
    #expect(harness.row([["", " Ленина\u{A0}", ""]]).values == ["ленина"])
    #expect(harness.row([["Пермь", " ", "1"]]).values == ["пермь, 1"])
    #expect(harness.row([["", "", ""]]).values == [""])
    let dashes = harness.row([["Пермь", "—", "1"]])
    #expect(dashes.values == ["пермь, 1"])
    #expect(dashes.issues == ["value.placeholder@5"])
  }

  @Test("a separator alone needs no transforms, and may be empty")
  func separator() throws {
    func values(_ separator: String) throws -> [String] {
      let column = ContactColumn(
        field: .input2, sources: [4, 5], isJoined: true, separator: separator)
      return try harness(column).row([["a", "b"]]).values
    }
    #expect(try values("") == ["ab"])
    #expect(try values(" / ") == ["a / b"])
    #expect(try values(" ") == ["a b"])
  }

  @Test("phones and dates are read after the transforms, and an issue names the cell's column")
  func treated() throws {
    let phone = try harness(
      ContactColumn(
        field: .tel, sources: [4, 5],
        transforms: ValueTransforms(replacements: [TextReplacement("О", with: "0")])))
    let row = phone.row([["+7 342 2О6-72-02", "12"]])
    #expect(row.values == ["+7(342)206-72-02"])
    #expect(row.issues == ["phone.too-short@5=2"])
    #expect(row.isRejected)
    let date = try harness(
      ContactColumn(
        field: .input1, sources: [4],
        transforms: ValueTransforms(split: SplitTransform(separator: ";", part: 1)),
        treatment: .date))
    #expect(date.cell("05.03.1978; вторник").values == ["1978-03-05"])
  }

  @Test("a table is asked after the case, and what it gives is final")
  func table() throws {
    let harness = try harness(
      ContactColumn(
        field: .loyalty, sources: [4], transforms: lower,
        values: ValueTable(["vip": "Важный", "нет": ""])))
    #expect(harness.cell("VIP ").values == ["Важный"])
    #expect(harness.cell("Нет").values == [""])
    #expect(harness.cell("X").issues == ["value.not-listed@4"])
  }

  @Test("control characters are still taken out with a note")
  func controlCharacters() throws {
    let row = try harness(ContactColumn(field: .input2, sources: [4], transforms: lower))
      .cell("A\u{1}B\u{1F}C")
    #expect(row.values == ["abc"])
    #expect(row.issues == ["value.control-characters@4=2"])
  }

  // MARK: Conditions

  private func conditional(_ test: ConditionTest, fallback: String? = nil) throws
    -> NormalizerHarness
  {
    try harness(
      ContactColumn(
        field: .input2, sources: [4], condition: ValueCondition(sources: [7], test: test),
        fallback: fallback))
  }

  @Test(
    "texts are compared without blanks at the ends and without letter case",
    arguments: [
      ("VIP", true), (" vip\u{A0}", true), ("ВИП", true), ("вип", true), ("vi p", false),
      ("", false),
      ("VIPS", false), ("-", false),
    ])
  func equals(cell: String, holds: Bool) throws {
    let harness = try conditional(.equals(["Vip", "вИп"]))
    #expect(harness.row([["A", cell]]).values == [holds ? "A" : ""])
  }

  @Test(
    "blanks and dashes are empty, words are not",
    arguments: [
      ("", true), (" \u{A0}\t", true), ("-", true), ("——", true), ("0", false), ("нет", false),
    ])
  func emptiness(cell: String, isEmpty: Bool) throws {
    #expect(try conditional(.isEmpty).row([["A", cell]]).values == [isEmpty ? "A" : ""])
    #expect(try conditional(.isFilled).row([["A", cell]]).values == [isEmpty ? "" : "A"])
  }

  @Test("where a condition does not hold the cells are not even looked at")
  func noIssues() throws {
    let harness = try harness(
      ContactColumn(
        field: .tel, sources: [4], condition: ValueCondition(sources: [7], test: .isFilled)))
    #expect(harness.row([["12", ""]]) == .init(values: [""], issues: [], isRejected: false))
    #expect(harness.row([["12", "x"]]).issues == ["phone.too-short@4=2"])
  }

  @Test("a constant may have a condition, and a default for the other rows")
  func constant() throws {
    let condition = ValueCondition(sources: [7], test: .equals(["VIP"]))
    let alone = try harness(ContactColumn(field: .loyalty, constant: "3", condition: condition))
    #expect(alone.rows([[["VIP"]], [["x"]], [[""]]]).map(\.values) == [["3"], [""], [""]])
    let other = try harness(
      ContactColumn(field: .loyalty, constant: "3", condition: condition, fallback: "5"))
    #expect(other.rows([[["vip"]], [["x"]], [[""]]]).map(\.values) == [["3"], ["5"], ["5"]])
  }

  @Test("a condition without a column, as in an open source, sees an empty cell")
  func absent() throws {
    func values(_ test: ConditionTest) throws -> [String] {
      try harness(
        ContactColumn(
          field: .input2, sources: [4], condition: ValueCondition(sources: [], test: test))
      ).cell("A").values
    }
    #expect(try values(.isEmpty) == ["A"])
    #expect(try values(.isFilled) == [""])
    #expect(try values(.equals(["A"])) == [""])
  }

  @Test("of several columns in a condition one is enough, but all must be empty")
  func severalColumns() throws {
    func value(_ test: ConditionTest, _ cells: [String]) throws -> String {
      try harness(
        ContactColumn(
          field: .input2, sources: [4, 5], condition: ValueCondition(sources: [7, 8], test: test))
      ).row([["A", "B"] + cells]).values[0]
    }
    #expect(try value(.isFilled, ["", "x"]) == "A, B")
    #expect(try value(.isFilled, ["", ""]) == "")
    #expect(try value(.isEmpty, ["", "x"]) == "")
    #expect(try value(.isEmpty, ["", ""]) == "A, B")
    #expect(try value(.equals(["y"]), ["x", "y"]) == "A, B")
  }

  // MARK: Defaults and policies

  @Test("a default fills what is empty for whatever reason, in the form that all have")
  func fallback() throws {
    let harness = try harness(
      ContactColumn(field: .tel, sources: [4], fallback: "8 342 206 72 02", isRequired: true),
      invalid: .drop)
    for cell in ["", " ", "нет", "-", "12"] {
      let row = harness.cell(cell)
      #expect(row.values == ["+7(342)206-72-02"], "\(cell)")
      #expect(!row.isRejected)
    }
    #expect(harness.cell("+7 495 123-45-67").values == ["+7(495)123-45-67"])
  }

  @Test("a default comes before the owner, and after a name that is none")
  func fallbackOrder() throws {
    let user = try harness(
      ContactColumn(field: .user, sources: [4], fallback: "a@example.com"), owner: "o@example.com")
    #expect(user.cell("").values == ["a@example.com"])
    let person = try harness(
      ContactColumn(field: .person, sources: [4], fallback: "Без имени", isRequired: true))
    #expect(
      person.cell("нет")
        == .init(
          values: ["Без имени"], issues: ["value.placeholder@4"], isRejected: false))
  }

  @Test("a default that is not valid is kept as the mapping has it; a table does not look at it")
  func finalFallback() throws {
    #expect(
      try harness(ContactColumn(field: .tel, sources: [4], fallback: "12")).cell("").values == [
        "12"
      ])
    #expect(
      try harness(
        ContactColumn(field: .loyalty, sources: [4], values: ValueTable(["a": "1"]), fallback: "a")
      ).cell("").values == ["a"])
  }

  @Test("a column's own policy goes before the schema's, for that column alone")
  func policy() throws {
    let harness = try NormalizerHarness(
      ContactSchema(columns: [
        ContactColumn(field: .tel, sources: [4]),
        ContactColumn(field: .fax, sources: [5], invalid: .drop),
        ContactColumn(field: .mob, sources: [6], invalid: .keep),
        ContactColumn(field: .mail, sources: [7]),
      ]))
    let row = harness.row([[""], ["12"], ["13"], [""]])
    #expect(row.values == ["", "", "13", ""])
    #expect(row.issues == ["phone.too-short@5=2", "phone.too-short@6=2"])
    #expect(!row.isRejected)
    #expect(harness.row([[""], [""], [""], ["x"]]).isRejected)
    #expect(harness.row([["12"], ["12"], [""], [""]]).isRejected)
  }

  // MARK: Properties

  @Test(
    "normalizing again changes nothing, where the transforms themselves do not", arguments: 0..<30)
  func idempotence(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "a", "Я", "ё", " ", ".", ",", "\u{A0}", "-", "нет", "\u{1}", "+7 342 206-72-02", "😀",
    ]
    let column = ContactColumn(
      field: [.input2, .tel, .mail].randomElement(using: &generator) ?? .input2, sources: [4],
      transforms: ValueTransforms(
        trimmed: ".", replacements: [TextReplacement("ё", with: "е")],
        letterCase: LetterCase.allCases.randomElement(using: &generator)),
      invalid: .drop)
    let harness = try harness(column)
    for _ in 0..<100 {
      let text = (0..<Int.random(in: 0...6, using: &generator))
        .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      let once = harness.cell(text).values[0]
      #expect(harness.cell(once).values[0] == once, "\(text), seed \(seed)")
    }
  }

  @Test("a transform that does nothing is as good as none", arguments: 0..<30)
  func sameAsFast(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "a", "Я", " ", ",", ";", "-", "нет", "\u{1}", "\u{A0}", "+7 342 206-72-02", "12", "a@b.ru",
      "@",
    ]
    let field: PersonField = [.input2, .tel, .mail, .clid].randomElement(using: &generator) ?? .tel
    let sources = Array(0..<Int.random(in: 1...3, using: &generator))
    let policy = InvalidPolicy.allCases.randomElement(using: &generator) ?? .reject
    let fast = try harness(ContactColumn(field: field, sources: sources), invalid: policy)
    let slow = try harness(
      ContactColumn(
        field: field, sources: sources,
        transforms: ValueTransforms(replacements: [TextReplacement("\u{2}", with: "x")])),
      invalid: policy)
    for _ in 0..<100 {
      let cells = sources.map { _ in
        (0..<Int.random(in: 0...4, using: &generator))
          .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      }
      #expect(fast.row([cells]) == slow.row([cells]), "\(cells), seed \(seed)")
    }
  }
}
