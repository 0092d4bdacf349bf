import Foundation

/// The system's clock, in the unit the sandbox counts in.
package enum SandboxClock {
  /// The seconds since 1970.
  @Sendable package static func now() -> Int { Int(Date().timeIntervalSince1970) }
}
