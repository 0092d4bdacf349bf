import JSONSyntax

/// PHP's `json_decode` with objects as arrays.
enum PHPJSONDecoder {
  /// The value of a text; `nil` where it does not parse.
  static func decode(_ bytes: [UInt8]) -> PHPValue? {
    (try? JSONValue(parsing: bytes)).map(value)
  }

  private static func value(_ json: JSONValue) -> PHPValue {
    switch json {
    case .null: return .null
    case .bool(let bool): return .bool(bool)
    case .string(let text): return .bytes(Array(text.utf8))
    case .number(let text):
      // The negative zero is no whole number to PHP.
      if text != "-0", let number = Int(text) { return .number(number) }
      return .decimal(Double(text) ?? 0)
    case .array(let elements):
      var array = PHPArray()
      for (number, element) in elements.enumerated() {
        array.set(.number(number), to: value(element))
      }
      return .array(array)
    case .object(let members):
      var array = PHPArray()
      for member in members { array.set(PHPKey(Array(member.key.utf8)), to: value(member.value)) }
      return .array(array)
    }
  }
}
