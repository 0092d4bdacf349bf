/// Made-up rows, and what the CRM has to hold of them, which is worked out without ferry.
struct KillSource: Sendable {
  /// A contact as the CRM stores it.
  struct Contact: Hashable, Sendable {
    var person = ""
    var tel = ""
    var mail = ""
    var note = ""
    var owner = ""
  }

  /// The file, as CSV.
  let text: String
  /// What is stored of each record; records that are rejected are not here.
  let contacts: [Int: Contact]
  /// How many records the file has.
  let count: Int

  /// The users of a sandbox; who imports owns what the file gives to nobody.
  static let owners = [
    "1": "chief@ferry.example", "2": "seller.a@ferry.example", "3": "seller.b@ferry.example",
  ]

  static let mapping = """
    version: 1
    region: RU
    fields:
      person: Name
      tel: Phone
      mail: Mail
      user: Owner
      input2: Note
    required: [person]
    """

  /// Makes as many records, in which rows are repeated at once and later, share mails and phones,
  /// belong to three owners, are rewritten by the CRM, or are rejected.
  init(count: Int) {
    self.count = count
    var rows: [[String]] = []
    var contacts: [Int: Contact] = [:]
    for record in 1...count {
      let (row, contact) = Self.row(record)
      rows.append(row)
      contacts[record] = contact
    }
    self.contacts = contacts
    let header = "Name,Phone,Mail,Owner,Note\n"
    text = header + rows.map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
  }

  /// Contacts that are equal to rows, but were there before and are nobody's import.
  var older: [Contact] { [2, 4, 17, 33].compactMap { contacts[$0] } }

  /// How often each contact has to be there.
  var expected: [Contact: Int] { Self.tally(contacts.values) }

  /// How often each contact occurs.
  static func tally(_ contacts: some Sequence<Contact>) -> [Contact: Int] {
    contacts.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private static func row(_ record: Int) -> (fields: [String], stored: Contact?) {
    // Whole copies, of the row before and of one that went with an earlier request.
    if record.isMultiple(of: 10) { return row(record - 1) }
    if record > 40, record % 30 == 27 { return row(record - 31) }
    let name = record.isMultiple(of: 3) ? "Пробный Пётр \(record)" : "Person O'Sample \(record)"
    let digits = String(1000 + (record.isMultiple(of: 7) ? 7 : record))
    let tel = record % 8 == 2 ? "" : "+7(342)200-\(digits.prefix(2))-\(digits.suffix(2))"
    let mail = record % 6 == 1 ? "" : "p\(record % 11 == 4 ? 4 : record)@example.com"
    let owner = record % 4 == 1 ? owners["2"] : record % 9 == 2 ? owners["3"] : nil
    let notes = [
      ("note \(record)", "note \(record)"), ("say \"hi\" \(record)", "say ”hi” \(record)"),
      ("< \(record)", "[ \(record)"), ("два\nряда \(record)", "два\nряда \(record)"), ("", ""),
    ]
    let note = notes[record % notes.count]
    if record % 20 == 5 { return (["", tel, mail, owner ?? "", note.0], nil) }
    if record % 20 == 15 { return ([name, tel, "broken@", owner ?? "", note.0], nil) }
    let stored = Contact(
      person: name, tel: tel, mail: mail, note: note.1, owner: owner ?? owners["1"] ?? "")
    return ([name, tel, mail, owner ?? "", note.0], stored)
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { "\",\n".contains($0) }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
