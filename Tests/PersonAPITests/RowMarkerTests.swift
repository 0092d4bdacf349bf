import ContactModel
import PersonAPI
import TestSupport
import Testing

@Suite("RowMarker")
struct RowMarkerTests {
  /// Texts that the server changes, folding changes, or neither should.
  static let pieces = [
    "Иван", "Ёлкин", "ёж", "Smith", "ÉCOLE", "Ω", "李", " ", "  ", "\t", "\u{A0}", "0", "00", "7",
    "+7(495)123-45-67", "8 (495) 1234567 доб. 12", ", ", ";", "a@example.com", "B@Example.COM",
    "<b>",
    "5<6", "<", ">", "\"", "«", "»", "&laquo;", "'", "?s", "\\", "\0", "😀", "\u{1}", "—", "\r\n",
    String(repeating: "ж", count: 130), String(repeating: "x", count: 255),
  ]

  static func randomContacts(
    seed: UInt64, count: Int, fields: [PersonField], owner: String? = nil
  ) -> SampleContacts {
    var generator = SeededGenerator(seed: seed)
    let rows = (0..<count).map { _ in
      fields.map { field -> String in
        switch field {
        case .clid:
          return ["", "0", "12", "007", "-3", "x", "99999999999"].randomElement(using: &generator)
            ?? ""
        case .user:
          return ["", "ivanov@example.com", "Petrov@Example.com"].randomElement(using: &generator)
            ?? ""
        default: break
        }
        guard field == .person || Int.random(in: 0..<3, using: &generator) > 0 else { return "" }
        return (0..<Int.random(in: 1...4, using: &generator)).map { _ in
          pieces.randomElement(using: &generator) ?? ""
        }.joined()
      }
    }
    return SampleContacts(fields, rows: rows, owner: owner)
  }

  static let fields = PersonField.allCases.filter { $0.isWritable }

  static func marker(
    _ schema: ContactSchema, active: Set<PersonField>? = nil, keyField: PersonField? = nil,
    caller: String? = nil
  ) -> RowMarker {
    RowMarker(
      predictor: StoredValuePredictor(schema: schema, variant: .dotted, activeFields: active),
      keyField: keyField, caller: caller)
  }

  static func marks(_ marker: RowMarker, _ batch: ContactBatch) -> RowMarks {
    var marks = RowMarks()
    for contact in 0..<batch.count { marker.mark(batch, contact: contact, into: &marks) }
    return marks
  }

  @Test(
    "a row's mark is that of the contact it is stored as, read from a page and from info",
    arguments: 0..<12)
  func equality(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var fields = Self.fields.filter { _ in Int.random(in: 0..<5, using: &generator) > 0 }
    if !fields.contains(.person) { fields.append(.person) }
    fields.shuffle(using: &generator)
    let owner = seed % 3 == 0 ? "sidorov@example.com" : nil
    let contacts = Self.randomContacts(seed: seed, count: 60, fields: fields, owner: owner)
    var active: Set<PersonField>?
    if seed % 2 == 0 {
      active = Set(
        PersonField.allCases.filter { field in
          field.socialKey != nil || Int.random(in: 0..<4, using: &generator) > 0
        })
    }
    let keyField: PersonField? = seed % 4 == 1 ? .input10 : nil
    let marker = Self.marker(contacts.schema, active: active, keyField: keyField)
    let batch = contacts.batch
    let marks = Self.marks(marker, batch)
    #expect(marks.count == batch.count)

    var shown = ShownContacts()
    for row in 0..<batch.count {
      var values = ShownContacts.stored(marker.predictor, batch, row)
      if values[.user]?.isEmpty ?? true { values[.user] = owner ?? "caller@example.com" }
      if !marker.predictor.isActive(.user) { values[.user] = nil }
      values[.clid] = values[.clid] ?? "0"
      if let keyField { values[keyField] = "x\(row)" }
      shown.contacts.append(ShownContacts.Contact(pid: row + 1, values: values))
    }
    let page = try shown.page(marker.comparedFields)
    let seen = marker.seen(page)
    #expect(seen.map(\.pid) == Array(1...batch.count))
    for row in 0..<batch.count {
      let place: Comment = "seed \(seed) row \(row): \(contacts.rows[row])"
      #expect(seen[row].matches(marks.stored[row]), place)
      #expect(Set(seen[row].traces) == Set(marks.traces(of: row)), place)
      #expect(!marks.traces(of: row).isEmpty || shown.contacts[row].values[.person] == nil, place)
      let differences = marker.differences(
        of: batch, contact: row, from: marker.values(of: page, record: row))
      #expect(differences.isEmpty, place)
      let details = ContactDetails(
        pid: row + 1, values: shown.contacts[row].values.filter { !$0.value.isEmpty })
      #expect(marker.seen(details) == seen[row], place)
    }
  }

