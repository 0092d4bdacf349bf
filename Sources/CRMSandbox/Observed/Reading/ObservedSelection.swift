/// Which fields of a contact an answer shows, in which order.
struct ObservedSelection: Sendable {
  let columns: [PersonColumn]
  let includesSocials: Bool

  /// Reads `fields` and `socinfo`; without `fields` every active field is shown.
  ///
  /// Names are cut at commas, blanks around them are let through, unknown and inactive ones are
  /// dropped. `socinfo` knows only the value `yes`.
  init(_ parameters: PHPArray, site: ObservedSite) {
    includesSocials = parameters["socinfo"]?.string == Array("yes".utf8)
    let readable = site.active.filter { $0 != .social }
    let fields = parameters["fields"] ?? .null
    guard !fields.isEmpty else {
      columns = readable
      return
    }
    let names: [String] =
      switch fields {
      case .array(let array): array.values.map { String(decoding: $0.string, as: UTF8.self) }
      default:
        String(decoding: fields.string, as: UTF8.self).split(separator: ",").map(String.init)
      }
    var chosen: [PersonColumn] = []
    for name in names {
      if let column = PersonColumn(rawValue: RequestParameters.trimmed(name)),
        readable.contains(column), !chosen.contains(column)
      {
        chosen.append(column)
      }
    }
    columns = chosen
  }

  /// Whether nothing at all is shown.
  var isEmpty: Bool { columns.isEmpty && !includesSocials }

  /// Writes the chosen fields as an object; PHP writes an array without keys as `[]`.
  func write(_ record: ObservedRecord, into json: inout PHPJSONWriter) {
    guard !isEmpty else {
      json.beginArray()
      json.endArray()
      return
    }
    json.beginObject()
    for column in columns { record.write(column, into: &json) }
    if includesSocials { record.writeSocials(into: &json) }
    json.endObject()
  }
}
