import ContactModel
import Testing

@testable import RunReports

@Suite("reports show what the CRM stores, where values are shown")
struct StoredTextTests {
  static let issues = [
    Issue(.storedTagsRemoved, record: 0, sourceColumn: 0, field: .person),
    Issue(.storedEmpty, record: 1, sourceColumn: 0, field: .ptitle),
    Issue(.phoneNoDigits, record: 2, sourceColumn: 1, field: .tel),
  ]

  static func storedText(_ issue: ContactModel.Issue) -> String? {
    switch issue.code {
    case .storedTagsRemoved: "5 & more"
    case .storedEmpty: ""
    default: nil
    }
  }

  static func summary(showsValues: Bool) -> RunSummary {
    var summary = Sample.importSummary()
    summary.issues = IssueTally(showsValues: showsValues)
    summary.issues.add(issues, of: Sample.people, file: "f", storedText: storedText)
    return summary
  }

  @Test("examples hold the text only where they hold values")
  func examples() {
    let shown = Self.summary(showsValues: true).issues
    #expect(shown.examples(of: .storedTagsRemoved).map(\.storedText) == ["5 & more"])
    #expect(shown.examples(of: .storedEmpty).map(\.storedText) == [""])
    #expect(shown.examples(of: .phoneNoDigits).map(\.storedText) == [nil])
    let hidden = Self.summary(showsValues: false).issues
    #expect(hidden.examples(of: .storedTagsRemoved).map(\.storedText) == [nil])
  }

  @Test("the text report says it in a line below the value")
  func text() {
    let text = TextReport(Self.summary(showsValues: true), in: .english).text
    #expect(text.contains("    value: Иванов Иван\n    will be stored as: 5 & more\n"))
    #expect(text.contains("    nothing will be stored\n"))
    let russian = TextReport(Self.summary(showsValues: true), in: .russian).text
    #expect(russian.contains("    сохранится как: 5 & more\n"))
    #expect(russian.contains("    не сохранится ничего\n"))
    let hidden = TextReport(Self.summary(showsValues: false), in: .english).text
    #expect(!hidden.contains("stored as") && !hidden.contains("5 & more"))
  }

  @Test("so do the other reports")
  func markup() {
    let summary = Self.summary(showsValues: true)
    #expect(
      HTMLReport(summary, in: .english).text.contains("</q>; will be stored as: 5 &amp; more</li>"))
    let json = String(decoding: JSONReport(summary, in: .english).bytes, as: UTF8.self)
    #expect(json.contains(#""stored": "5 & more""#) || json.contains(#""stored":"5 & more""#))
  }

  @Test("the listing has a column for it")
  func listing() {
    for showsValues in [true, false] {
      var listing = IssueListing(in: .english, showsValues: showsValues)
      listing.append(Self.issues, of: Sample.people, file: "f", storedText: Self.storedText)
      let rows = String(decoding: listing.takeBytes(), as: UTF8.self).split(separator: "\n")
      #expect(rows.count == 4)
      #expect(rows[1].hasSuffix(showsValues ? ",Иванов Иван,5 & more" : ",,"))
      #expect(rows[2].hasSuffix(showsValues ? ",Петрова Анна," : ",,"))
    }
  }

  @Test("the figure of a cut counts characters, and bytes where the CRM counts those")
  func figures() {
    func message(_ field: PersonField, _ limit: Int, _ language: Language) -> String {
      IssueText.message(
        for: Issue(.storedCut, record: 0, field: field, detail: limit), in: language)
    }
    #expect(message(.person, 250, .english) == "the CRM cuts the value at 250 characters")
    #expect(message(.rol, 65_535, .english) == "the CRM cuts the value at 65,535 bytes")
    #expect(
      message(.input10, 512, .russian) == "CRM обрежет значение: поле вмещает 512 символов")
  }
}
