import ContactModel
import Foundation
import RunReports

/// Standard error as a place to talk to a person; standard output belongs to data.
enum Terminal {
  /// Whether someone is looking at standard error.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Whether colors are welcome (https://no-color.org).
  static let usesColor =
    isInteractive && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Says something to the person, without the control characters that files and servers may hold.
  static func say(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.map { PlainText.shown(String($0)) }.joined(separator: "\n")
    // Nothing can be said about standard error not being there.
    _ = write(Array((shown + "\n").utf8), to: STDERR_FILENO)
  }

  /// Says something and leaves the line open for an answer.
  static func prompt(_ text: String) {
    _ = write(Array(PlainText.shown(text).utf8), to: STDERR_FILENO)
  }

  /// Says that something is wrong, in red where colors are welcome.
  static func fail(_ failure: Failure, language: Language) {
    guard !failure.isLabelled else { return say(failure.message) }
    let label = language.pick("error:", "ошибка:")
    guard usesColor else { return say("\(label) \(failure.message)") }
    _ = write(Array("\u{1B}[31m\(label)\u{1B}[0m ".utf8), to: STDERR_FILENO)
    say(failure.message)
  }

  /// Writes text to standard output, as data.
  static func output(_ text: String) throws(OutputError) { try output(Array(text.utf8)) }

  /// Writes bytes to standard output, as data.
  ///
  /// - Throws: `OutputError` if they cannot be written; a reader that has gone is one of these.
  static func output(_ bytes: [UInt8]) throws(OutputError) {
    let code = write(bytes, to: STDOUT_FILENO)
    if code != 0 { throw OutputError(systemError: code, path: "-") }
  }

  /// Shows what a command has come to, and says with which status it ends.
  ///
  /// How it ended counts for more than whether that could be shown.
  static func conclude(
    _ status: ExitStatus, language: Language, _ show: () throws -> Void
  ) -> ExitStatus {
    do {
      try show()
      return status
    } catch {
      let failure = Failure(error, language: language)
      if !failure.message.isEmpty { fail(failure, language: language) }
      return status == .success ? failure.status : status
    }
  }

  /// Whether someone is looking at standard output.
  static var isOutputInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Writes bytes; returns the system's error, or 0.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
