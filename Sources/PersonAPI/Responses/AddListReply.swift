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
  package init(_ body: ReplyBody) {
    guard let value = body.value else {
      self = .unreadable
      return
    }
    if let error = APIError(value["error"]) {
      self = .error(error)
      return
    }
    guard let elements = value.rowElements else {
      self = .unreadable
      return
    }
    self = .rows(elements.map(AddListElement.init))
  }
}

extension AddListElement {
  /// Reads one element.
  ///
  /// Stored means a positive whole number in `data`, written as a number or a string, and no error
  /// object beside it. Refused means `data` without an identifier together with an error, or an
  /// empty result. Anything else is unclear: this never guesses.
  init(_ value: JSONValue) {
    guard value.members != nil else {
      self = .unclear
      return
    }
    let data = value["data"]
    let error = APIError(value["error"])
    if let pid = data.flatMap(WireNumber.pid) {
      self = error == nil ? .stored(pid: pid) : .unclear
    } else if !(data ?? .null).isNothing {
      self = .unclear
    } else if let error {
      self = .refused(.code(error.code))
    } else if let text = value["error"]?.string, !text.isEmpty {
      self = .refused(.text)
    } else if data != nil, value["result"]?.string == "" {
      self = .refused(.unnamed)
    } else {
      self = .unclear
    }
  }
}

extension JSONValue {
  /// The elements of an array, or of an object that PHP made of one: with the keys 0, 1, 2 ….
  fileprivate var rowElements: [JSONValue]? {
    if let elements { return elements }
    guard let members, !members.isEmpty else { return nil }
    for (index, member) in members.enumerated() where member.key != "\(index)" { return nil }
    return members.map(\.value)
  }

  /// Whether the value is one of the ways in which PHP says that there is no identifier.
  fileprivate var isNothing: Bool {
    switch self {
    case .null, .bool(false), .number("0"), .string(""), .string("0"): true
    default: false
    }
  }
}

extension WireNumber {
  /// A contact's identifier: a positive whole number in plain digits.
  static func pid(_ value: JSONValue) -> Int? {
    let text: String
    switch value {
    case .number(let digits), .string(let digits): text = digits
    default: return nil
    }
    guard let pid = integer(digits: Array(text.utf8).span), pid > 0 else { return nil }
    return pid
  }
}
