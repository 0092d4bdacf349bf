import EmailAddresses

/// Answers the lines of scripts/email_oracle.py.
enum EmailAnswers {
  /// The verdict on an address, `valid<TAB>normalized` or `invalid<TAB>reason`.
  static func answer(_ line: String) -> String {
    var output: [UInt8] = []
    switch EmailParser().validate(EscapedLine.bytes(of: line[...]).span, into: &output) {
    case .address: return "valid\t" + String(decoding: output, as: UTF8.self)
    case .problem(let problem): return "invalid\t\(problem)"
    }
  }
}
