/// A line of a PHP stack trace: what was called from where.
struct PHPCall: Sendable, Equatable {
  /// The calling file, from the root of the file system.
  var file: String
  /// The line in it.
  var line: Int
  /// What was called, with its brackets: `Salesman\Person->edit()`.
  var call: String

  /// Makes a line; a file without a leading slash is one of the CRM's.
  init(_ file: String, _ line: Int, _ call: String) {
    self.file = file.hasPrefix("/") ? file : PHPFatal.root + file
    self.line = line
    self.call = call
  }
}
