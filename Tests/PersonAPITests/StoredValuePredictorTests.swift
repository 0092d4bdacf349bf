import ContactModel
import PersonAPI
import Testing

@Suite("what the server stores for a value")
struct StoredValuePredictorTests {
  static func predictor(
    _ variant: Variant = .dotted, _ route: ValueRoute = .listForm,
    fields: [PersonField] = [], active: Set<PersonField>? = nil
  ) -> StoredValuePredictor {
    StoredValuePredictor(
      schema: ContactSchema(columns: fields.map { ContactColumn(field: $0) }), variant: variant,
      route: route, activeFields: active)
  }

  static func stored(
    _ value: String, _ field: PersonField, _ variant: Variant = .dotted,
    _ route: ValueRoute = .listForm, active: Set<PersonField>? = nil
  ) -> StoredValue {
    predictor(variant, route, active: active).storedValue(of: Array(value.utf8), in: field)
  }

  static func text(_ text: String) -> StoredValue { .text(Array(text.utf8)) }

  @Test("of a guide's text only the digits it begins with count, where texts are not taken")
  func guides() {
    #expect(Self.stored("3 - Проба Три", .loyalty) == .guideEntry(3))
    #expect(Self.stored("Новая", .loyalty) == .guideEntry(0))
    #expect(Self.stored("7 холмов", .clientpath) == .guideEntry(7))
    #expect(Self.stored("", .loyalty) == .nothing)
    #expect(Self.stored("", .clientpath) == .decidedByServer)
    #expect(Self.stored("Новая", .loyalty, .documented) == Self.text("Новая"))
    // Stored even when off, but not readable.
    #expect(Self.stored("3", .loyalty, active: [.person]) == .notShown)
  }

  @Test("a client's number is read as PHP reads numbers")
  func clients() {
    #expect(Self.stored("-5", .clid) == Self.text("-5"))
    #expect(Self.stored("Завод Пробный", .clid) == Self.text("0"))
    #expect(Self.stored(" 12abc", .clid) == Self.text("12"))
    #expect(Self.stored("99999999999999999999999", .clid) == Self.text("2147483647"))
  }

  @Test("what is off is dropped; owners go by number or login")
  func inactive() {
    #expect(Self.stored("x", .input2, active: [.person]) == .nothing)
    #expect(Self.stored("x", .skype, active: [.person]) == .nothing)
    #expect(Self.stored("x@test.invalid", .user, active: [.iduser]) == Self.text("x@test.invalid"))
    #expect(Self.stored("", .user) == .decidedByServer)
    #expect(Self.stored("yes", .mperson) == .notShown)
    #expect(Self.stored("x", .person, active: []) == Self.text("x"))
  }

  @Test("the time of creation is the documented server's to store")
  func creation() {
    #expect(Self.stored("2026-01-02", .dateCreate) == .decidedByServer)
    #expect(Self.stored("2026-01-02", .dateCreate, .documented) == Self.text("2026-01-02"))
  }

  @Test("an update keeps empty values and breaks lines")
  func updates() {
    #expect(Self.stored("", .tel, .dotted, .updateForm) == Self.text(""))
    #expect(Self.stored("", .tel) == .nothing)
    #expect(Self.stored("a\\r\\nb", .input1, .dotted, .updateForm) == Self.text("a\r\nb"))
    #expect(Self.stored("a\\r\\nb", .input1, .dotted, .addForm) == Self.text("a\\r\\nb"))
    #expect(
      Self.stored("o'n@test.invalid", .mail, .dotted, .updateForm)
        == Self.text("o&acute;n@test.invalid"))
    #expect(
      Self.stored("o'n@test.invalid", .mail, .dotted, .updateJSON)
        == Self.text("o'n@test.invalid"))
  }

  @Test("an apostrophe breaks no request where a form's own values lose it")
  func formScalars() {
    let mail = Array("o'n@test.invalid".utf8)
    #expect(BreakingValue(mail, in: .mail, by: .addForm) == nil)
    #expect(BreakingValue(mail, in: .mail, by: .addJSON) == .breaksAfterRow)
    #expect(
      BreakingValue(Array("a' or '1'='1".utf8), in: .mail, by: .listJSON) == .runsAsSQL)
  }

  @Test("the social contacts of a contact are told together")
  func contact() {
    let predictor = Self.predictor(fields: [.person, .blog, .skype])
    var batch = ContactBatch(columnCount: 3)
    for value in ["«А»", "a;b", "s2"] {
      batch.bytes.append(contentsOf: value.utf8)
      batch.endValue()
    }
    // add-socials-semicolon: a;b;;;;s2;;;
    #expect(
      predictor.storedValues(of: batch, contact: 0)
        == [Self.text("”А”"), Self.text("a"), Self.text("")])
    let values = PersonField.socials.map { field in
      Array((field == .blog ? "a;b" : field == .skype ? "s2" : "").utf8)
    }
    #expect(predictor.storedSocialColumn(of: values) == Array("a;b;;;;s2;;;".utf8))
    #expect(
      predictor.storedSocials(of: Array(repeating: [], count: 8))
        == [Self.text("")] + Array(repeating: .nothing, count: 7))
  }
}
