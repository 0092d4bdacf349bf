/// The fields that a request, or one row of it, brings for a contact.
///
/// A field that was not sent is absent; a field that was sent empty is the empty text. Fields that
/// are not active are never taken.
///
/// What the table cannot hold is lost as on the real server, on which the documentation is silent:
/// texts are cut at the width of their column, and characters of four bytes become question marks.
struct ContactInput: Sendable {
  /// The texts sent, as they are stored and without blanks around them, in the order of ``PersonColumn/texts``.
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

  init(_ parameters: RequestParameters, active: Set<PersonColumn>) {
    for column in PersonColumn.texts where active.contains(column) {
      if let text = parameters.text(named: column.rawValue) {
        texts.append((column, Self.stored(RequestParameters.trimmed(text), in: column)))
      }
    }
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
    let source = parameters.array("socials").map { RequestParameters(array: $0) } ?? parameters
    socials = SocialContact.allCases.map { social in
      source.text(named: social.rawValue).map { Self.stored($0, in: .social) }
    }
    isMain = parameters.word("mperson") == "yes"
  }

  private static func stored(_ text: String, in column: PersonColumn) -> String {
    let width = PersonTable.width(of: column.rawValue)
    return String(decoding: StoredText(Array(text.utf8), width: width).bytes, as: UTF8.self)
  }

  /// Whether the contact has a name, without which none is stored.
  var hasPerson: Bool {
    texts.contains { $0.column == .person && !$0.text.isEmpty }
  }

  /// The mail sent; empty where none was.
  var mail: String {
    texts.first { $0.column == .mail }?.text ?? ""
  }
}
