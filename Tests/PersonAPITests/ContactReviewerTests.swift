import ContactModel
import PersonAPI
import TestSupport
import Testing

@Suite("contacts are reviewed before they are sent")
struct ContactReviewerTests {
  /// Reviews one contact and shows what became of it.
  struct Reviewed: Equatable {
    var values: [String]
    var codes: [IssueCode]
    var isRejected: Bool
  }

  static func reviewer(
    _ fields: [PersonField], _ variant: Variant = .dotted, invalid: InvalidPolicy = .reject,
    active: Set<PersonField>? = nil
  ) -> ContactReviewer {
    ContactReviewer(
      predictor: StoredValuePredictor(
        schema: ContactSchema(
          columns: fields.enumerated().map { ContactColumn(field: $1, sources: [$0]) },
          invalid: invalid),
        variant: variant, activeFields: active))
  }

  static func batch(_ rows: [[String]]) -> ContactBatch {
    var batch = ContactBatch(columnCount: rows.first?.count ?? 0)
    for value in rows.joined() {
      batch.bytes.append(contentsOf: value.utf8)
      batch.endValue()
    }
    return batch
  }

  func review(
    _ field: PersonField, _ value: String, _ variant: Variant = .dotted,
    invalid: InvalidPolicy = .reject
  ) -> Reviewed {
    let reviewed = Self.reviewer([.person, field], variant, invalid: invalid)
      .review(Self.batch([["Иван", value]]), isRejected: [false])
    #expect(reviewed.issues.allSatisfy { $0.record == 0 && $0.sourceColumn == 1 })
    #expect(reviewed.issues.allSatisfy { $0.field == field })
    #expect(reviewed.contacts.text(contact: 0, column: 0) == "Иван")
    return Reviewed(
      values: [reviewed.contacts.text(contact: 0, column: 1)], codes: reviewed.issues.map(\.code),
      isRejected: reviewed.isRejected[0])
  }

