package import ContactModel
import Foundation

/// Where a CRM is: the root address the user gave, judged once.
package struct ServerAddress: Sendable, Equatable {
  /// The root without a trailing slash, such as `https://crm.example.com`.
  package let root: String
  /// Whether the connection stays on this machine.
  package let isLoopback: Bool
  /// The host in small letters, without the brackets around an IPv6 address.
  package let host: String
  /// The port, also where the address leaves it out.
  package let port: Int
  /// Whether the connection is encrypted.
  package let isSecure: Bool

  /// Why an address is refused.
  package enum Problem: Error, Sendable, Equatable {
    /// It is not an `http` or `https` address with a host.
    case notAnAddress
    /// It carries a user name, a query or a fragment, which have no place in it.
    case carriesMore
    /// Plain `http` would send the key and all contacts readable by anyone on the way.
    case insecure
  }

  /// Judges an address.
  ///
  /// - Parameters:
  ///   - text: What the user gave; a trailing `/developer/v2/person` is taken off.
  ///   - allowsPlainHTTP: Whether `http` is allowed beyond loopback (`--allow-http`).
  /// - Throws: ``Problem`` if it is not one ferry will talk to.
  package init(_ text: String, allowsPlainHTTP: Bool = false) throws(Problem) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let url = URLComponents(string: trimmed), let scheme = url.scheme?.lowercased(),
      scheme == "https" || scheme == "http", let host = url.host, !host.isEmpty,
      (1...65_535).contains(url.port ?? 443)
    else { throw .notAnAddress }
    guard url.user == nil, url.password == nil, url.query == nil, url.fragment == nil else {
      throw .carriesMore
    }
    isLoopback = Self.isLoopback(host)
    isSecure = scheme == "https"
    self.port = url.port ?? (isSecure ? 443 : 80)
    self.host = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    guard scheme == "https" || isLoopback || allowsPlainHTTP else { throw .insecure }
    var path = url.path
    while path.hasSuffix("/") { path.removeLast() }
    for known in ["/developer/v2/person", "/developer/v3/person", "/developer/v2", "/developer"]
    where path.hasSuffix(known) {
      path.removeLast(known.count)
      break
    }
    let port = url.port.map { ":\($0)" } ?? ""
    root = "\(scheme)://\(host.lowercased())\(port)\(path)"
  }

  private static func isLoopback(_ host: String) -> Bool {
    let name = host.lowercased()
    if name == "localhost" || name == "::1" || name == "[::1]" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

extension ServerAddress.Problem {
  /// The sentence for a person: what is wrong, then what to do.
  ///
  /// The address itself is not repeated: it may carry a password.
  package func message(in language: Language) -> String {
    switch self {
    case .notAnAddress:
      language.pick(
        "FERRY_URL is not a server's address; give one like https://crm.example.com",
        "в FERRY_URL не адрес сервера; укажите его так: https://crm.example.com")
    case .carriesMore:
      language.pick(
        "the server's address may not carry a user, a query or a fragment; give only https://host/path",
        "в адресе сервера не должно быть пользователя, запроса или якоря; укажите только https://host/path"
      )
    case .insecure:
      language.pick(
        "plain http would send your key unprotected; use https, or --allow-http inside a trusted network",
        "по http ключ уйдёт незащищённым; используйте https или --allow-http внутри доверенной сети"
      )
    }
  }
}
