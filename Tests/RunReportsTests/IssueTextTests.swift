import ContactModel
import Foundation
import Testing

@testable import RunReports

@Suite struct IssueTextTests {
  @Test("the figures of an issue stand in its sentence, with the right plural")
  func figures() {
    func short(_ digits: Int, _ language: Language) -> String {
      IssueText.message(
        for: Issue(.phoneTooShort, record: 0, sourceColumn: 1, detail: digits), in: language)
    }
    #expect(short(6, .english) == "phone has 6 digits, too few for its country")
    #expect(short(1, .english) == "phone has 1 digit, too few for its country")
    #expect(short(0, .english) == "phone has too few digits for its country")
    #expect(short(6, .russian) == "в телефоне 6 цифр, для его страны этого мало")
    #expect(short(3, .russian) == "в телефоне 3 цифры, для его страны этого мало")
    #expect(short(1, .russian) == "в телефоне 1 цифра, для его страны этого мало")
  }

  @Test("a missing field is named")
  func missing() {
    let issue = Issue(.missingRequired, record: 0, field: .person)
    #expect(
      IssueText.message(for: issue, in: .english) == "the required field 'person' is empty")
    #expect(
      IssueText.message(for: issue, in: .russian) == "обязательное поле 'person' пусто")
  }

  @Test(
    "every kind has a sentence of its own in both languages, without a full stop",
    arguments: Language.allCases)
  func sentences(language: Language) {
    let sentences = IssueCode.allCases.map { IssueText.message(for: $0, in: language) }
    #expect(Set(sentences).count == IssueCode.allCases.count, "no two kinds say the same")
    for sentence in sentences {
      #expect(!sentence.isEmpty && !sentence.hasSuffix("."))
      #expect(sentence.contains { ("а"..."я").contains($0) } == (language == .russian))
    }
  }

  @Test("whatever has to be put right comes with a cure, and nothing else does")
  func hints() {
    for code in IssueCode.allCases {
      for language in Language.allCases {
        let hint = IssueText.hint(for: code, in: language)
        #expect((hint == nil) == (code.severity == .note), "\(code.rawValue)")
      }
    }
  }

  /// The rows of the tables in `docs/issues.md`: code, severity, meaning, cure.
  static func documentedIssues() throws -> [[String]] {
    let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    let document = tests.appending(path: "../../docs/issues.md").standardized
    return try String(contentsOf: document, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("| `") }
      .map { line in
        line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
  }

  @Test("docs/issues.md explains every code, in order, with its severity and a cure")
  func document() throws {
    let rows = try Self.documentedIssues()
    #expect(rows.map { $0[0] } == IssueCode.allCases.map { "`\($0.rawValue)`" })
    #expect(rows.map { $0[1] } == IssueCode.allCases.map(\.severity.rawValue))
    for row in rows {
      try #require(row.count == 4)
      #expect(row[2].hasSuffix(".") && row[3].hasSuffix("."))
      #expect((row[3] == "Nothing.") == (row[1] == "note"), "\(row[0])")
    }
  }

  @Test("every outcome that needs an explanation has one in both languages")
  func outcomes() {
    let explained: [Outcome] = [
      .duplicate(pid: 1), .failed(.refused), .failed(.requestRefused), .failed(.fatal), .uncertain,
      .notAttempted,
    ]
    for language in Language.allCases {
      #expect(Set(explained.map { OutcomeText.reason(of: $0, in: language) }).count == 6)
      #expect(
        Set(OutcomeKind.allCases.map { OutcomeText.name(of: $0, in: language) }).count
          == OutcomeKind.allCases.count)
      #expect(OutcomeText.reason(of: .created(pid: 1), in: language).isEmpty)
    }
  }
}
