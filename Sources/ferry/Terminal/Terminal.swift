import ContactModel
import Foundation

/// Standard error as a place to talk to a person; standard output belongs to data.
enum Terminal {
  /// Whether someone is looking at standard error.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Whether colours are welcome (https://no-color.org).
  static let usesColor =
    isInteractive && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Says a line to the person.
  static func say(_ line: String) {
    write(Array((line + "\n").utf8), to: STDERR_FILENO)
  }

  /// Writes data to standard output.
  ///
  /// - Returns: `false` if nobody reads it any more (a closed pipe).
  @discardableResult
  static func output(_ text: String) -> Bool {
    output(Array(text.utf8))
  }

  /// Writes bytes to standard output; `false` if the pipe is closed.
  @discardableResult
  static func output(_ bytes: [UInt8]) -> Bool { write(bytes, to: STDOUT_FILENO) }

  /// Says that something is wrong, in red where colours are welcome.
  static func fail(_ message: String) {
    let label = usesColor ? "\u{1B}[31merror:\u{1B}[0m" : "error:"
    // A mapping's errors bring their own place and label.
    say(message.contains(": error: ") ? message : "\(label) \(message)")
  }

  @discardableResult
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      written += count
    }
    return true
  }
}
