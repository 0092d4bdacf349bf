/// A form in the making: the credentials first, the action last.
///
/// PHP drops what exceeds `max_input_vars` without a word, from the end. A body cut that way has no
/// action, and a request without an action does nothing (DESIGN, law 4).
package struct FormBody: Sendable {
  private var bytes: [UInt8] = []

  /// A body that begins with the credentials.
  package init(credentials: Credentials) {
    append("login", credentials.login)
    append("apikey", credentials.apikey)
  }

  /// Appends one variable.
  ///
  /// - Parameters:
  ///   - key: Its name, such as `filter[clid]`; brackets of the array syntax stay literal.
  ///   - value: Its value.
  package mutating func append(_ key: String, _ value: String) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
    bytes.append(contentsOf: key.utf8)
    bytes.append(UInt8(ascii: "="))
    FormEncoder.append(value, to: &bytes)
  }

  /// Appends one variable inside an array, whose key may be any text.
  package mutating func append(_ array: String, _ key: String, _ value: String) {
    var name: [UInt8] = []
    FormEncoder.append(key, to: &name)
    append("\(array)[\(String(decoding: name, as: UTF8.self))]", value)
  }

  /// The body without an action, for whoever appends more.
  var head: [UInt8] { bytes }

  /// The body, ended by its action.
  package func ended(by action: Action, variant: Variant) -> [UInt8] {
    ended(by: variant.wireName(of: action))
  }

  /// The body, ended by an action of any method.
  func ended(by action: String) -> [UInt8] {
    var copy = self
    copy.append("action", action)
    return copy.bytes
  }
}
