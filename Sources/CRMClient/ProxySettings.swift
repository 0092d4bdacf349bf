package import ContactModel
import Foundation

/// Which proxy stands between this machine and a server, as the environment says it.
///
/// `HTTPS_PROXY` and `HTTP_PROXY` name the proxy for either kind of address, `NO_PROXY` the hosts that
/// are asked without one; each also in small letters, which win. Loopback never goes through a proxy.
package struct ProxySettings: Sendable, Equatable {
  /// A proxy.
  package struct Proxy: Sendable, Equatable {
    /// What it speaks.
    package enum Kind: Sendable, Equatable {
      /// HTTP; a `CONNECT` where the address is `https`.
      case http
      /// SOCKS 5.
      case socks
    }

    /// What it speaks.
    package let kind: Kind
    /// Its host.
    package let host: String
    /// Its port.
    package let port: Int
    /// Who asks, where it wants to know; empty for nobody.
    let user: String
    /// The password that goes with it.
    let password: String
  }

  /// A variable that cannot be understood.
  package struct Problem: Error, Sendable, Equatable {
    /// The variable's name; its value may hold a password.
    package let variable: String
  }

  private let https: Proxy?
  private let http: Proxy?
  private let exceptions: [Exception]

  /// Reads the settings.
  ///
  /// - Parameter environment: The environment's variables.
  /// - Throws: ``Problem`` if a proxy is set and is not `http://host:port` or `socks5://host:port`. Going
  ///   without it instead might send what was meant not to leave directly.
  package init(environment: [String: String]) throws(Problem) {
    func value(_ name: String) -> (name: String, text: String)? {
      for name in [name.lowercased(), name] {
        guard let text = environment[name]?.trimmingCharacters(in: .whitespaces), !text.isEmpty
        else { continue }
        return (name, text)
      }
      return nil
    }
    func proxy(_ name: String) throws(Problem) -> Proxy? {
      guard let (name, text) = value(name) else { return nil }
      guard let proxy = Proxy(text) else { throw Problem(variable: name) }
      return proxy
    }
    https = try proxy("HTTPS_PROXY")
    http = try proxy("HTTP_PROXY")
    exceptions = (value("NO_PROXY")?.text ?? "").split { $0 == "," || $0 == " " }.map(
      Exception.init)
  }

  /// The proxy for a server; `nil` for none.
  package func proxy(for address: ServerAddress) -> Proxy? {
    guard !address.isLoopback, let proxy = address.isSecure ? https : http else { return nil }
    return exceptions.contains { $0.covers(address) } ? nil : proxy
  }
}

extension ProxySettings.Proxy: CustomStringConvertible, CustomReflectable {
  init?(_ text: String) {
    let hasScheme = text.contains("://")
    guard let url = URLComponents(string: hasScheme ? text : "http://" + text),
      let host = url.host, !host.isEmpty, url.path.isEmpty || url.path == "/", url.query == nil,
      (1...65_535).contains(url.port ?? 1)
    else { return nil }
    switch url.scheme?.lowercased() {
    case "http": (kind, port) = (.http, url.port ?? 8080)
    case "socks5", "socks5h": (kind, port) = (.socks, url.port ?? 1080)
    default: return nil
    }
    // The client's SOCKS takes no password, and would go without.
    guard kind == .http || url.user == nil else { return nil }
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    user = url.user ?? ""
    password = url.password ?? ""
  }

  /// Host and port; never the password.
  package var description: String { "\(host):\(port)" }
  /// A mirror without the password.
  package var customMirror: Mirror { Mirror(self, children: ["host": host, "port": port]) }
}

extension ProxySettings {
  /// One entry of `NO_PROXY`.
  private struct Exception: Sendable, Equatable {
    private var host: String
    private var port: Int?
    /// For `10.0.0.0/8`: the network and how many of its bits count.
    private var network: (address: UInt32, bits: Int)?

    static func == (left: Self, right: Self) -> Bool {
      left.host == right.host && left.port == right.port
        && left.network?.address == right.network?.address
        && left.network?.bits == right.network?.bits
    }

    init(_ text: Substring) {
      var host = text.lowercased()
      let slash = host.split(separator: "/", omittingEmptySubsequences: false)
      if slash.count == 2, let address = Self.address(String(slash[0])), let bits = Int(slash[1]),
        (0...32).contains(bits)
      {
        network = (address, bits)
      }
      if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
        port = Int(host[host.index(after: end)...].dropFirst())
        host = String(host[host.index(after: host.startIndex)..<end])
      } else if host.filter({ $0 == ":" }).count == 1, let colon = host.firstIndex(of: ":") {
        port = Int(host[host.index(after: colon)...])
        host = String(host[..<colon])
      }
      if host.hasPrefix("*.") { host.removeFirst() }
      if host.hasPrefix(".") { host.removeFirst() }
      self.host = host
    }

    func covers(_ server: ServerAddress) -> Bool {
      if let port, port != server.port { return false }
      if host == "*" { return true }
      if let network, let address = Self.address(server.host) {
        return network.bits == 0 || (address ^ network.address) >> UInt32(32 - network.bits) == 0
      }
      return !host.isEmpty && (server.host == host || server.host.hasSuffix("." + host))
    }

    /// An IPv4 address as a number.
    private static func address(_ text: String) -> UInt32? {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
      guard parts.count == 4, !parts.contains(nil) else { return nil }
      return parts.reduce(0) { $0 << 8 | UInt32($1 ?? 0) }
    }
  }
}

extension ProxySettings.Problem {
  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    language.pick(
      "\(variable) is not a proxy ferry can use; give it as http://host:port or socks5://host:port, or unset it",
      "в \(variable) не прокси, с которым работает ferry; укажите http://host:port или socks5://host:port либо уберите переменную"
    )
  }
}
