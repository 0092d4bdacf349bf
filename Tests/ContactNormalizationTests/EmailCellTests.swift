import ContactModel
import Testing

@Suite("cells of e-mail addresses")
struct EmailCellTests {
  private func row(
    _ cell: String, emails: EmailSettings = EmailSettings(), invalid: InvalidPolicy = .reject
  ) throws -> NormalizerHarness.Row {
    try NormalizerHarness(
      ContactSchema(
        columns: [ContactColumn(field: .input1, sources: [4], treatment: .email)],
        invalid: invalid, emails: emails)
    ).cell(cell)
  }

  @Test(
    "what is repaired is reported",
    arguments: [
      ("ivan @ mail . ru", "ivan@mail.ru", ["email.repaired@4"]),
      ("ivan@mail,ru", "ivan@mail.ru", ["email.repaired@4"]),
      ("mailto:ivan@mail.ru?subject=Hello", "ivan@mail.ru", ["email.repaired@4"]),
      (".ivan@mail.ru", "ivan@mail.ru", ["email.repaired@4"]),
      ("ivan(at)mail.ru", "ivan@mail.ru", ["email.repaired@4"]),
      ("info@xn--e1afmkfd.xn--p1ai", "info@пример.рф", ["email.repaired@4"]),
      ("iv\u{430}n@mail.ru", "ivan@mail.ru", ["email.look-alikes-repaired@4"]),
      (
        "<iv\u{430}n@mail.ru>", "ivan@mail.ru",
        ["email.repaired@4", "email.look-alikes-repaired@4"]
      ),
      ("ivan@gmial.com", "ivan@gmial.com", ["email.likely-typo@4"]),
      ("ivan@crm.local", "ivan@crm.local", ["email.special-use-domain@4"]),
      ("Ivan@MAIL.ru", "Ivan@mail.ru", []),
    ])
  func repaired(cell: String, expected: String, issues: [String]) throws {
    let row = try row(cell)
    #expect(row == .init(values: [expected], issues: issues, isRejected: false))
  }

  @Test(
    "several addresses a cell, with slips in them",
    arguments: [
      ("ivan@mail,ru; petr@bk.ru", "ivan@mail.ru, petr@bk.ru", ["email.repaired@4"]),
      ("a@b.ru\nc@d.ru", "a@b.ru, c@d.ru", []), ("a@b.ru|c@d.ru", "a@b.ru, c@d.ru", []),
      ("a@b.ru , c@d.ru", "a@b.ru, c@d.ru", []), ("a@b.ru; нет", "a@b.ru", ["value.placeholder@4"]),
      ("И. Петров <ivan@mail,ru>", "ivan@mail.ru", ["email.repaired@4", "email.repaired@4"]),
      ("<a@b.ru>, <c@d.ru>", "a@b.ru, c@d.ru", []),
      ("a@b.ru, c@d.ru; e@f.ru g@h.ru", "a@b.ru, c@d.ru, e@f.ru, g@h.ru", []),
      ("\"Петров, Иван\" <a@b.ru>; c@d.ru", "a@b.ru, c@d.ru", ["email.repaired@4"]),
    ])
  func several(cell: String, expected: String, issues: [String]) throws {
    let row = try row(cell)
    #expect(row == .init(values: [expected], issues: issues, isRejected: false))
  }

  @Test(
    "two spellings of one address are one",
    arguments: [
      ("info@пример.рф, info@xn--e1afmkfd.xn--p1ai", "info@пример.рф", 1),
      ("info@xn--e1afmkfd.xn--p1ai, info@ПРИМЕР.рф", "info@пример.рф", 1),
      ("a@B.ru a@b.RU", "a@b.ru", 1), ("a@b.ru; a@b.ru; a@B.ru", "a@b.ru", 2),
      // Only the server knows whether these two are one.
      ("A@b.ru a@b.ru", "A@b.ru, a@b.ru", 0),
    ])
  func repeated(cell: String, expected: String, count: Int) throws {
    let row = try row(cell)
    #expect(row.values == [expected])
    #expect(row.issues.count { $0 == "email.repeated@4" } == count)
  }

  @Test("the mapping says how domains are written and whether slips are corrected")
  func settings() throws {
    let settings = EmailSettings(domain: .ascii, typos: .repair)
    let idn = try row("info@пример.рф", emails: settings)
    #expect(
      idn
        == .init(
          values: ["info@xn--e1afmkfd.xn--p1ai"], issues: ["email.repaired@4"], isRejected: false))
    let typo = try row("ivan@gmial.com, ivan@gmail.com", emails: settings)
    #expect(
      typo
        == .init(
          values: ["ivan@gmail.com"], issues: ["email.typo-repaired@4", "email.repeated@4"],
          isRejected: false))
  }

  @Test(
    "every refusal says why",
    arguments: [
      ("\"a b\"@mail.ru", "email.local-part@4"), ("ivan.@mail.ru", "email.local-part@4"),
      ("ivan@[192.0.2.1]", "email.domain@4"), ("ivan@mail", "email.domain@4"),
      ("ivan@xn--a.ru", "email.domain@4"), ("сора@mail.ru", "email.look-alike-letters@4"),
      ("ivжn@mail.ru", "email.look-alike-letters@4"), ("звоните", "email.no-at@4"),
      ("a@" + String(repeating: "b", count: 64) + ".ru", "email.too-long@4"),
    ])
  func refused(cell: String, issue: String) throws {
    let rejected = try row(cell)
    #expect(rejected == .init(values: [""], issues: [issue], isRejected: true))
    let kept = try row(cell, invalid: .keep)
    #expect(kept == .init(values: [cell], issues: [issue], isRejected: false))
    let dropped = try row(cell, invalid: .drop)
    #expect(dropped == .init(values: [""], issues: [issue], isRejected: false))
  }

  @Test("a value without an issue is the cell but for capitals of the domain")
  func nothingChangesUnseen() throws {
    let harness = try NormalizerHarness(.email)
    for cell in [
      "ivan@mail.ru", "Ivan@MAIL.ru", "иван@почта.рф", "a+b@c-d.org", "a\u{200B}@b.ru", "a@b.ru.",
      "ａ@b.ru", "e\u{301}@b.ru", "a@e\u{301}.ru", "a@xn--p1ai.ru", "«a@b.ru»", "a@ﬁ.ru",
    ] {
      let row = harness.cell(cell)
      // By octets: strings compare equal in every form of Unicode.
      let value = row.values[0]
      let isSame = value.lowercased().utf8.elementsEqual(cell.lowercased().utf8)
      #expect(row.issues.isEmpty == isSame, "\(cell)")
      let again = harness.cell(value)
      #expect(again.values[0].utf8.elementsEqual(value.utf8) && again.issues.isEmpty)
    }
  }
}
