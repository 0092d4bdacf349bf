/// Which fields of a contact an answer shows, in which order.
struct FieldSelection: Sendable {
  let columns: [PersonColumn]
  let includesSocials: Bool

  /// Reads `fields` and `socinfo`; without `fields` every active field is shown.
  ///
  /// Names are cut at commas, blanks around them are let through, unknown and inactive ones are
  /// dropped. `socinfo` knows only the value `yes`.
  init(_ parameters: RequestParameters, active: [PersonColumn]) {
    includesSocials = parameters.word("socinfo") == "yes"
    let readable = active.filter { $0 != .social }
    let names = parameters.word("fields")
    guard !names.isEmpty else {
      columns = readable
      return
    }
    var chosen: [PersonColumn] = []
    for name in names.split(separator: ",") {
      if let column = PersonColumn(rawValue: RequestParameters.trimmed(String(name))),
        readable.contains(column), !chosen.contains(column)
      {
        chosen.append(column)
      }
    }
    columns = chosen
  }
}
