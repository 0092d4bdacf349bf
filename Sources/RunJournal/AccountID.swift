import Crypto

/// Stands for an account on a server, and says neither: sixteen hexadecimal digits.
///
/// What ferry keeps about an account lies in a folder of this name. Whoever lists the folders learns
/// no address and no login from them.
package struct AccountID: Sendable, Hashable {
  /// The identifier as text, such as `3f0c9a5512de7b80`.
  package let text: String

  /// The identifier of an account.
  ///
  /// Capital letters in the login, in the server's name and in its scheme make no other account, nor
  /// does a slash at the address's end; the server's path is taken as it is.
  package init(server: String, login: String) {
    var hash = SHA256()
    let text = Self.normalized(server) + "\n" + login.lowercased()
    hash.update(data: Array(text.utf8))
    let digits = hash.finalize().prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    self.text = digits.joined()
  }

  /// Reads an identifier; `nil` unless the text is exactly one.
  package init?(_ text: String) {
    let isDigit = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
    guard text.utf8.count == 16, text.utf8.allSatisfy(isDigit) else { return nil }
    self.text = text
  }

  private static func normalized(_ server: String) -> String {
    var rest = server[...]
    while rest.hasSuffix("/") { rest.removeLast() }
    let scheme = rest.firstRange(of: "://").map { rest[..<$0.upperBound] } ?? ""
    let host = rest.dropFirst(scheme.count).prefix { $0 != "/" }
    let path = rest.dropFirst(scheme.count + host.count)
    return scheme.lowercased() + host.lowercased() + path
  }
}

extension AccountID: CustomStringConvertible {
  package var description: String { text }
}
