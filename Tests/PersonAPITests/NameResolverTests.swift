import ContactModel
import Testing

@testable import PersonAPI

@Suite("Names the CRM has to know")
struct NameResolverTests {
  private static let columns: [PersonField] = [.person, .user, .clid, .clientpath]

  private func schema(_ invalid: InvalidPolicy = .reject) -> ContactSchema {
    ContactSchema(
      columns: Self.columns.map { field in
        ContactColumn(field: field, sources: [0], treatment: .text, isLookedUp: field == .clid)
      }, invalid: invalid)
  }

  private func batch(_ rows: [[String]]) -> ContactBatch {
    var batch = ContactBatch(columnCount: Self.columns.count)
    for value in rows.flatMap({ $0 }) {
      batch.bytes.append(contentsOf: value.utf8)
      batch.endValue()
    }
    return batch
  }

  private var names: AccountNames {
    var names = AccountNames()
    names.know(owners: [
      .init(login: "Chief@test.invalid", isActive: true),
      .init(login: "gone@test.invalid", isActive: false),
    ])
    names.know(
      [(id: 5, title: "Выставка"), (id: 2, title: "Путь Четвёртый"), (id: 9, title: "выставка")],
      of: .clientpath)
    names.know(client: .one(7), titled: "ООО «Ромашка»")
    names.know(client: .several, titled: "Лавка")
    names.know(client: .none, titled: "Нет такой")
    return names
  }

  private func resolve(
    _ row: [String], _ variant: Variant = .dotted, invalid: InvalidPolicy = .reject
  ) -> (values: [String], codes: [IssueCode], isRejected: Bool) {
    let resolver = NameResolver(schema: schema(invalid), variant: variant, names: names)
    let resolution = resolver.resolve(batch([row]), isRejected: [false])
    let values = Self.columns.indices.map { resolution.contacts.text(contact: 0, column: $0) }
    return (values, resolution.issues.map(\.code), resolution.isRejected[0])
  }

  @Test("names become what the server takes")
  func known() {
    let row = ["Анна", "chief@TEST.invalid", "ООО «Ромашка»", "путь  четвертый"]
    let resolved = resolve(row)
    #expect(resolved.values == ["Анна", "Chief@test.invalid", "7", "2"])
    #expect(resolved.codes.isEmpty)
    #expect(!resolved.isRejected)
  }

  @Test("of entries with one title the oldest counts")
  func doubledEntry() {
    #expect(resolve(["Анна", "", "", "ВЫСТАВКА"]).values[3] == "5")
  }

  @Test("a server that takes texts gets the text")
  func texts() {
    #expect(resolve(["Анна", "", "", "Выставка"], .documented).values[3] == "Выставка")
  }

  @Test(
    "a name nobody knows rejects its row, also where values are kept",
    arguments: [InvalidPolicy.reject, .keep],
    [
      (1, "stranger@test.invalid", IssueCode.ownerUnknown), (2, "Нет такой", .clientUnknown),
      (2, "Лавка", .clientAmbiguous), (3, "Новый путь", .guideUnknown), (3, "5", .guideUnknown),
    ] as [(Int, String, IssueCode)])
  func unknown(_ invalid: InvalidPolicy, _ example: (Int, String, IssueCode)) {
    var row = ["Анна", "", "", ""]
    row[example.0] = example.1
    let resolved = resolve(row, invalid: invalid)
    #expect(resolved.codes == [example.2])
    #expect(resolved.isRejected)
    #expect(resolved.values[example.0].isEmpty)
  }

  @Test("dropped, it is left out and the row is sent")
  func dropped() {
    let resolved = resolve(["Анна", "stranger@test.invalid", "", "Выставка"], invalid: .drop)
    #expect(resolved.values == ["Анна", "", "", "5"])
    #expect(resolved.codes == [.ownerUnknown])
    #expect(!resolved.isRejected)
  }

  @Test("an owner without access is a warning")
  func inactive() {
    let resolved = resolve(["Анна", "gone@test.invalid", "", ""])
    #expect(resolved.codes == [.ownerInactive])
    #expect(resolved.values[1] == "gone@test.invalid")
    #expect(!resolved.isRejected)
  }

  @Test("without a list of users logins pass")
  func noUsers() {
    let resolver = NameResolver(
      schema: schema(), variant: .documented, names: AccountNames())
    let resolution = resolver.resolve(
      batch([["Анна", "who@test.invalid", "", "Что-то"]]), isRejected: [false])
    #expect(resolution.issues.isEmpty)
    #expect(resolution.contacts.text(contact: 0, column: 1) == "who@test.invalid")
    #expect(resolution.contacts.text(contact: 0, column: 3) == "Что-то")
  }

  @Test("without a guide a server that takes numbers gets no text")
  func noGuide() {
    let resolver = NameResolver(schema: schema(), variant: .dotted, names: AccountNames())
    let resolution = resolver.resolve(
      batch([["Анна", "", "", "3 - Проба"]]), isRejected: [false])
    #expect(resolution.issues.map(\.code) == [.guideUnknown])
    #expect(resolution.isRejected == [true])
  }

  @Test("a number the mapping gives is sent, one of the file is not")
  func givenNumbers() {
    let resolver = NameResolver(
      schema: schema(), variant: .dotted, names: names, numbers: [.clientpath: ["9"]])
    let resolution = resolver.resolve(
      batch([["Анна", "", "", "9"], ["Яна", "", "", "5"]]), isRejected: [false, false])
    #expect(resolution.contacts.text(contact: 0, column: 3) == "9")
    #expect(resolution.isRejected == [false, true])
  }

  @Test("the names still to be asked about come once each, rejected rows aside")
  func stillUnknown() {
    let resolver = NameResolver(schema: schema(), variant: .dotted, names: names)
    let contacts = batch([
      ["А", "", "Новая", "Другой"], ["Б", "", "Новая", "Выставка"], ["В", "", "Чужая", "Третий"],
      ["Г", "", "Лавка", ""],
    ])
    let isRejected = [false, false, true, false]
    #expect(resolver.unknownNames(of: .clid, in: contacts, isRejected: isRejected) == ["Новая"])
    #expect(
      resolver.unknownNames(of: .clientpath, in: contacts, isRejected: isRejected) == ["Другой"])
  }

  @Test("rejected rows stay as they are")
  func rejected() {
    let resolver = NameResolver(schema: schema(), variant: .dotted, names: names)
    let resolution = resolver.resolve(
      batch([["А", "stranger@test.invalid", "", ""]]), isRejected: [true])
    #expect(resolution.issues.isEmpty)
    #expect(resolution.contacts.text(contact: 0, column: 1) == "stranger@test.invalid")
  }
}
