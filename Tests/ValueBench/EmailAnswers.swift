import EmailAddresses
import Foundation

/// Answers the lines of scripts/email_oracle.py.
enum EmailAnswers {
  /// The verdict on an address, `valid<TAB>normalized` or `invalid<TAB>reason`.
  static func answer(_ line: String) -> String {
    var output: [UInt8] = []
    switch EmailParser().validate(EscapedLine.bytes(of: line.utf8).span, into: &output) {
    case .address: return "valid\t" + String(decoding: output, as: UTF8.self)
    case .problem(let problem): return "invalid\t\(problem)"
    }
  }

  /// Prints what `validate` and `normalize` make of each line under all options, whatever its bytes.
  ///
  /// What two builds print for the same lines differs where their answers do.
  static func answerAll(_ input: FileHandle) {
    let parsers = [false, true].flatMap { writesASCII in
      [false, true].map { EmailParser(writesASCIIDomains: writesASCII, correctsTypos: $0) }
    }
    let lines = input.readDataToEndOfFile().split(separator: 0x0A, omittingEmptySubsequences: false)
    var answers: [UInt8] = []
    for line in lines {
      let text = EscapedLine.bytes(of: line)
      for parser in parsers {
        answers += Array("normalize ".utf8)
        append(parser.normalize(text.span, into: &answers), to: &answers)
        answers += Array("validate ".utf8)
        append(parser.validate(text.span, into: &answers), to: &answers)
      }
      answers.append(0x0A)
      guard answers.count > 1 << 16 else { continue }
      FileHandle.standardOutput.write(Data(answers))
      answers.removeAll(keepingCapacity: true)
    }
    FileHandle.standardOutput.write(Data(answers))
  }

  private static func append(_ result: EmailResult, to answers: inout [UInt8]) {
    switch result {
    case .address(let remarks): answers += Array(" \(remarks.rawValue)\t".utf8)
    case .problem(let problem): answers += Array("\(problem)\t".utf8)
    }
  }
}
