/// The kind of server that a sandbox is.
package enum SandboxProfile: String, Sendable, CaseIterable {
  /// The server that the documentation describes.
  case documented
  /// The real server as it was observed under PHP 7.4.
  case php74
  /// The real server as it was observed under PHP 8.2.
  case php82

  /// The PHP of the real server; `nil` for the documented one.
  package var version: PHPVersion? {
    switch self {
    case .documented: nil
    case .php74: .php74
    case .php82: .php82
    }
  }
}
