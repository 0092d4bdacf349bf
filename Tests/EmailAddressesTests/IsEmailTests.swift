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
    var diagnosis: String
  }

  static let cases: [Case] = {
    let file = URL(filePath: #filePath).resolvingSymlinksInPath()
      .appending(path: "../../../../shared/corpora/cases/email_isemail.jsonl").standardized
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      try? JSONDecoder().decode(Case.self, from: Data(line.utf8))
    }
  }()

  private static func cases(of categories: Set<String>) -> [Case] {
    cases.filter { categories.contains($0.category) }
  }

  @Test(
    "errors are refused by the standards, and never taken as they stand",
    .enabled(if: !cases.isEmpty, "../shared/corpora is absent"))
  func errors() {
    let errors = Self.cases(of: ["ISEMAIL_ERR"])
    #expect(!errors.isEmpty)
    for test in errors {
      #expect(!EmailText.validated(test.address).contains("@"), "\(test.id): \(test.address)")
      #expect(EmailText.normalized(test.address) != test.address, "\(test.id): \(test.address)")
    }
  }

  @Test(
    "valid addresses are accepted, those without a server in the DNS too",
    .enabled(if: !cases.isEmpty, "../shared/corpora is absent"))
  func valid() {
    let valid = Self.cases(of: ["ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN"])
    #expect(!valid.isEmpty)
    for test in valid {
      let result = EmailText.validated(test.address)
      // The domain of one case is an A-label, which is written as its U-label.
      let expected = test.address.contains("xn--h") ? "~test@παράδειγμα.δοκιμή" : test.address
      #expect(result == expected, "\(test.id): \(test.address)")
      #expect(EmailText.normalized(test.address).hasSuffix(expected.drop { $0 == "~" }))
    }
  }

  @Test(
    "what the standards have for other places, or once had, is refused",
    .enabled(if: !cases.isEmpty, "../shared/corpora is absent"))
  func others() {
    // Quoted parts, address literals, comments, folding white space and what is too long.
    let others = Self.cases(of: [
      "ISEMAIL_RFC5321", "ISEMAIL_RFC5322", "ISEMAIL_CFWS", "ISEMAIL_DEPREC",
    ])
    #expect(!others.isEmpty)
    for test in others {
      #expect(!EmailText.validated(test.address).contains("@"), "\(test.id): \(test.address)")
    }
    let known: Set = [
      "ISEMAIL_ERR", "ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN", "ISEMAIL_RFC5321",
      "ISEMAIL_RFC5322", "ISEMAIL_CFWS", "ISEMAIL_DEPREC",
    ]
    #expect(Self.cases.allSatisfy { known.contains($0.category) })
  }
}
