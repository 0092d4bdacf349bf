/// What the CRM says about one contact that was to be stored or changed.
struct EditAnswer: Sendable, Equatable {
  /// What was done; empty where nothing was.
  var result: String
  /// The pid; 0 where no contact was stored.
  var data: Int
  /// What the database said against it; empty as a rule.
  var error: String

  /// Nothing was stored and nobody complains.
  static let nothing = EditAnswer(result: "", data: 0, error: "")

  /// Writes the three members as an object.
  func write(into json: inout PHPJSONWriter) {
    json.beginObject()
    json.key("result")
    json.string(result)
    json.key("data")
    json.number(data)
    json.key("error")
    json.string(error)
    json.endObject()
  }
}
