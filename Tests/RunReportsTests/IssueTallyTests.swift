import ContactFormats
import ContactModel
import TestSupport
import Testing

@testable import RunReports

@Suite struct IssueTallyTests {
  static func tally(showsValues: Bool = false) -> IssueTally {
    var tally = IssueTally(showsValues: showsValues)
    tally.add(Sample.issues, of: Sample.people, file: "people.csv")
    return tally
  }

  @Test("issues are counted by kind, column and severity")
  func counts() {
    let tally = Self.tally()
    #expect(tally[.phoneTooShort] == 2)
    #expect(tally[.emailNoAt] == 1)
    #expect(tally[.dateImpossible] == 0)
    #expect(tally[.error] == 4)
    #expect(tally[.note] == 1)
    #expect(tally[.warning] == 0)
    #expect(tally.total == 5)
    #expect(tally.columns(of: .phoneTooShort).map(\.column) == ["Телефон"])
    #expect(tally.columns(of: .missingRequired).map(\.column) == [nil])
  }

  @Test("the worst come first, then the most frequent, then by name")
  func order() {
    #expect(
      Self.tally().codes == [.phoneTooShort, .emailNoAt, .missingRequired, .phoneRepaired])
  }

  @Test("an example says where it is, and shows a value only where asked")
  func examples() {
    let expected = SourceLocation(file: "people.csv", line: 2, record: 1, column: "Телефон")
    let hidden = Self.tally().examples(of: .phoneTooShort)
    #expect(hidden.map(\.location.record) == [1, 3])
    #expect(hidden.first?.location == expected)
    #expect(hidden.allSatisfy { $0.value == nil })
    let shown = Self.tally(showsValues: true).examples(of: .phoneTooShort)
    #expect(shown.map(\.value) == ["20-67", "12; 13"])
    #expect(Self.tally(showsValues: true).examples(of: .missingRequired).first?.value == nil)
  }

  @Test("the line of an example counts line breaks inside earlier fields of its record")
  func lines() {
    var tally = IssueTally()
    let batch = Sample.batch([["a\nb", "\r\n", "x"]], header: [])
    tally.add(
      [Issue(.phoneNoDigits, record: 0, sourceColumn: 2)], of: batch, file: "f")
    #expect(
      tally.examples(of: .phoneNoDigits).first?.location
        == SourceLocation(file: "f", line: 4, record: 1, column: "#3"))
  }

  @Test("only the first few examples are kept, in input order, however many batches come")
  func constantMemory() {
    var tally = IssueTally(examplesPerCode: 3)
    for batch in 0..<100 {
      tally.add(
        [Issue(.emailNoAt, record: 0, sourceColumn: 2), Issue(.emailNoAt, record: 2)],
        of: Sample.batch([["a"], ["b"], ["c"]], firstRecord: batch * 3 + 1), file: "f")
    }
    #expect(tally[.emailNoAt] == 200)
    #expect(tally.examples(of: .emailNoAt).map(\.location.record) == [1, 3, 4])
    #expect(tally.countsByPlace.count == 2)
  }

  @Test("merging tallies of parts gives the tally of the whole", arguments: [1, 2, 3] as [UInt64])
  func merging(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var whole = IssueTally(examplesPerCode: 4)
    var merged = IssueTally(examplesPerCode: 4)
    for _ in 0..<10 {
      let issues = (0..<20).map { _ in
        Issue(
          IssueCode.allCases.randomElement(using: &generator) ?? .placeholder,
          record: Int.random(in: 0..<3, using: &generator),
          sourceColumn: Int.random(in: -1..<4, using: &generator))
      }
      var part = IssueTally(examplesPerCode: 4)
      part.add(issues, of: Sample.people, file: "f")
      merged.merge(part)
      whole.add(issues, of: Sample.people, file: "f")
    }
    #expect(merged == whole, "seed \(seed)")
    #expect(merged.total == 200)
    #expect(merged.codes.reduce(0) { $0 + merged[$1] } == 200)
  }

  @Test("issues without a record are counted, too")
  func columns() {
    var tally = IssueTally()
    tally.add(.unmappedColumn, column: "Комментарий", count: 12)
    tally.add(.unmappedColumn, column: "Пусто", count: 0)
    #expect(tally[.unmappedColumn] == 12)
    #expect(tally.columns(of: .unmappedColumn).map(\.column) == ["Комментарий"])
  }
}
