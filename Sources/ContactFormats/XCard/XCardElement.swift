/// The elements of xCard (RFC 6351, appendix A) that the reader has to tell apart.
///
/// The properties themselves are not among them: any of them may come, and ``XCardProperty`` knows
/// those that are special.
enum XCardElement: Int {
  case vcards, vcard, group, parameters
  // Parameters that matter; all others are dropped.
  case type, pref, name, xDerived
  // Types of values in which blanks count; any other name is one as well, such as <uri> or <date>.
  case text, unknown
  // Parts of N and ADR, in the order they have in a vCard.
  case surname, given, additional, prefix, suffix
  case pobox, ext, street, locality, region, code, country
  // Parts of GENDER and CLIENTPIDMAP.
  case sex, identity, sourceid, uri
  // Any other name.
  case other

  /// The names in the order of the cases.
  private static let names: [StaticString] = [
    "vcards", "vcard", "group", "parameters", "type", "pref", "name", "x-derived", "text",
    "unknown", "surname", "given", "additional", "prefix", "suffix", "pobox", "ext", "street",
    "locality", "region", "code", "country", "sex", "identity", "sourceid", "uri",
  ]

  /// The element that has a name.
  init(name: XMLName) {
    let number = Self.names.firstIndex { name.isLocal($0) }
    self = number.flatMap(Self.init(rawValue:)) ?? .other
  }

  /// The place of a part in its structured value, from 0; `nil` for an element that is none.
  func component(of structure: CardProperty.Structure) -> Int? {
    let (first, last): (XCardElement, XCardElement)
    switch structure {
    case .name: (first, last) = (.surname, .suffix)
    case .address: (first, last) = (.pobox, .country)
    case .text, .organization: return nil
    }
    guard rawValue >= first.rawValue, rawValue <= last.rawValue else { return nil }
    return rawValue - first.rawValue
  }
}
