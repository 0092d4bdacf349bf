import EmailAddresses

/// Answers the lines of scripts/email_oracle.py.
enum EmailAnswers {
  /// The verdict on an address, `valid<TAB>normalized` or `invalid<TAB>reason`.
  static func answer(_ line: String) -> String {
    var output: [UInt8] = []
    switch EmailParser().validate(unescaped(line).span, into: &output) {
    case .address: return "valid\t" + String(decoding: output, as: UTF8.self)
    case .problem(let problem): return "invalid\t\(problem)"
    }
  }

  private static func unescaped(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        switch byte {
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "0"): bytes.append(0)
        default: bytes.append(byte)
        }
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
