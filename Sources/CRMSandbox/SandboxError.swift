/// What can keep a sandbox from being served, or from answering.
package enum SandboxError: Error, CustomStringConvertible {
  /// The server ended before it listened.
  case didNotStart
  /// The file is a database of something else.
  case foreignDatabase(path: String)
  /// The file has data already; a fixture fills only a new one.
  case hasData(path: String)
  /// A fault closed the connection instead of an answer.
  case connectionCut

  /// A sentence for the user.
  package var description: String {
    switch self {
    case .didNotStart: "the sandbox did not start listening"
    case .foreignDatabase(let path): "\(path) is not a sandbox database"
    case .hasData(let path): "\(path) has data already"
    case .connectionCut: "the connection was cut"
    }
  }
}
