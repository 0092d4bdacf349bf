import JSONSyntax

/// What an addlist request was answered, one element a row in the order of arrival.
package enum AddListReply: Sendable, Equatable {
  /// An answer for each row that the server saw.
  case rows([AddListElement])
  /// The whole request was refused.
  case error(APIError)
  /// There is no complete JSON value of a known shape.
  case unreadable
}

/// What the server says of one row.
package enum AddListElement: Sendable, Equatable {
  /// It is stored under this identifier.
  case stored(pid: Int)
  /// It is not stored.
  case refused(RefusalReason)
  /// The element does not say.
  case unclear
}

/// Why the server did not store a row; its own words stay out, since they quote the row.
package enum RefusalReason: Sendable, Equatable {
  /// It gives no reason; the observed server does so where `person` is missing.
  case unnamed
  /// It gives a text, which the observed server does where the database refused the row.
  case text
  /// It gives an API error with this number.
  case code(Int)
}

extension AddListReply {
  /// Reads a body.
  ///
  /// The rows may come as an array, or as what PHP makes of one: an object with the keys 0, 1, 2 ….
  package init(_ body: ReplyBody) {
    self = .unreadable
    guard let json = body.json else { return }
    // The value has been checked, so a failure here would be a defect of the reader.
    self = (try? Self.decode(body.bytes.span.extracting(json))) ?? .unreadable
  }

  private static func decode(_ text: Span<UInt8>) throws(JSONError) -> AddListReply {
    var reader = JSONReader()
    var elements: [AddListElement] = []
    guard try reader.next(in: text) == .beginObject else {
      while true {
        let token = try reader.next(in: text)
        if token == .endArray { return .rows(elements) }
        elements.append(try AddListElement(token, &reader, text))
      }
    }
    while case .key(let key) = try reader.next(in: text) {
      if key.equals("error", in: text) {
        let start = reader.position
        try reader.skipValue(in: text)
        let value = try JSONValue(parsing: text.extracting(start..<reader.position))
        return APIError(value).map(AddListReply.error) ?? .unreadable
      }
      guard key.text(from: text) == "\(elements.count)" else {
        // Not a row; an error may still follow, as behind `"result":"Error"`.
        return APIError(try JSONValue(parsing: text)["error"]).map(AddListReply.error)
          ?? .unreadable
      }
      elements.append(try AddListElement(try reader.next(in: text), &reader, text))
    }
    return elements.isEmpty ? .unreadable : .rows(elements)
  }
}
