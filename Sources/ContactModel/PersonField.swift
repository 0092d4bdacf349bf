/// A field of the CRM's `person` record, under the name the API gives it.
///
/// The case order is the order in which ferry sends fields and lists columns.
package enum PersonField: String, Sendable, CaseIterable, Hashable {
  case pid
  case person
  case user
  case iduser
  case clid
  case client
  case mperson
  case ptitle
  case tel
  case fax
  case mob
  case mail
  case rol
  case loyalty
  case clientpath
  case dateCreate = "date_create"
  case dateEdit = "date_edit"
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
  case blog = "socials.blog"
  case mysite = "socials.mysite"
  case twitter = "socials.twitter"
  case icq = "socials.icq"
  case skype = "socials.skype"
  case google = "socials.google"
  case yandex = "socials.yandex"
  case mykrug = "socials.mykrug"

  /// The name used in mappings, files and messages: `tel`, `socials.skype`.
  package var name: String { rawValue }

  /// The key inside `socials`, for the eight fields that live there; otherwise `nil`.
  package var socialKey: String? {
    rawValue.hasPrefix("socials.") ? String(rawValue.dropFirst("socials.".count)) : nil
  }

  /// The eight social contacts, in the API's order.
  package static let socials: [PersonField] = [
    .blog, .mysite, .twitter, .icq, .skype, .google, .yandex, .mykrug,
  ]

  /// Whether an import may fill the field: the server assigns or derives the others.
  ///
  /// `date_create` is honoured by the documented server only.
  package var isWritable: Bool {
    switch self {
    case .pid, .iduser, .client, .dateEdit: false
    default: true
    }
  }

  /// How values of the field are treated unless the mapping says otherwise.
  package var defaultTreatment: ValueTreatment {
    switch self {
    case .tel, .fax, .mob: .phone
    case .mail: .email
    case .clid: .number
    default: .text
    }
  }
}
