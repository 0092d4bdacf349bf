/// Decodes forms and query strings exactly as PHP does, oddities included.
///
/// The sandbox stands in for a PHP program, and what such a program sees of a request is decided
/// here: nested names (`persons[0][socials][blog]`), `[]`, spaces and dots in names becoming `_`,
/// and above all variables beyond `max_input_vars` being dropped without a word. Follows PHP 8.2's
/// `php_register_variable_ex`; a test holds it against a real PHP.
struct PHPFormDecoder: Sendable {
  /// PHP's `max_input_vars`; `nil` switches the limit off.
  var maxInputVars: Int? = 1000
  /// PHP's `max_input_nesting_level`: a name with more brackets drops the whole variable.
  var maxNesting = 64

  /// Decodes a query string: at most `maxInputVars` variables, empty ones not counted.
  func decodeQuery(_ bytes: [UInt8]) -> PHPArray {
    var result = PHPArray()
    var count = 0
    // PHP handles the query as a C string.
    let text = bytes.firstIndex(of: 0).map { bytes[..<$0] } ?? bytes[...]
    for variable in text.split(separator: UInt8(ascii: "&")) {
      count += 1
      if let maxInputVars, count > maxInputVars { break }
      register(variable, in: &result)
    }
    return result
  }

  /// Decodes an urlencoded body: one variable more than the limit passes, and empty ones count.
  func decodeBody(_ bytes: [UInt8]) -> PHPArray {
    var result = PHPArray()
    var count = 0
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.endIndex
      register(bytes[start..<end], in: &result)
      count += 1
      if let maxInputVars, count > maxInputVars { break }
      start = end + 1
    }
    return result
  }

  /// Decodes the parts of a multipart body: at most `maxInputVars` of them.
  func decodeParts(_ parts: [PHPMultipartDecoder.Part]) -> PHPArray {
    var result = PHPArray()
    for part in parts.prefix(maxInputVars ?? .max) {
      register(part.name, part.value, in: &result)
    }
    return result
  }

  private func register(_ variable: ArraySlice<UInt8>, in result: inout PHPArray) {
    let equals = variable.firstIndex(of: UInt8(ascii: "="))
    let name = Self.decodePercent(variable[..<(equals ?? variable.endIndex)])
    let value = equals.map { Self.decodePercent(variable[($0 + 1)...]) } ?? []
    register(name, value, in: &result)
  }

  private func register(_ name: [UInt8], _ value: [UInt8], in result: inout PHPArray) {
    guard let path = PHPVariableName(decoded: name) else { return }
    if path.brackets > maxNesting, let first = path.steps.first, let key = first {
      result.remove(key)
    } else {
      result.set(path.steps[...], to: value)
    }
  }

  /// Replaces `+` and `%XX`; a percent sign without two hexadecimal digits stays.
  static func decodePercent(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "+") {
        result.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%"), place + 1 < bytes.endIndex,
        let high = hexadecimal(bytes[place]), let low = hexadecimal(bytes[place + 1])
      {
        result.append(high << 4 | low)
        place += 2
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
