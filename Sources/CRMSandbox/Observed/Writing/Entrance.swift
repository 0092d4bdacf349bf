/// The way by which the fields of a contact came in, which decides what is done to them first.
enum Entrance: Sendable, Hashable {
  /// The CRM's API, by its path.
  enum API: Sendable, Hashable {
    case v2
    case v3
  }

  /// The plain variables of a v2 form or query; they arrive already cleaned.
  case form
  /// A row of `add.list` sent as a form, or the variables of a v3 form.
  case formRow(API)
  /// A JSON body, or a row of it.
  case json(API)

  /// The API that was called.
  var api: API {
    switch self {
    case .form: .v2
    case .formRow(let api), .json(let api): api
    }
  }
}
