package import ContactFormats
import ContactMapping
package import ContactModel

/// A mapping that is well-formed and yet cannot be used with this file or this server.
///
/// Found before anything is sent; each would otherwise make wrong contacts without a word.
package enum PlanningError: Error, Sendable, Equatable {
  /// All columns are named by number, and nothing says whether the first row is data.
  case headerNotStated
  /// There is no mapping, and a file of this format does not say by itself what its columns are.
  case mappingNeeded(FileFormat)
  /// This server takes a guide's entries by text, and the mapping names one by its number.
  case guideNumber(PersonField)
  /// This server takes a guide's entries by number; of a text it would take the leading digits.
  case guideText(PersonField)
  /// The mapping names an entry that the guide does not have.
  case entryUnknown(PersonField, String)
  /// A filter names a source that the guide `clientpath` does not have.
  case filterUnknown(String)
  /// A selection names a user whom the account does not have.
  case userUnknown(String)
  /// The mapping looks clients up, and the server has no list of them.
  case clientsUnlisted
  /// The mapping names owners, and the server does not list its users though it should.
  case ownersUnlisted
  /// The mapping names an owner whom the account does not have.
  case ownerUnknown(String)

  /// The field for import keys is filled by the mapping.
  case keyFieldInUse(PersonField)
  /// The field for import keys is switched off in the CRM, which would drop them.
  case keyFieldOff(PersonField)
  /// A run of the same file has not ended.
  case unfinishedRun(String, file: String)
  /// Two of the files hold the same.
  case sameFileTwice(String, String)
  /// The journal of an earlier run is gone or damaged, so that its rows would not be recognised.
  case earlierRunUnread(String, path: String)
  /// The run has come to its end, or was taken back.
  case notResumable(String)
  /// The run was begun with another server or login.
  case otherAccount(server: String, login: String)
  /// The file is not the one the run was begun with.
  case sourceChanged(String)
  /// More records are invalid than the user allows.
  case tooManyRejects(Int, of: Int)
  /// What the import does to others is not wanted.
  case declined(SideEffects)

  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    switch self {
    case .headerNotStated:
      language.pick(
        "the mapping names columns by number only, so it has to say whether the first row is data; add 'source: { header: no }' or 'yes'",
        "сопоставление называет столбцы только номерами, поэтому должно сказать, данные ли в первой строке; добавьте 'source: { header: no }' или 'yes'"
      )
    case .mappingNeeded(let format):
      language.pick(
        "a \(format.name) file needs a mapping that says which column goes into which field; add --mapping, some are in mappings/",
        "файлу \(format.name) нужно сопоставление, какой столбец в какое поле; добавьте --mapping, готовые лежат в mappings/"
      )
    case .guideNumber(let field):
      language.pick(
        "this server takes '\(field.name)' as a text and would make a new entry called by the number; write the entry's text instead of { id: … }",
        "этот сервер принимает '\(field.name)' текстом и завёл бы новую запись с номером вместо названия; напишите текст записи вместо { id: … }"
      )
    case .guideText(let field):
      language.pick(
        "this server takes '\(field.name)' only by number, would misread a text, and does not list its entries; list the texts under 'values' with { id: … }, or leave the field out",
        "этот сервер принимает '\(field.name)' только номером, понял бы текст неверно и списка записей не даёт; перечислите тексты в 'values' с { id: … } или уберите поле"
      )
    case .entryUnknown(.loyalty, let text):
      language.pick(
        "no contact in the CRM shows '\(text)' as its 'loyalty', so its number cannot be found out; name it by { id: … }",
        "ни у одного контакта в CRM нет 'loyalty' '\(text)', поэтому номер не узнать; укажите запись через { id: … }"
      )
    case .entryUnknown(let field, let text):
      language.pick(
        "the CRM's guide '\(field.name)' has no entry '\(text)'; correct it in the mapping, add it in the CRM, or let --create-guides make it",
        "в справочнике CRM '\(field.name)' нет записи '\(text)'; исправьте её в сопоставлении, заведите в CRM или добавьте --create-guides"
      )
    case .filterUnknown(let text):
      language.pick(
        "the CRM has no source '\(text)', and would make one of a filter by it, so nothing was asked; 'ferry doctor' lists the sources",
        "в CRM нет источника '\(text)', а фильтр по нему завёл бы его, поэтому вопрос не задан; источники перечисляет 'ferry doctor'"
      )
    case .userUnknown(let login):
      language.pick(
        "the CRM has no user '\(login)'; 'ferry doctor' lists the logins",
        "в CRM нет пользователя '\(login)'; логины перечисляет 'ferry doctor'")
    case .clientsUnlisted:
      language.pick(
        "this server does not list its clients, so 'lookup: client' cannot find them; map a column with the client's number to clid",
        "этот сервер не даёт списка клиентов, поэтому 'lookup: client' их не найдёт; укажите для clid столбец с номером клиента"
      )
    case .ownersUnlisted:
      language.pick(
        "the CRM does not list its users (/developer/v2/user), and a wrong login would hide its contact from everybody; have that address opened, or leave owners out of the mapping",
        "список пользователей CRM (/developer/v2/user) недоступен, а контакт с неверным логином не увидит никто; попросите открыть этот адрес или уберите владельцев из сопоставления"
      )
    case .ownerUnknown(let login):
      language.pick(
        "the CRM has no user '\(login)'; correct the login in the mapping ('ferry doctor' lists them)",
        "в CRM нет пользователя '\(login)'; исправьте логин в сопоставлении (их список даёт 'ferry doctor')"
      )
    case .keyFieldInUse, .keyFieldOff, .unfinishedRun, .sameFileTwice, .earlierRunUnread,
      .notResumable, .otherAccount, .sourceChanged,
      .tooManyRejects, .declined:
      runMessage(in: language)
    }
  }
}

extension Mapping {
  /// Refuses a file without a stated header whose columns have only numbers.
  func checkHeader() throws(PlanningError) {
    let names = fields.flatMap(\.content.columns).map(\.name)
    guard source.header == .auto, !names.isEmpty, names.allSatisfy({ $0.hasPrefix("#") }) else {
      return
    }
    throw .headerNotStated
  }
}
