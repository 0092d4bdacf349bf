import EmailAddresses
import Foundation
import Testing

/// The verdicts of `email-validator` on addresses that `scripts/email_oracle.py` made up.
@Suite("the verdicts of another validator")
struct EmailOracleTests {
  /// The table; an address a line behind its verdict.
  static let table: [(isValid: Bool, address: String)] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/email-validator-2.4.0.tsv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map { line in
      let columns = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      return (columns[0] == "valid", unescaped(columns.last ?? ""))
    }
  }()

  /// Undoes `\n`, `\r`, `\0`, `\\` and `\u{…}`.
  private static func unescaped(_ text: Substring) -> String {
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let kind = rest.popFirst() else {
        result.append(scalar)
        continue
      }
      switch kind {
      case "n": result.append("\n")
      case "r": result.append("\r")
      case "0": result.append("\0")
      case "u":
        let digits = rest.dropFirst().prefix { $0 != "}" }
        rest = rest.dropFirst(digits.count + 2)
        if let value = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(value) {
          result.append(scalar)
        }
      default: result.append(kind)
      }
    }
    return String(result)
  }

  /// Whether ferry means to differ: `scripts/email_oracle.py` has the reasons.
  private func isIntended(_ address: String, _ problem: EmailProblem?) -> Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    let domain = parts.last?.lowercased() ?? ""
    switch problem {
    case .tooLong:
      return address.dropLast(domain.count + 1).utf8.count > 64
    case .dotlessDomain: return domain == "test"
    case .localPart: return address.unicodeScalars.contains("\u{FFFD}")
    case nil:
      return domain.split(separator: ".").count == 1
        || ["arpa", "invalid", "local", "localhost", "onion"].contains {
          domain == $0 || domain.hasSuffix("." + $0)
        }
    default: return false
    }
  }

  @Test("two thousand addresses are judged as email-validator judges them")
  func agrees() {
    #expect(Self.table.count > 1900)
    for (isValid, address) in Self.table {
      var output: [UInt8] = []
      var problem: EmailProblem?
      if case .problem(let found) = EmailParser().validate(Array(address.utf8).span, into: &output)
      {
        problem = found
      }
      #expect(
        isValid == (problem == nil) || isIntended(address, problem),
        "\(address.debugDescription): \(problem.map { "\($0)" } ?? "valid")")
    }
  }

  @Test("what is valid by the standards stays so, in either form of its domain")
  func roundTrips() {
    let parsers = [EmailParser(), EmailParser(writesASCIIDomains: true)]
    for (_, address) in Self.table {
      for parser in parsers {
        let once = EmailText.validated(address, parser)
        // A tilde in front must be the sign of a remark.
        guard once.contains("@"), !address.hasPrefix("~") else { continue }
        let text = once.hasPrefix("~") ? String(once.dropFirst()) : once
        for other in parsers {
          let there = EmailText.validated(text, other)
          let form = there.hasPrefix("~") ? String(there.dropFirst()) : there
          let back = EmailText.validated(form, parser)
          #expect(back == text || back == "~" + text, "\(text)")
        }
        #expect(EmailText.validated(text, parser) == text)
      }
    }
  }
}
