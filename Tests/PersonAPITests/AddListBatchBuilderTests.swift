import ContactModel
import PersonAPI
import TestSupport
import Testing

@Suite("AddListBatchBuilder")
struct AddListBatchBuilderTests {
  private let plain = Credentials(login: "a@b.c", apikey: "key")

  @Test("writes credentials, rows with person first, and the action last")
  func body() {
    let contacts = SampleContacts(
      [.tel, .person, .skype, .mail], rows: [["+7 1", "Ян", "", "a@b"], ["", "B&C", "s", ""]])
    var builder = builder(contacts)
    let (bodies, rowCounts) = requests(of: contacts, &builder)
    #expect(rowCounts == [2])
    #expect(
      bodies.map { String(decoding: $0, as: UTF8.self) } == [
        "login=a%40b.c&apikey=key"
          + "&persons[0][person]=%D0%AF%D0%BD&persons[0][tel]=%2B7+1&persons[0][mail]=a%40b"
          + "&persons[1][person]=B%26C&persons[1][socials][skype]=s&action=add.list"
      ])
  }

  @Test(
    "names the action as the variant does, also without rows",
    arguments: [Variant.documented, .dotted])
  func variants(variant: Variant) {
    let contacts = SampleContacts([.person], rows: [])
    var builder = AddListBatchBuilder(
      schema: contacts.schema, credentials: plain, variant: variant)
    #expect(
      builder.finish() == Array("login=a%40b.c&apikey=key&action=\(variant.addListName)".utf8))
  }

  @Test("is as new after it has finished")
  func resets() {
    let contacts = SampleContacts([.person], rows: [["А"]])
    var builder = builder(contacts)
    let first = requests(of: contacts, &builder)
    #expect(builder.rowCount == 0)
    #expect(builder.variableCount == 3)
    let second = requests(of: contacts, &builder)
    #expect(first.bodies == second.bodies)
  }

  @Test("leaves out what the server does not take, such as the identifier")
  func unwritable() {
    let contacts = SampleContacts(
      [.pid, .iduser, .client, .dateEdit, .person], rows: [["1", "2", "3", "4", "A"]])
    var builder = builder(contacts)
    #expect(
      requests(of: contacts, &builder).bodies == [
        Array("login=a%40b.c&apikey=key&persons[0][person]=A&action=add.list".utf8)
      ])
  }

  @Test("gives rows without a user the schema's owner", arguments: [true, false])
  func owner(hasColumn: Bool) {
    let contacts =
      hasColumn
      ? SampleContacts([.person, .user], rows: [["A", ""], ["B", "x"]], owner: "o@p")
      : SampleContacts([.person], rows: [["A"]], owner: "o@p")
    var builder = builder(contacts)
    let body = String(decoding: requests(of: contacts, &builder).bodies[0], as: UTF8.self)
    #expect(body.contains("&persons[0][person]=A&persons[0][user]=o%40p&"))
    #expect(body.contains("&persons[1][person]=B&persons[1][user]=x&") == hasColumn)
  }

  @Test("is full at the row limit, the variable limit and the byte limit, exactly")
  func limits() {
    let rows = Array(repeating: ["A", "1"], count: 10)
    let contacts = SampleContacts([.person, .tel], rows: rows)
    func rowCounts(_ limits: AddListLimits) -> [Int] {
      var builder = builder(contacts, limits)
      return requests(of: contacts, &builder).rowCounts
    }
    #expect(rowCounts(AddListLimits(maximumRows: 4)) == [4, 4, 2])
    #expect(rowCounts(AddListLimits(maximumVariables: 3 + 6)) == [3, 3, 3, 1])
    #expect(rowCounts(AddListLimits(maximumVariables: 3 + 7)) == [3, 3, 3, 1])
    let own = "login=a%40b.c&apikey=key&action=add.list".utf8.count
    let row = "&persons[0][person]=A&persons[0][tel]=1".utf8.count
    #expect(rowCounts(AddListLimits(maximumBytes: own + 5 * row)) == [5, 5])
    #expect(rowCounts(AddListLimits(maximumBytes: own + 5 * row - 1)) == [4, 4, 2])
  }

  @Test("tells a row that fits into no request from one that fits into the next")
  func tooLarge() {
    let own = "login=a%40b.c&apikey=key&action=add.list".utf8.count
    let row = "&persons[0][person]=AAA".utf8.count
    let contacts = SampleContacts([.person], rows: [["A"], ["AAA"], ["AAAA"], ["A"]])
    var builder = builder(contacts, AddListLimits(maximumBytes: own + row))
    let batch = contacts.batch
    #expect(builder.append(batch, contact: 2) == .tooLarge)
    #expect(builder.append(batch, contact: 1) == .appended)
    #expect(builder.append(batch, contact: 0) == .full)
    #expect(builder.append(batch, contact: 2) == .tooLarge)
    #expect(builder.rowCount == 1)
    #expect(String(decoding: builder.finish(), as: UTF8.self).contains("person]=AAA&action"))
    #expect(builder.append(batch, contact: 3) == .appended)
    let many = SampleContacts([.person, .tel, .mob], rows: [["A", "1", "2"]])
    var narrow = self.builder(many, AddListLimits(maximumVariables: 5))
    #expect(narrow.append(many.batch, contact: 0) == .tooLarge)
  }

  @Test("counts a row's index in digits when it decides what fits a request of its own")
  func indexDigits() {
    let own = "login=a%40b.c&apikey=key&action=add.list".utf8.count
    let long = "&persons[0][person]=".utf8.count + 600
    let rows = Array(repeating: ["A"], count: 11) + [[String(repeating: "B", count: 600)]]
    let contacts = SampleContacts([.person], rows: rows)
    var builder = builder(contacts, AddListLimits(maximumBytes: own + long))
    let batch = contacts.batch
    for contact in 0..<11 { #expect(builder.append(batch, contact: contact) == .appended) }
    #expect(builder.append(batch, contact: 11) == .full)
    #expect(builder.finish().count < own + long)
    #expect(builder.append(batch, contact: 11) == .appended)
    #expect(builder.finish().count == own + long)
  }

  @Test("keeps every limit and loses no row", arguments: 0..<6)
  func properties(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let contacts = SampleContacts(seed: seed, count: 120)
    let limits = AddListLimits(
      maximumRows: Int.random(in: 1...40, using: &generator),
      maximumVariables: Int.random(in: 20...200, using: &generator),
      maximumBytes: Int.random(in: 1000...9000, using: &generator))
    var builder = builder(contacts, limits)
    let batch = contacts.batch
    var appended = 0
    var tooLarge = 0
    var sent = 0
    func finish() {
      let (rowCount, variableCount, byteCount) = (
        builder.rowCount, builder.variableCount, builder.byteCount
      )
      let body = builder.finish()
      sent += rowCount
      #expect(rowCount <= limits.maximumRows)
      #expect(body.count == byteCount && body.count <= limits.maximumBytes)
      let variables = body.split(separator: UInt8(ascii: "&")).count
      #expect(variables == variableCount && variables <= limits.maximumVariables, "seed \(seed)")
    }
    for contact in 0..<batch.count {
      var result = builder.append(batch, contact: contact)
      if result == .full {
        finish()
        result = builder.append(batch, contact: contact)
        #expect(result != .full, "seed \(seed): an empty request is never full")
      }
      if result == .appended { appended += 1 } else { tooLarge += 1 }
    }
    finish()
    #expect(appended + tooLarge == contacts.rows.count)
    #expect(sent == appended)
  }

  private func builder(
    _ contacts: SampleContacts, _ limits: AddListLimits = AddListLimits()
  ) -> AddListBatchBuilder {
    AddListBatchBuilder(
      schema: contacts.schema, credentials: plain, variant: .dotted, limits: limits)
  }
}

@Suite("CanonicalRowEncoder")
struct CanonicalRowEncoderTests {
  @Test("writes names and values in the order of the fields, empty ones left out")
  func canonical() {
    let contacts = SampleContacts(
      [.skype, .tel, .pid, .mail, .person], rows: [["s", "1", "77", "", "Я"]])
    #expect(row(contacts) == "person\u{1E}Я\u{1F}tel\u{1E}1\u{1F}socials.skype\u{1E}s\u{1F}")
  }

  @Test("depends on neither the order of the columns nor columns that are empty")
  func independentOfSchema() {
    let one = SampleContacts([.person, .tel], rows: [["A", "1"]])
    let other = SampleContacts([.mail, .tel, .person], rows: [["", "1", "A"]])
    #expect(row(one) == row(other))
  }

  @Test("has the owner that is sent for the row")
  func owner() {
    let implied = SampleContacts([.person], rows: [["A"]], owner: "o@p")
    let given = SampleContacts([.user, .person], rows: [["o@p", "A"]])
    #expect(row(implied) == row(given))
  }

  private func row(_ contacts: SampleContacts) -> String {
    var output: [UInt8] = []
    CanonicalRowEncoder(schema: contacts.schema).append(contacts.batch, contact: 0, to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}
