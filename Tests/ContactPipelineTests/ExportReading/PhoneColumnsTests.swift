import ContactModel
import Testing

@testable import ContactPipeline

@Suite("numbers in another form")
struct PhoneColumnsTests {
  private let columns: [PersonField] = [.pid, .tel, .person, .mob]

  private func rewritten(
    _ rows: [[String]], _ settings: PhoneSettings = PhoneSettings(format: .e164),
    columns: [PersonField]? = nil
  ) throws -> (rows: [[String]], kept: Int) {
    let columns = columns ?? self.columns
    var phones = try PhoneColumns(columns, settings)
    let page = phones.rewritten(RecordSpool.Page(rows: rows))
    return (page.rows(width: columns.count), phones.kept)
  }

  @Test(
    "every form",
    arguments: [
      (PhoneForm.crm, "+7(342)206-72-02", "+7(902)123-45-67"),
      (.e164, "+73422067202", "+79021234567"),
      (.international, "+7 342 206-72-02", "+7 902 123-45-67"),
      (.national, "8 (342) 206-72-02", "8 (902) 123-45-67"),
    ])
  func forms(form: PhoneForm, landline: String, mobile: String) throws {
    let (rows, kept) = try rewritten(
      [["1", "8 342 2067202", "A", "89021234567"], ["2", "", "B", "+7(342)206-72-02"]],
      PhoneSettings(format: form))
    #expect(rows == [["1", landline, "A", mobile], ["2", "", "B", landline]])
    #expect(kept == 0)
  }

  @Test("several numbers of a value are each rewritten")
  func several() throws {
    let (rows, kept) = try rewritten([
      ["1", "8 342 206-72-02; 8(342)2067203", "A", "+7(902)123-45-67, +33 1 23 45 67 89"]
    ])
    #expect(
      rows == [["1", "+73422067202, +73422067203", "A", "+79021234567, +33123456789"]])
    #expect(kept == 0)
  }

  @Test("mobile numbers stay in their columns, whatever an import would do")
  func mobiles() throws {
    let (rows, _) = try rewritten(
      [["1", "89021234567", "A", ""]], PhoneSettings(format: .e164, mobiles: .move))
    #expect(rows == [["1", "+79021234567", "A", ""]])
  }

  @Test("what is no number stays as it is, and is counted")
  func noNumbers() throws {
    let (rows, kept) = try rewritten([
      ["1", "Пётр", "A", "12345"], ["2", "Иван", "B", "89021234567"],
    ])
    #expect(rows == [["1", "Пётр", "A", "12345"], ["2", "Иван", "B", "+79021234567"]])
    #expect(kept == 3)
  }

  @Test("a number beside what is none stays with it")
  func mixed() throws {
    let (rows, kept) = try rewritten([["1", "89021234567 ; 12345", "A", ""]])
    #expect(rows == [["1", "89021234567 ; 12345", "A", ""]])
    #expect(kept == 1)
  }

  @Test("counts add up over pages")
  func pages() throws {
    var phones = try PhoneColumns(columns, PhoneSettings(format: .crm))
    let page = RecordSpool.Page(rows: [["1", "Иван", "A", ""]])
    for _ in 0..<3 {
      let same = phones.rewritten(page)
      #expect(same == page)
    }
    #expect(phones.kept == 3)
    let empty = phones.rewritten(RecordSpool.Page())
    #expect(empty == RecordSpool.Page())
  }

  @Test(
    "what stands for no number, or beside one, stays as it is",
    arguments: ["нет", "-", "89021234567, спросить Машу", "8 902 123 45 67 Иван"])
  func placeholders(text: String) throws {
    #expect(try rewritten([["1", text, "A", ""]]).rows == [["1", text, "A", ""]])
  }

  @Test("other columns stay as they are, even where they look like numbers")
  func otherColumns() throws {
    let row = ["89021234567", "8 (342) 206-72-02", " нет ", "a@b.ru, 89021234567"]
    let columns: [PersonField] = [.pid, .input1, .person, .mail]
    #expect(try rewritten([row, row], columns: columns).rows == [row, row])
    #expect(
      try rewritten([row + ["89021234567"]], columns: columns + [.fax]).rows
        == [row + ["+79021234567"]])
  }

  @Test("local numbers get the area code that is given")
  func areaCode() throws {
    let (rows, kept) = try rewritten(
      [["1", "206-72-02", "A", ""]], PhoneSettings(format: .e164, areaCode: "342"))
    #expect(rows == [["1", "+73422067202", "A", ""]])
    #expect(kept == 0)
  }

  @Test("a region that nobody knows is refused")
  func region() {
    #expect(throws: (any Error).self) { _ = try PhoneColumns(columns, PhoneSettings(region: "XX")) }
  }
}
