/// What can keep a sandbox from being served.
package enum SandboxError: Error, CustomStringConvertible {
  /// The server ended before it listened.
  case didNotStart
  /// The file is a database of something else.
  case foreignDatabase(path: String)

  /// A sentence for the user.
  package var description: String {
    switch self {
    case .didNotStart: "the sandbox did not start listening"
    case .foreignDatabase(let path): "\(path) is not a sandbox database"
    }
  }
}
