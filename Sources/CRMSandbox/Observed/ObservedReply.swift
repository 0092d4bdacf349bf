/// The bodies of the real CRM that are not about one contact.
enum ObservedReply {
  /// The object of an error.
  static func failure(code: Int, _ text: String, hasResult: Bool = true) -> [UInt8] {
    var json = PHPJSONWriter()
    json.beginObject()
    if hasResult {
      json.key("result")
      json.string("Error")
    }
    json.key("error")
    json.beginObject()
    json.key("code")
    json.number(code)
    json.key("text")
    json.string(text)
    json.endObject()
    json.endObject()
    return json.bytes
  }

  /// What an action that nobody knows is answered with.
  static func unknownAction(_ route: ObservedRequest.Route) -> [UInt8] {
    failure(
      code: route.api == .v2 ? 402 : 404, "Неизвестный метод",
      hasResult: route.api == .v3 || route.method != "person")
  }

  /// Of this the v2 script dies under PHP 8 where it reads a code out of a text.
  static let stringOffset = PHPFatal(
    "TypeError", "Cannot access offset of type string on string",
    file: "developer/v2/person.php", line: 530)
}
