import ContactModel
import ContactNormalization
import Testing

@Suite("ContactNormalizer: mobile numbers move to mob")
struct MovedMobilesTests {
  private func harness(
    _ columns: [ContactColumn], format: PhoneForm = .crm, invalid: InvalidPolicy = .reject,
    mobiles: MobilePlacement = .move
  ) throws -> NormalizerHarness {
    try NormalizerHarness(
      ContactSchema(
        columns: columns, invalid: invalid,
        phones: PhoneSettings(format: format, mobiles: mobiles)))
  }

  /// `tel`, `fax` and `mob` from the source columns 1, 2 and 3.
  private func three(isRequired: Bool = false) throws -> NormalizerHarness {
    try harness([
      ContactColumn(field: .tel, sources: [1], isRequired: isRequired),
      ContactColumn(field: .fax, sources: [2]), ContactColumn(field: .mob, sources: [3]),
    ])
  }

  private let landline = "+7(342)206-72-02"
  private let mobile = "+7(912)345-67-89"
  private let other = "+7(912)345-67-80"

  @Test("a mobile in tel and one in fax go behind those of mob, each with a note")
  func moves() throws {
    let row = try three().row([["\(landline), \(mobile)"], [other], ["+7(903)111-22-33"]])
    #expect(row.values == [landline, "", "+7(903)111-22-33, \(mobile), \(other)"])
    #expect(row.issues == ["phone.moved-to-mob@1", "phone.moved-to-mob@2"])
    #expect(!row.isRejected)
  }

  @Test("a number that mob has, or that comes twice, is there once")
  func once() throws {
    let row = try three().row([["\(mobile), \(landline), \(mobile)"], [mobile], [mobile]])
    #expect(row.values == [landline, "", mobile])
    #expect(row.issues.contains("phone.moved-to-mob@1"))
    #expect(row.issues.contains("phone.moved-to-mob@2"))
    #expect(!row.issues.contains("phone.moved-to-mob@3"))
  }

  @Test("landlines stay, in every place of a cell")
  func stays() throws {
    for cell in [
      "\(mobile), \(landline)", "\(landline), \(mobile)", "\(mobile), \(landline), \(other)",
    ] {
      #expect(try three().row([[cell], [""], [""]]).values[0] == landline, "\(cell)")
    }
    let none = try three().row([[landline], [landline], [""]])
    #expect(none == .init(values: [landline, landline, ""], issues: [], isRejected: false))
  }

  @Test("one contact's numbers never reach another")
  func rows() throws {
    let rows = try three().rows([
      [[mobile], [""], [""]], [[landline], [""], [""]], [[""], [other], [landline]],
    ])
    #expect(
      rows.map(\.values) == [
        ["", "", mobile], [landline, "", ""], ["", "", "\(landline), \(other)"],
      ])
  }

  @Test(
    "a required field keeps its mobiles if nothing else is in it, and gives them if something is")
  func required() throws {
    let kept = try three(isRequired: true).row([["\(mobile), \(other), \(mobile)"], [""], [""]])
    #expect(kept.values == ["\(mobile), \(other)", "", ""])
    #expect(kept.issues == ["phone.repeated@1"])
    #expect(!kept.isRejected)
    let given = try three(isRequired: true).row([["\(mobile), \(landline)"], [""], [""]])
    #expect(given.values == [landline, "", mobile])
    #expect(try three(isRequired: true).row([[""], [mobile], [""]]).isRejected)
  }

  @Test("a required mob is filled by what moves there, also without columns of its own")
  func requiredMob() throws {
    let harness = try harness([
      ContactColumn(field: .tel, sources: [1]), ContactColumn(field: .mob, isRequired: true),
    ])
    #expect(
      harness.row([[mobile], [""]])
        == .init(
          values: ["", mobile], issues: ["phone.moved-to-mob@1"], isRejected: false))
    #expect(harness.row([[landline], [""]]).isRejected)
  }

  @Test("a default of mob is not wanted where a number comes, one of tel where it went")
  func defaults() throws {
    let harness = try harness([
      ContactColumn(field: .tel, sources: [1], fallback: landline),
      ContactColumn(field: .mob, sources: [3], fallback: other),
    ])
    #expect(harness.row([[mobile], [""]]).values == [landline, mobile])
    #expect(harness.row([[""], [""]]).values == [landline, other])
  }

  @Test("constants and other fields keep their mobiles")
  func kept() throws {
    let harness = try harness([
      ContactColumn(field: .tel, constant: mobile), ContactColumn(field: .fax, treatment: .text),
      ContactColumn(field: .mob, sources: [3]),
      ContactColumn(field: .input2, sources: [4], treatment: .phone),
    ])
    #expect(harness.row([[""], [""], [""], [mobile]]).values == [mobile, "", "", mobile])
  }

  @Test("without the setting, or without mob, nothing moves")
  func off() throws {
    let columns = [
      ContactColumn(field: .tel, sources: [1]), ContactColumn(field: .mob, sources: [3]),
    ]
    #expect(
      try harness(columns, mobiles: .keep).row([[mobile], [""]])
        == .init(values: [mobile, ""], issues: [], isRejected: false))
    #expect(try harness([columns[0]]).row([[mobile]]).values == [mobile])
  }

  @Test("in every form of number, and what is not valid stays", arguments: PhoneForm.allCases)
  func forms(form: PhoneForm) throws {
    let harness = try harness(
      [ContactColumn(field: .tel, sources: [1, 2]), ContactColumn(field: .mob, sources: [3])],
      format: form, invalid: .keep)
    let row = harness.row([[mobile, "12"], [""]])
    #expect(row.values[0] == "12")
    let own = try #require(harness.row([[""], [mobile]]).values.last)
    #expect(row.values[1] == own)
    // The moved form is the canonical one: moving again changes nothing.
    #expect(harness.row([[row.values[0], ""], [row.values[1]]]).values == row.values)
  }

  @Test("cells with transforms, conditions and joins give theirs too")
  func transformed() throws {
    let harness = try harness([
      ContactColumn(
        field: .tel, sources: [1, 2], isJoined: true,
        transforms: ValueTransforms(replacements: [TextReplacement("т.", with: "")])),
      ContactColumn(
        field: .mob, sources: [3], condition: ValueCondition(sources: [4], test: .isFilled)),
    ])
    let row = harness.row([["т.912", "345-67-89"], [other, ""]])
    #expect(row.values == ["", mobile])
    #expect(row.issues.contains("phone.moved-to-mob@1"))
  }
}
