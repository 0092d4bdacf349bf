/// An exception that nobody caught: PHP dies of it in the middle of an answer.
struct PHPFatal: Error, Sendable, Equatable {
  /// Where the CRM is installed.
  static let root = "/srv/crm/"

  /// The exception's class.
  var name: String
  /// What it says, before PHP escapes it for HTML.
  var message: String
  /// The file that threw it, from the root of the file system.
  var file: String
  /// The line in it.
  var line: Int
  /// How the program came there, the innermost call first.
  var trace: [PHPCall]

  /// Makes an exception; a file without a leading slash is one of the CRM's.
  init(
    _ name: String, _ message: String, file: String, line: Int, trace: [PHPCall] = []
  ) {
    self.name = name
    self.message = message
    self.file = file.hasPrefix("/") ? file : Self.root + file
    self.line = line
    self.trace = trace
  }

  /// The text PHP prints, which the CRM sends in the place of its answer or behind it.
  var html: [UInt8] {
    var text = "Uncaught \(name): \(message) in \(file):\(line)\nStack trace:\n"
    for (number, call) in trace.enumerated() {
      text += "#\(number) \(call.file)(\(call.line)): \(call.call)\n"
    }
    text += "#\(trace.count) {main}\n  thrown"
    return Array(
      "<br />\n<b>Fatal error</b>:  \(Self.escaped(text)) in <b>\(file)</b> on line <b>\(line)</b><br />\n"
        .utf8)
  }

  /// The text with the four signs replaced that HTML knows; apostrophes stay.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
