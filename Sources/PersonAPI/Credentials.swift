/// Who is asking: a login and its key.
///
/// The key shows in no description, dump or mirror; it leaves only inside a request's body.
package struct Credentials: Sendable, Equatable {
  /// The user's login in the CRM.
  package let login: String
  /// The account's key.
  let apikey: String

  package init(login: String, apikey: String) {
    self.login = login
    self.apikey = apikey
  }

  /// Whether both can stand in a header, which a control character would end or garble.
  package var fitHeaders: Bool {
    !(login + apikey).unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The login alone.
  package var description: String { "\(login) (key not shown)" }
  /// The login alone.
  package var debugDescription: String { description }
  /// A mirror without the key.
  package var customMirror: Mirror { Mirror(self, children: ["login": login]) }
}
