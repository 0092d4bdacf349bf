import JSONSyntax

/// What the API answers instead of a result: a number and a text.
///
/// Comes as `{"result":"Error","error":{"code":401,"text":"…"}}` and as `{"error":{"code":402,…}}`,
/// always with HTTP status 200.
package struct APIError: Error, Sendable, Equatable {
  /// The number, 0 where the answer has none.
  package var code: Int
  /// The server's own words.
  package var text: String

  package init(code: Int, text: String) {
    self.code = code
    self.text = text
  }

  /// The key is not known.
  package static let wrongKey = 400
  /// The login is not known; on the observed server also what a wrong key gets.
  package static let unknownUser = 401
  /// The action is not known, or none arrived.
  package static let unknownMethod = 402
  /// The contact is not visible to this user.
  package static let forbidden = 403
  /// There is no such contact.
  package static let notFound = 404
  /// A parameter is missing.
  package static let missingParameters = 405
  /// Such a contact exists, or the contact cannot be deleted.
  package static let conflict = 406

  /// The numbers the API's errors have.
  package static let codes = wrongKey...conflict

  /// Whether login or key are refused.
  package var refusesCredentials: Bool { code == Self.wrongKey || code == Self.unknownUser }

  /// Whether the whole request was refused before the server looked at a row.
  ///
  /// 406 is not among these: it is about a contact, and contacts before it may have been stored.
  package var precedesRows: Bool {
    switch code {
    case Self.wrongKey, Self.unknownUser, Self.unknownMethod, Self.missingParameters: true
    default: false
    }
  }
}

extension APIError {
  /// The error in an `error` member, where that is an object.
  init?(_ value: JSONValue?) {
    guard let value, value.members != nil else { return nil }
    let text = value["text"] ?? value["message"]
    self.init(code: value["code"].flatMap(WireNumber.integer) ?? 0, text: text?.string ?? "")
  }
}

/// Whole numbers as the API writes them: now as numbers, now as strings.
enum WireNumber {
  /// The number a value stands for.
  static func integer(_ value: JSONValue) -> Int? {
    value.integer ?? value.string.flatMap { Int($0) }
  }

  /// The number that some digits are; nothing else passes, no sign, blank or fraction.
  static func integer(digits: Span<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    var number = 0
    for index in digits.indices {
      let digit = digits[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }

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