  @Test(
    "what is stored otherwise is sent as it is, with an issue",
    arguments: [
      (PersonField.ptitle, "ООО \"Ива\"", [IssueCode.storedQuotesChanged]),
      (.ptitle, "«Ива»", [.storedQuotesChanged]), (.input1, "&laquo;Ива", [.storedQuotesChanged]),
      (.tel, "5<6 хвост", [.storedTagsRemoved]),
      (.ptitle, "<b>\"x\"</b>", [.storedTagsRemoved, .storedQuotesChanged]),
      (.input2, "0", [.storedEmpty]), (.input2, "<b>", [.storedEmpty]),
      (.input3, " a", [.storedTrimmed]), (.rol, "a; b;;c", [.storedTrimmed]),
      (.input1, String(repeating: "ж", count: 256), [.storedCut]),
      (.rol, String(repeating: "r", count: 65_536), [.storedCut]),
      (.blog, String(repeating: "b", count: 65_536), [.storedCut]),
    ])
  func reported(field: PersonField, value: String, codes: [IssueCode]) {
    #expect(
      review(field, value) == Reviewed(values: [value], codes: codes, isRejected: false))
    // The documented server stores texts as the observed one does.
    #expect(
      review(field, value, .documented)
        == Reviewed(values: [value], codes: codes, isRejected: false))
  }

  @Test(
    "what is stored as it is costs no issue",
    arguments: [
      (PersonField.ptitle, "Д'Артаньян"), (.ptitle, "что?s и ?u"), (.tel, "конец\\"),
      (.input1, String(repeating: "ж", count: 255)), (.input10, String(repeating: "ж", count: 512)),
      (.input1, "00"), (.input1, "A & B &amp; C"), (.input1, "\u{A0}a"), (.rol, "Первая;Вторая"),
      (.rol, "«x» <b>"), (.skype, "<b> \"x\" "), (.skype, "0"), (.mail, "a?b@test.invalid"),
      (.mail, "a\\b@test.invalid"), (.user, "seller.a@test.invalid"), (.clientpath, "3"),
    ])
  func clean(field: PersonField, value: String) {
    #expect(review(field, value) == Reviewed(values: [value], codes: [], isRejected: false))
  }

  @Test(
    "what the observed server would spoil is repaired",
    arguments: [
      (PersonField.ptitle, "Шеф 😀 отдела", "Шеф отдела", IssueCode.storedCharactersLost),
      (.ptitle, "Текст 😀", "Текст", .storedCharactersLost),
      (.ptitle, "😀", "", .storedCharactersLost), (.ptitle, "𠮷野", "野", .storedCharactersLost),
      (.ptitle, "a👩‍💻b", "ab", .storedCharactersLost),
      (.ptitle, "☎️ 🇷🇺 1", "☎️ 1", .storedCharactersLost),
      (.skype, "a;b", "a,b", .storedSemicolon),
      (.mail, "a@test.invalid\\", "a@test.invalid", .emailRepaired),
      (
        .mail, "a@test.invalid\\, b@test.invalid \\\\", "a@test.invalid, b@test.invalid",
        .emailRepaired
      ),
    ])
  func repaired(field: PersonField, value: String, sent: String, code: IssueCode) {
    #expect(review(field, value) == Reviewed(values: [sent], codes: [code], isRejected: false))
  }

  @Test("the documented server's contacts are not repaired, and nothing is set aside")
  func documented() {
    #expect(
      review(.ptitle, "Шеф 😀", .documented)
        == Reviewed(values: ["Шеф 😀"], codes: [.storedCharactersLost], isRejected: false))
    #expect(
      review(.skype, "a;b", .documented)
        == Reviewed(values: ["a;b"], codes: [.storedSemicolon], isRejected: false))
    for mail in ["o'n@test.invalid", "q?a@test.invalid", "a@test.invalid\\"] {
      #expect(
        review(.mail, mail, .documented)
          == Reviewed(values: [mail], codes: [], isRejected: false))
    }
  }

  @Test(
    "what would break a request is never sent",
    arguments: [
      (PersonField.mail, "o'n@test.invalid"), (.mail, "q?a@test.invalid"), (.mail, "a;b'c"),
      (.mail, "a@test.invalid' or '1'='1"), (.user, "o'n@test.invalid"), (.user, "x?s"),
      (.user, "x\\"), (.clientpath, "O'K"), (.clientpath, "?n"), (.loyalty, "лоя?s"),
    ])
  func poison(field: PersonField, value: String) {
    #expect(
      review(field, value)
        == Reviewed(values: [""], codes: [.storedNotSent], isRejected: true))
    for policy in [InvalidPolicy.drop, .keep] {
      #expect(
        review(field, value, invalid: policy)
          == Reviewed(values: [""], codes: [.storedNotSent], isRejected: false))
    }
  }

  @Test("a name of which nothing is stored rejects the contact", arguments: ["0", "<b>", "😀"])
  func noName(value: String) {
    let reviewed = Self.reviewer([.person]).review(Self.batch([[value]]), isRejected: [false])
    #expect(reviewed.issues.last?.code == .storedNoName)
    #expect(reviewed.isRejected == [true])
  }

  @Test("values of fields that are off are reported, and their contacts sent")
  func inactive() {
    let reviewer = Self.reviewer([.person, .input2, .user], active: [.person, .iduser, .input1])
    let batch = Self.batch([["А", "<b>", "x@test.invalid"], ["Б", "", ""]])
    let reviewed = reviewer.review(batch, isRejected: [false, false])
    #expect(
      reviewed.issues
        == [Issue(.storedInactiveField, record: 0, sourceColumn: 1, field: .input2)])
    #expect(reviewed.isRejected == [false, false])
  }

  @Test("the figure of a cut is the field's length")
  func cutDetail() {
    let reviewed = Self.reviewer([.person, .input10])
      .review(Self.batch([["А", String(repeating: "x", count: 513)]]), isRejected: [false])
    #expect(reviewed.issues.map(\.detail) == [512])
  }

  @Test("social contacts that are too long together are cut together")
  func socials() {
    let batch = Self.batch([["А", String(repeating: "b", count: 65_530), "skype", ""]])
    let reviewed = Self.reviewer([.person, .blog, .skype, .mykrug])
      .review(batch, isRejected: [false])
    // matrix-lengths: of «skype» one letter is left.
    #expect(
      reviewed.issues
        == [Issue(.storedCut, record: 0, sourceColumn: 2, field: .skype, detail: 65_535)])
  }

  @Test("rejected contacts are left alone")
  func rejected() {
    let batch = Self.batch([["<b>", "o'n@test.invalid"], ["А", "😀"]])
    let reviewed = Self.reviewer([.person, .mail]).review(batch, isRejected: [true, true])
    #expect(reviewed.issues.isEmpty && reviewed.isRejected == [true, true])
    #expect(reviewed.contacts.bytes == batch.bytes)
  }

  @Test("the login that owns all other contacts is looked at as well")
  func owner() {
    var schema = ContactSchema(columns: [ContactColumn(field: .person)], owner: "o'n@test.invalid")
    func reviewer(_ variant: Variant) -> ContactReviewer {
      ContactReviewer(predictor: StoredValuePredictor(schema: schema, variant: variant))
    }
    #expect(reviewer(.dotted).hasBreakingOwner)
    #expect(!reviewer(.documented).hasBreakingOwner)
    schema.owner = "on@test.invalid"
    #expect(!reviewer(.dotted).hasBreakingOwner)
  }

  @Test("the fast walk finds whatever the prediction changes", arguments: 0..<5 as Range<UInt64>)
  func oracle(seed: UInt64) throws {
    let samples = SampleContacts(seed: seed, count: 40)
    let fields = SampleContacts.fields
    for variant in Variant.all {
      let reviewer = Self.reviewer(fields, variant, invalid: .drop)
      let reviewed = reviewer.review(
        samples.batch, isRejected: Array(repeating: false, count: samples.rows.count))
      #expect(reviewed.contacts.count == samples.rows.count)
      for (record, row) in samples.rows.enumerated() {
        for (column, field) in fields.enumerated() where !row[column].isEmpty {
          let place: Comment = "seed \(seed) \(field) \(row[column].debugDescription)"
          let codes = reviewed.issues
            .filter { $0.record == Int32(record) && $0.field == field }.map(\.code)
          let sent = reviewed.contacts.text(contact: record, column: column)
          if sent != row[column] { #expect(!codes.isEmpty && variant == .dotted, place) }
          guard !sent.isEmpty else { continue }
          let isSafe =
            BreakingValue(Array(sent.utf8), in: field, by: .listForm) == nil
            || variant == .documented
          #expect(isSafe, place)
          let changes = reviewer.predictor.prediction(of: Array(sent.utf8), in: field).changes
          if !changes.isEmpty { #expect(!codes.isEmpty, place) }
          if codes.isEmpty { #expect(changes.isEmpty, place) }
        }
      }
    }
  }

  @Test("the text that is stored can be shown for an issue, and for nothing else")
  func display() {
    let reviewer = Self.reviewer([.person, .ptitle, .loyalty, .blog, .mail])
    let batch = Self.batch([
      ["ООО \"Ива\"", "<b>", "3 - Проба", "a;b", "o'n@test.invalid"]
    ])
    let reviewed = reviewer.review(batch, isRejected: [false])
    let texts = reviewed.issues.map { issue in
      reviewer.predictor.storedText(for: issue, in: reviewed.contacts)
    }
    #expect(
      reviewed.issues.map(\.code)
        == [.storedQuotesChanged, .storedEmpty, .storedSemicolon, .storedNotSent])
    #expect(texts == ["ООО ”Ива”", "", "a,b", nil])
    #expect(
      reviewer.predictor.storedText(of: reviewed.contacts, contact: 0, column: 2) == "{ id: 3 }")
  }
}
