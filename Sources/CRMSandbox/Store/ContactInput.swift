/// The fields that a request, or one row of it, brings for a contact.
///
/// A field that was not sent is absent; a field that was sent empty is the empty text. Fields that
/// are not active are never taken.
///
/// Of what becomes of the texts the documentation says nothing, so the real server is followed: they
/// lose their tags and quotes, and what the table cannot hold.
struct ContactInput: Sendable {
  /// What brought the fields, since not all texts are treated alike.
  enum Source: Sendable {
    /// The plain variables of `add`.
    case addition
    /// A row of `addlist`.
    case row
    /// The plain variables of `update`.
    case change
  }

  /// The texts sent, as they are stored, in the order of ``PersonColumn/texts``.
  var texts: [(column: PersonColumn, text: String)] = []
  var clid: Int?
  /// The login of the owner, not empty.
  var ownerLogin: String?
  /// The number of the owner, where a number was sent.
  var ownerNumber: Int?
  var loyalty: String?
  var clientpath: String?
  /// The date of creation, where it was sent and is a date.
  var dateCreate: String?
  /// The social contacts that were sent, by the order of ``SocialContact``.
  var socials: [String?]
  var isMain: Bool
  /// Whether the contact has a name, without which none is stored; a tag alone will do.
  let hasPerson: Bool

  init(_ parameters: RequestParameters, active: Set<PersonColumn>, from source: Source = .row) {
    for column in PersonColumn.texts where active.contains(column) {
      guard let value = parameters.array[.text(Array(column.rawValue.utf8))] else { continue }
      texts.append((column, Self.text(value, of: column, from: source)))
    }
    let person = active.contains(.person) ? parameters.array["person"] : nil
    hasPerson = !ContactText.joined(person ?? .null).isEmpty
    if active.contains(.clid) { clid = parameters.text("clid").map(RequestParameters.number) }
    let login = parameters.word("user")
    if !login.isEmpty { ownerLogin = login }
    if active.contains(.iduser) {
      let number = parameters.text("iduser").map(RequestParameters.number) ?? 0
      if number > 0 { ownerNumber = number }
    }
    if active.contains(.loyalty) {
      loyalty = parameters.text("loyalty").map(RequestParameters.trimmed)
    }
    if active.contains(.clientpath) {
      clientpath = parameters.text("clientpath").map(RequestParameters.trimmed)
    }
    dateCreate = CRMDate.normalized(parameters.word("date_create"))
    // The social contacts stand in an array of their own, or among the other fields.
    let holder = parameters.array("socials").map { RequestParameters(array: $0) } ?? parameters
    socials = SocialContact.allCases.map { social in
      holder.text(named: social.rawValue).map { Self.stored(Array($0.utf8), in: .social) }
    }
    isMain = parameters.word("mperson") == "yes"
  }

  private static func text(_ value: PHPValue, of column: PersonColumn, from source: Source)
    -> String
  {
    var text = ContactText.joined(value)
    if source != .row, value.array == nil { text = ContactText.received(text) }
    if source == .change { text = ContactText.withLineBreaks(text) }
    // What PHP holds to be empty is no value of a new contact.
    if source != .change, value.isEmpty { text = [] }
    return stored(column == .rol ? ContactText.roles(text) : ContactText.cleaned(text), in: column)
  }

  private static func stored(_ text: [UInt8], in column: PersonColumn) -> String {
    let width = PersonTable.width(of: column.rawValue)
    let bytes = StoredText(text, width: width).bytes
    return String(decoding: bytes.contains(0) ? bytes.filter { $0 != 0 } : bytes, as: UTF8.self)
  }

  /// The mail sent; empty where none was.
  var mail: String {
    texts.first { $0.column == .mail }?.text ?? ""
  }
}
