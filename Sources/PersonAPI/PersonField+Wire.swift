package import ContactModel

extension PersonField {
  /// The field's key on the wire: `tel`, and `skype` inside `socials`.
  package var wireKey: String { socialKey ?? rawValue }

  /// The field under a key of a reply or request, where the eight social contacts may stand flat.
  package init?(wireKey: String) {
    guard let field = PersonField(rawValue: wireKey) ?? PersonField(rawValue: "socials." + wireKey)
    else { return nil }
    self = field
  }

  /// What `fields=` has to name so that the reply has this field; `nil` for the social contacts,
  /// which `socinfo` switches on.
  ///
  /// A client's name comes with its identifier, an owner's login with its number.
  var listedName: String? {
    switch self {
    case .client: PersonField.clid.rawValue
    case .user: PersonField.iduser.rawValue
    default: socialKey == nil ? rawValue : nil
    }
  }

  /// The value of `fields=` for these fields: each name once, `pid` always.
  static func listedNames(_ fields: [PersonField]) -> String {
    var names = [PersonField.pid.rawValue]
    for name in fields.compactMap(\.listedName) where !names.contains(name) { names.append(name) }
    return names.joined(separator: ",")
  }
}