  @Test("any change to a compared field changes the mark, and is the difference", arguments: 0..<6)
  func changes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let fields: [PersonField] = [.person, .tel, .mail, .input1, .skype, .clid, .user]
    let contacts = Self.randomContacts(seed: seed, count: 20, fields: fields)
    let marker = Self.marker(contacts.schema)
    let batch = contacts.batch
    let marks = Self.marks(marker, batch)
    for row in 0..<batch.count {
      let original = ShownContacts.stored(marker.predictor, batch, row)
      for field in marker.comparedFields where field != .pid {
        var values = original
        let old = values[field] ?? ""
        let isEmpty = old.isEmpty || (field == .clid && old == "0")
        let new = isEmpty ? "17" : Bool.random(using: &generator) ? "" : old + "1"
        values[field] = new
        let details = ContactDetails(pid: 1, values: values.filter { !$0.value.isEmpty })
        let seen = try #require(marker.seen(details))
        let found = marker.differences(of: batch, contact: row, from: details.values)
        if field == .user, isEmpty {
          // The row names no owner: whoever it is does not matter.
          #expect(seen.matches(marks.stored[row]) && found.isEmpty, "seed \(seed) row \(row)")
        } else {
          let place: Comment = "seed \(seed) row \(row) \(field)"
          #expect(!seen.matches(marks.stored[row]), place)
          #expect(
            found == [FieldDifference(field: field, expected: isEmpty ? "" : old, found: new)],
            place)
        }
      }
    }
  }

  @Test("a text that moves to another field, or a part of it to the next, changes the mark")
  func domains() throws {
    func mark(_ values: [PersonField: String]) throws -> UInt64 {
      let marker = Self.marker(ContactSchema(columns: []))
      return try #require(marker.seen(ContactDetails(pid: 1, values: values))).stored
    }
    let texts: [[PersonField: String]] = [
      [:], [.person: "a"], [.person: "a\0"], [.ptitle: "a"], [.tel: "a", .fax: "b"],
      [.tel: "ab"], [.fax: "ab"], [.tel: "b", .fax: "a"], [.person: "aaaaaaaa"],
      [.person: "aaaaaaaaa"], [.person: "aaaaaaaa\0"], [.blog: "a"], [.skype: "a"], [.clid: "1"],
      [.input1: "1"], [.input10: "1"],
    ]
    let marks = try texts.map(mark)
    #expect(Set(marks).count == texts.count)
    // What is not compared, and a client 0, is as if it were not there.
    let base = try mark([.person: "a"])
    #expect(try mark([.person: "a", .clid: "0", .loyalty: "x", .clientpath: "y"]) == base)
    #expect(try mark([.person: "a", .dateCreate: "2026-01-01 10:00:00", .client: "ООО"]) == base)
  }

  @Test("the owner counts where the row names one, without letter case")
  func owners() throws {
    func seen(_ owner: String?) throws -> SeenContact {
      var values: [PersonField: String] = [.person: "Ива"]
      values[.user] = owner
      let marker = Self.marker(ContactSchema(columns: []))
      return try #require(marker.seen(ContactDetails(pid: 1, values: values)))
    }
    func mark(_ owner: String, default other: String? = nil, caller: String? = nil) -> UInt64 {
      let contacts = SampleContacts([.person, .user], rows: [["Ива", owner]], owner: other)
      return Self.marks(Self.marker(contacts.schema, caller: caller), contacts.batch).stored[0]
    }
    let (ivanov, petrov) = (try seen("Ivanov@example.com"), try seen("petrov@example.com"))
    #expect(ivanov.stored == petrov.stored)
    #expect(ivanov.storedWithOwner != petrov.storedWithOwner)
    #expect(ivanov.matches(mark("ivanov@Example.com")))
    #expect(!petrov.matches(mark("ivanov@example.com")))
    #expect(petrov.matches(mark("")))
    #expect(petrov.matches(mark("", default: "PETROV@example.com")))
    #expect(!ivanov.matches(mark("", default: "petrov@example.com")))
    #expect(petrov.matches(mark("", caller: "Petrov@example.com")))
    #expect(!ivanov.matches(mark("", caller: "petrov@example.com")))
    #expect(ivanov.matches(mark("", default: "ivanov@example.com", caller: "petrov@example.com")))
    #expect(ivanov.matches(mark("ivanov@example.com", caller: "petrov@example.com")))
    #expect(try seen(nil).storedWithOwner == seen(nil).stored)
    // Where the owner is not shown it cannot count.
    let contacts = SampleContacts([.person, .user], rows: [["Ива", "ivanov@example.com"]])
    let hidden = Self.marker(contacts.schema, active: [.person])
    #expect(!hidden.comparedFields.contains(.user))
    let details = ContactDetails(pid: 1, values: [.person: "Ива"])
    #expect(
      try #require(hidden.seen(details)).matches(Self.marks(hidden, contacts.batch).stored[0]))
  }

  @Test("the key field is read, never compared")
  func keys() throws {
    let contacts = SampleContacts([.person, .input7], rows: [["Ива", "x"]])
    let marker = Self.marker(contacts.schema, keyField: .input7)
    #expect(marker.comparedFields.last == .input7)
    let key = ImportKey(run: ImportKey.token("20261123T165301Z-k7pq"), file: 1, record: 22)
    let stored = Self.marks(marker, contacts.batch).stored[0]
    for (text, expected) in [(key.text, key), (key.text + " ", nil), ("y", nil), ("", nil)] {
      var shown = ShownContacts()
      shown.contacts = [.init(pid: 3, values: [.person: "Ива", .input7: text])]
      let seen = try #require(marker.seen(try shown.page(marker.comparedFields)).first)
      #expect(seen.key == expected)
      #expect(seen.matches(stored))
      #expect(marker.seen(ContactDetails(pid: 3, values: shown.contacts[0].values)) == seen)
    }
  }
}
