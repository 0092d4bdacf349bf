import EmailAddresses
import Foundation
import Testing

/// The cases of Dominic Sayers' isemail, where they are at hand.
@Suite("the cases of isemail")
struct IsEmailTests {
  struct Case: Decodable {
    var id: String
    var address: String
    var category: String
  }

  static let cases: [Case] = {
    let file = URL(filePath: #filePath).resolvingSymlinksInPath()
      .appending(path: "../../../../shared/corpora/cases/email_isemail.jsonl").standardized
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      try? JSONDecoder().decode(Case.self, from: Data(line.utf8))
    }
  }()

  /// Whether a domain is refused here although the standard allows it: one label, or a last label
  /// of one letter.
  private func isTooShort(_ address: String) -> Bool {
    let labels = address.drop { $0 != "@" }.dropFirst().split(separator: ".")
    return labels.count < 2 || labels.last?.count == 1
  }

  @Test(
    "errors are refused or repaired, valid addresses accepted",
    .enabled(if: !cases.isEmpty, "../shared/corpora is absent"))
  func agrees() {
    for test in Self.cases {
      var output: [UInt8] = []
      let result = EmailParser.normalize(Array(test.address.utf8).span, into: &output)
      switch test.category {
      case "ISEMAIL_ERR": #expect(result != .valid, "\(test.id): \(test.address)")
      case "ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN":
        #expect(
          result == (isTooShort(test.address) ? .problem(.domain) : .valid),
          "\(test.id): \(test.address)")
      default: break
      }
    }
  }
}
