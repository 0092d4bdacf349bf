import Foundation

/// What stands where a file is to be written.
enum OutputTarget: Equatable {
  case standardOutput
  /// A stream that is open already, named as `/dev/stderr` or `/dev/fd/3`: written to where it
  /// stands. Replacing the file behind it would drop what others write there.
  case stream(Int32)
  /// A device, a pipe or a socket: there is nothing to rename.
  case direct
  /// A file, or a place for one; links have been followed, so that they are not replaced.
  case file(String)

  /// - Throws: ``OutputError`` if no file can be there.
  init(path: String) throws(OutputError) {
    if path == "-" {
      self = .standardOutput
      return
    }
    if let number = Self.openStream(path) {
      self = number == STDOUT_FILENO ? .standardOutput : .stream(number)
      return
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      // A link that leads nowhere is replaced by the file, like any other name.
      guard errno == ENOENT else { throw OutputError(systemError: errno, path: path) }
      guard !path.isEmpty, !path.hasSuffix("/") else {
        throw OutputError(.isDirectory, path: path)
      }
      self = .file(path)
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw OutputError(.isDirectory, path: path)
    case S_IFREG: self = .file(Self.resolved(path))
    default: self = .direct
    }
  }

  private static func openStream(_ path: String) -> Int32? {
    if path == "/dev/stdout" { return STDOUT_FILENO }
    if path == "/dev/stderr" { return STDERR_FILENO }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    return nil
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
