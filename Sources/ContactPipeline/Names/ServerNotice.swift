package import ContactModel

/// Something about the server that the user should know before rows are sent, and that does not keep
/// them from being sent.
package enum ServerNotice: Sendable, Equatable {
  /// The server does not list its users, so logins go unseen.
  case ownersUnseen
  /// The server does not list a guide's entries, so texts go unseen.
  case guideUnseen(PersonField)
  /// An entry that the mapping names was made in the guide `clientpath`, or would be in a dry run.
  case entryCreated(String)
  /// Fields of the mapping are switched off in the CRM.
  case fieldsOff([PersonField])

  /// The sentence for a person: what follows, then what to do.
  package func message(in language: Language) -> String {
    switch self {
    case .ownersUnseen:
      language.pick(
        "this server does not list its users, so logins are not checked; a wrong one makes a contact that is in nobody's list",
        "этот сервер не даёт списка пользователей, поэтому логины не проверяются; контакт с неверным логином не попадёт ни в чей список"
      )
    case .guideUnseen(let field):
      language.pick(
        "this server does not list the entries of '\(field.name)', so texts are not checked; a new text may make a new entry",
        "этот сервер не даёт списка записей '\(field.name)', поэтому тексты не проверяются; новый текст может завести новую запись"
      )
    case .entryCreated(let title):
      language.pick(
        "'\(title)' is a new entry of the CRM's guide 'clientpath'",
        "'\(title)' — новая запись справочника CRM 'clientpath'")
    case .fieldsOff(let fields):
      language.pick(
        "switched off in the CRM, which drops their values: \(Self.list(fields)); switch them on in its settings or map other fields",
        "отключены в CRM, их значения она отбросит: \(Self.list(fields)); включите их в настройках CRM или выберите другие поля"
      )
    }
  }

  private static func list(_ fields: [PersonField]) -> String {
    fields.map(\.name).joined(separator: ", ")
  }
}
