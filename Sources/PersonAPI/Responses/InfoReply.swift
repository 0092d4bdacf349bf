package import ContactModel
import JSONSyntax

/// What became of the question for one contact.
package enum InfoReply: Sendable, Equatable {
  /// The contact.
  case contact(ContactDetails)
  /// There is no such contact; the observed server answers with nulls, or with an empty array.
  case absent
  /// The request was refused.
  case error(APIError)
  /// There is no complete JSON value of a known shape.
  case unreadable

  /// Reads a body.
  package init(_ body: ReplyBody) {
    guard let value = body.value else {
      self = .unreadable
      return
    }
    if let error = APIError(value["error"]) {
      self = error.code == APIError.notFound ? .absent : .error(error)
      return
    }
    guard let data = value["data"] ?? value.elements.map(JSONValue.array) else {
      self = .unreadable
      return
    }
    if data.elements?.isEmpty == true || data["pid"] == .null {
      self = .absent
    } else if data.members != nil {
      self = .contact(ContactDetails(data))
    } else {
      self = .unreadable
    }
  }
}

/// One contact as `info` shows it.
package struct ContactDetails: Sendable, Equatable {
  /// The contact's identifier; `nil` where the reply leaves it out.
  package var pid: Int?
  /// The values that are not empty.
  ///
  /// `info` shows the owner's login where `list` has the number; here a login is always
  /// ``PersonField/user``, a number ``PersonField/iduser``.
  package var values: [PersonField: String] = [:]

  package init(pid: Int?, values: [PersonField: String]) {
    self.pid = pid
    self.values = values
  }

  init(_ data: JSONValue) {
    pid = data["pid"].flatMap(WireNumber.pid)
    for member in data.members ?? [] {
      for inner in member.value.members ?? [member] {
        guard let field = PersonField(wireKey: inner.key), let text = inner.value.wireText
        else { continue }
        let isLogin = field == .iduser && Int(text) == nil
        values[isLogin ? .user : field] = text
      }
    }
  }
}

extension JSONValue {
  /// The text of a field: a string or number that is not empty.
  fileprivate var wireText: String? {
    switch self {
    case .string(let text), .number(let text): text.isEmpty ? nil : text
    default: nil
    }
  }
}
