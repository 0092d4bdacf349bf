import EmailAddresses
import Foundation
import PhoneNumbers

/// Reads phones and e-mails from a text file for `make bench`, and answers the oracles' questions.
///
/// ```
/// ValueBench phones FILE     # one text a line; prints `items N cpu_seconds S`
/// ValueBench emails FILE
/// ValueBench phone-oracle    # lines of scripts/phone_oracle.py from standard input
/// ValueBench email-oracle    # lines of scripts/email_oracle.py from standard input
/// ValueBench email-answers   # all answers to each line of standard input, to compare two builds
/// ```
@main
enum ValueBench {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.dropFirst().first) {
    case ("phones", let file?): measure(file, phones)
    case ("emails", let file?): measure(file, emails)
    case ("phone-oracle", _):
      var answers = PhoneAnswers()
      while let line = readLine() { print(answers.answer(line)) }
    case ("email-oracle", _):
      while let line = readLine() { print(EmailAnswers.answer(line)) }
    case ("email-answers", _): EmailAnswers.answerAll(FileHandle.standardInput)
    default:
      FileHandle.standardError.write(Data("usage: ValueBench phones|emails FILE\n".utf8))
      exit(64)
    }
  }

  /// Reads a file's lines and measures what one pass over them takes.
  private static func measure(_ file: String, _ pass: (_ text: [UInt8], _ ends: [Int]) -> Int) {
    guard let data = FileManager.default.contents(atPath: file) else {
      FileHandle.standardError.write(Data("error: cannot read \(file)\n".utf8))
      exit(65)
    }
    let text = [UInt8](data)
    let ends = text.indices.filter { text[$0] == UInt8(ascii: "\n") }
    _ = pass(text, Array(ends.prefix(1000)))
    let start = clock()
    let valid = pass(text, ends)
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    print("items \(ends.count) cpu_seconds \(seconds) valid \(valid)")
  }

  private static func phones(_ text: [UInt8], _ ends: [Int]) -> Int {
    guard let parser = PhoneNumberParser(region: "RU") else { return 0 }
    let formatter = PhoneNumberFormatter(.e164)
    var output: [UInt8] = []
    output.reserveCapacity(1 << 20)
    var valid = 0
    var start = 0
    for end in ends {
      if case .number(let number, _) = parser.parse(text.span.extracting(start..<end)) {
        formatter.append(number, to: &output)
        valid += 1
      }
      start = end + 1
      if output.count > 1 << 19 { output.removeAll(keepingCapacity: true) }
    }
    return valid
  }

  private static func emails(_ text: [UInt8], _ ends: [Int]) -> Int {
    let parser = EmailParser()
    var output: [UInt8] = []
    output.reserveCapacity(1 << 20)
    var valid = 0
    var start = 0
    for end in ends {
      let result = parser.normalize(text.span.extracting(start..<end), into: &output)
      if case .problem = result {} else { valid += 1 }
      start = end + 1
      if output.count > 1 << 19 { output.removeAll(keepingCapacity: true) }
    }
    return valid
  }
}
