/// A field of a contact as the API names it, in the order in which `fields` lists them.
///
/// The eight social contacts are not among them; see ``SocialContact``.
enum PersonColumn: String, CaseIterable, Sendable, Hashable {
  case pid
  case dateCreate = "date_create"
  case dateEdit = "date_edit"
  case clid
  case ptitle
  case person
  case tel
  case fax
  case mob
  case mail
  case rol
  case social
  case iduser
  case loyalty
  case input1
  case input2
  case input3
  case input4
  case input5
  case input6
  case input7
  case input8
  case input9
  case input10
  case clientpath

  /// What the field is called for people, as `fields` answers it.
  var title: String {
    switch self {
    case .pid: "Уникальный идентификатор записи контакта"
    case .dateCreate: "Дата создания. Timestamp"
    case .dateEdit: "Дата последнего изменения. Timestamp"
    case .clid: "Клиент"
    case .ptitle: "Должность"
    case .person: "Ф.И.О."
    case .tel: "Тел."
    case .fax: "Факс"
    case .mob: "Моб."
    case .mail: "Почта"
    case .rol: "Роль"
    case .social: "Прочее"
    case .iduser: "Ответственный"
    case .loyalty: "Лояльность"
    case .input1: "Дата рождения"
    case .clientpath: "Источник клиента"
    default: "Доп. поле \(rawValue.dropFirst("input".count))"
    }
  }

  /// Whether an administrator cannot switch the field off.
  var isAlwaysActive: Bool {
    switch self {
    case .pid, .dateCreate, .dateEdit: true
    default: false
    }
  }

  /// The fields that hold the text a request brings, without a guide or another table behind it.
  static let texts: [PersonColumn] = [
    .ptitle, .person, .tel, .fax, .mob, .mail, .rol, .input1, .input2, .input3, .input4, .input5,
    .input6, .input7, .input8, .input9, .input10,
  ]

  /// The fields a record of `list` or `info` consists of.
  static let readable = allCases.filter { $0 != .social }
}

/// A way to reach a contact on the net, kept under the contact's `socials`.
enum SocialContact: String, CaseIterable, Sendable {
  case blog
  case mysite
  case twitter
  case icq
  case skype
  case google
  case yandex
  case mykrug

  /// The eight values of the one text in which the table keeps them, cut at semicolons.
  ///
  /// A text that is absent or empty is one empty value and seven absent ones.
  static func split(_ text: String?) -> [String?] {
    let parts = (text ?? "").split(separator: ";", omittingEmptySubsequences: false)
    return allCases.indices.map { $0 < parts.count ? String(parts[$0]) : nil }
  }

  /// The one text in which the table keeps eight values.
  static func joined(_ values: [String]) -> String { values.joined(separator: ";") }

  /// What it is called for people, as `fields` answers it.
  var title: String {
    switch self {
    case .blog: "Блог"
    case .mysite: "Сайт"
    case .twitter: "Twitter"
    case .icq: "ICQ"
    case .skype: "Skype"
    case .google: "Google"
    case .yandex: "Я.ru"
    case .mykrug: "Мой круг"
    }
  }
}
