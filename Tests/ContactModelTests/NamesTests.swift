import Testing

@testable import ContactModel

@Suite("names that are part of ferry's interface")
struct NamesTests {
  @Test("fields have names of their own, as the API spells them")
  func fieldNames() {
    let names = PersonField.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.wholeMatch(of: /(socials\.)?[a-z]+(_[a-z]+)?[0-9]*/) != nil, "\(name)")
      #expect(PersonField(rawValue: name)?.name == name)
    }
    #expect(PersonField.dateCreate.name == "date_create")
  }

  @Test("the eight social contacts, and only they, have a key inside socials")
  func socials() {
    let keys = PersonField.allCases.compactMap(\.socialKey)
    // crm/API.md lists them in this order.
    #expect(
      keys == ["blog", "mysite", "twitter", "icq", "skype", "google", "yandex", "mykrug"])
    #expect(PersonField.socials.compactMap(\.socialKey) == keys)
    #expect(PersonField.allCases.filter { $0.socialKey != nil } == PersonField.socials)
  }

  @Test("what the server assigns cannot be written")
  func writable() {
    let readOnly = PersonField.allCases.filter { !$0.isWritable }
    #expect(readOnly == [.pid, .iduser, .client, .dateEdit])
  }

  @Test("issues have identifiers of their own: lower case, a dot, hyphens")
  func issueCodes() {
    let identifiers = IssueCode.allCases.map(\.identifier)
    #expect(Set(identifiers).count == identifiers.count)
    for identifier in identifiers {
      #expect(identifier.wholeMatch(of: /[a-z]+\.[a-z]+(-[a-z]+)*/) != nil, "\(identifier)")
    }
  }

  @Test("an issue is as bad as its code, and notes are milder than warnings and errors")
  func severities() {
    #expect(Issue(.phoneTooShort, record: 0).severity == .error)
    #expect(Issue(.phoneRepaired, record: 0).severity == .note)
    #expect(Issue(.tooFewFields, record: 0).severity == .error)
    #expect(Issue(.strayQuote, record: 0).severity == .warning)
    #expect(IssueSeverity.allCases.sorted() == [.note, .warning, .error])
    #expect(IssueSeverity.warning < .error)
    #expect(!(IssueSeverity.error < .error))
  }

  @Test("an issue's numbers are kept within what they can hold")
  func issueNumbers() {
    let issue = Issue(.placeholder, record: 3, sourceColumn: 70_000, detail: Int.max)
    #expect(issue.record == 3)
    #expect(issue.sourceColumn == Int16.max)
    #expect(issue.detail == Int32.max)
    #expect(Issue(.missingRequired, record: 0).sourceColumn == -1)
  }

  @Test("a location shows as editors and terminals want it")
  func location() {
    let location = SourceLocation(file: "contacts.csv", line: 1042, record: 7, column: "Phone")
    #expect("\(location)" == "contacts.csv:1042")
  }

  @Test("a language picks its own sentence, and makes no other")
  func languages() {
    var made = 0
    func sentence(_ text: String) -> String {
      made += 1
      return text
    }
    #expect(Language.english.pick(sentence("yes"), sentence("да")) == "yes")
    #expect(Language.russian.pick(sentence("yes"), sentence("да")) == "да")
    #expect(made == 2)
  }
}
