/// A JSON value as a tree, for small things: configuration, single replies, fixtures.
///
/// Numbers keep their text, so that nothing is rounded; members keep their order and repetitions.
package enum JSONValue: Equatable, Sendable {
  /// Members in the text's order.
  case object([JSONMember])
  /// Elements.
  case array([JSONValue])
  /// A decoded text.
  case string(String)
  /// A number's text.
  case number(String)
  /// `true` or `false`
  case bool(Bool)
  /// `null`
  case null
}

/// One key and value of an object.
package struct JSONMember: Equatable, Sendable {
  /// The key.
  package var key: String
  /// The value.
  package var value: JSONValue

  package init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}

extension JSONValue {
  /// Parses a whole text: one value, with nothing but white space around it.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    try self.init(parsing: bytes.span)
  }

  /// Parses a whole text: one value, with nothing but white space around it.
  package init(parsing bytes: Span<UInt8>) throws(JSONError) {
    var reader = JSONReader()
    self = try Self.value(try reader.next(in: bytes), &reader, bytes)
    try reader.finish(in: bytes)
  }

  /// An object's value under a key, the last one where the key is repeated.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The members, if this is an object.
  package var members: [JSONMember]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The elements, if this is an array.
  package var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The text, if this is a string.
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The number, if this is one without fraction or exponent that fits.
  package var integer: Int? {
    guard case .number(let text) = self else { return nil }
    return Int(text)
  }

  /// The truth value, if this is one.
  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  // Recursion is safe: the reader ends at 512 levels.
  private static func value(
    _ token: JSONToken, _ reader: inout JSONReader, _ bytes: Span<UInt8>
  ) throws(JSONError) -> JSONValue {
    switch token {
    case .string(let string): return .string(string.text(from: bytes))
    case .number(let range):
      return .number(JSONString(range: range, isEscaped: false).text(from: bytes))
    case .bool(let value): return .bool(value)
    case .beginArray:
      var elements: [JSONValue] = []
      while true {
        let token = try reader.next(in: bytes)
        if token == .endArray { return .array(elements) }
        elements.append(try value(token, &reader, bytes))
      }
    case .beginObject:
      var members: [JSONMember] = []
      while case .key(let key) = try reader.next(in: bytes) {
        let token = try reader.next(in: bytes)
        members.append(
          JSONMember(key.text(from: bytes), try value(token, &reader, bytes)))
      }
      return .object(members)
    // The reader hands out no other token where a value is due.
    case .null, .key, .endObject, .endArray, .end: return .null
    }
  }
}
