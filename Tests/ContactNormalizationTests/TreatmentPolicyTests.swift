import ContactModel
import ContactNormalization
import TestSupport
import Testing

/// Every treatment under every policy, from one, several and joined source columns.
@Suite("treatments and policies")
struct TreatmentPolicyTests {
  typealias Row = NormalizerHarness.Row

  /// A treatment, a good cell with its canonical form, another, and a bad cell with its issue.
  struct Sample: Sendable, CustomStringConvertible {
    var treatment: ValueTreatment
    var good: (cell: String, value: String)
    var other: (cell: String, value: String)
    var bad: (cell: String, issue: String, detail: Int)
    var description: String { treatment.rawValue }
  }

  static let samples: [Sample] = [
    Sample(
      treatment: .phone, good: ("8 342 206 72 02", "+7(342)206-72-02"),
      other: ("89021234567", "+7(902)123-45-67"), bad: ("12345", "phone.no-area-code", 5)),
    Sample(
      treatment: .email, good: ("A@B.ru", "A@b.ru"), other: ("c@d.ru", "c@d.ru"),
      bad: ("x@y", "email.domain", 0)),
    Sample(
      treatment: .date, good: ("5.3.1978", "1978-03-05"), other: ("20010203", "2001-02-03"),
      bad: ("31.02.1978", "date.impossible", 0)),
    Sample(
      treatment: .number, good: ("007", "7"), other: ("12.0", "12"),
      bad: ("x1", "number.invalid", 0)),
  ]

  private func harness(
    _ sample: Sample, sources: [Int], isJoined: Bool = false, _ policy: InvalidPolicy
  ) throws -> NormalizerHarness {
    try NormalizerHarness(
      ContactSchema(
        columns: [
          ContactColumn(
            field: .input1, sources: sources, isJoined: isJoined, treatment: sample.treatment)
        ], invalid: policy))
  }

  /// What is left of a bad cell under a policy.
  private func kept(_ sample: Sample, _ policy: InvalidPolicy) -> String {
    policy == .keep ? sample.bad.cell : ""
  }

  private func issue(_ sample: Sample, at column: Int) -> String {
    "\(sample.bad.issue)@\(column)" + (sample.bad.detail == 0 ? "" : "=\(sample.bad.detail)")
  }

  @Test("one source", arguments: samples, InvalidPolicy.allCases)
  func single(sample: Sample, policy: InvalidPolicy) throws {
    let harness = try harness(sample, sources: [7], policy)
    #expect(
      harness.cell(sample.good.cell)
        == Row(values: [sample.good.value], issues: [], isRejected: false))
    #expect(
      harness.cell(" \t\(sample.good.cell)\u{A0}")
        == Row(values: [sample.good.value], issues: [], isRejected: false))
    #expect(
      harness.cell(sample.bad.cell)
        == Row(
          values: [kept(sample, policy)], issues: [issue(sample, at: 7)],
          isRejected: policy == .reject))
    #expect(harness.cell("") == Row(values: [""], issues: [], isRejected: false))
    #expect(harness.cell(" \u{A0}\n") == Row(values: [""], issues: [], isRejected: false))
    #expect(
      harness.cell("нет")
        == Row(values: [""], issues: ["value.placeholder@7"], isRejected: false))
  }

  @Test(
    "several sources: each cell by itself, with its own column", arguments: samples,
    InvalidPolicy.allCases)
  func several(sample: Sample, policy: InvalidPolicy) throws {
    let harness = try harness(sample, sources: [3, 8, 5], policy)
    let (good, other) = (sample.good.value, sample.other.value)
    let bad = kept(sample, policy)
    #expect(
      harness.row([[sample.good.cell, sample.other.cell, ""]])
        == Row(values: ["\(good), \(other)"], issues: [], isRejected: false))
    #expect(
      harness.row([["", sample.other.cell, " "]])
        == Row(values: [other], issues: [], isRejected: false))
    #expect(
      harness.row([[sample.good.cell, sample.bad.cell, sample.other.cell]])
        == Row(
          values: [bad.isEmpty ? "\(good), \(other)" : "\(good), \(bad), \(other)"],
          issues: [issue(sample, at: 8)], isRejected: policy == .reject))
    #expect(
      harness.row([[sample.bad.cell, "", sample.bad.cell]])
        == Row(
          values: [bad.isEmpty ? "" : "\(bad), \(bad)"],
          issues: [issue(sample, at: 3), issue(sample, at: 5)], isRejected: policy == .reject))
    #expect(
      harness.row([["-", sample.good.cell, "n/a"]])
        == Row(
          values: [good], issues: ["value.placeholder@3", "value.placeholder@5"],
          isRejected: false))
    #expect(harness.row([["", "", ""]]) == Row(values: [""], issues: [], isRejected: false))
  }

  @Test(
    "joined sources: one cell, of the first column that has something", arguments: samples,
    InvalidPolicy.allCases)
  func joined(sample: Sample, policy: InvalidPolicy) throws {
    let harness = try harness(sample, sources: [3, 8, 5], isJoined: true, policy)
    let good = Row(values: [sample.good.value], issues: [], isRejected: false)
    #expect(harness.row([[sample.good.cell, "", ""]]) == good)
    #expect(harness.row([["", " ", sample.good.cell]]) == good)
    #expect(harness.row([["-", sample.good.cell, "—"]]) == good)
    #expect(
      harness.row([["", sample.bad.cell, ""]])
        == Row(
          values: [kept(sample, policy)], issues: [issue(sample, at: 8)],
          isRejected: policy == .reject))
    #expect(harness.row([["", "-", ""]]) == Row(values: [""], issues: [], isRejected: false))
  }

  @Test(
    "one bad value of several rejects the row once, and the others are normalized all the same",
    arguments: InvalidPolicy.allCases)
  func wholeRow(policy: InvalidPolicy) throws {
    let harness = try NormalizerHarness(
      ContactSchema(
        columns: Self.samples.enumerated().map { index, sample in
          ContactColumn(
            field: PersonField.allCases[index + 17], sources: [index * 2],
            treatment: sample.treatment)
        }, invalid: policy))
    for bad in Self.samples.indices {
      let row = Self.samples.indices.map {
        [$0 == bad ? Self.samples[$0].bad.cell : Self.samples[$0].good.cell]
      }
      let values = Self.samples.indices.map {
        $0 == bad ? kept(Self.samples[$0], policy) : Self.samples[$0].good.value
      }
      #expect(
        harness.row(row)
          == Row(
            values: values, issues: [issue(Self.samples[bad], at: bad * 2)],
            isRejected: policy == .reject))
    }
  }

  @Test(
    "text is never invalid, whatever the policy", arguments: InvalidPolicy.allCases,
    ["Иван", "a@", "12", "31.02.1978", "нет", "<b>", "\u{7F}", "日本", "😀"])
  func text(policy: InvalidPolicy, cell: String) throws {
    let row = try NormalizerHarness(.text, invalid: policy).cell(cell)
    #expect(row == Row(values: [cell], issues: [], isRejected: false))
  }

  @Test("joined text has one blank between its parts and keeps those inside")
  func joinedText() throws {
    let harness = try NormalizerHarness(
      ContactSchema(columns: [
        ContactColumn(field: .person, sources: [0, 1, 2], isJoined: true)
      ]))
    for (cells, value) in [
      (["Иванов", "Иван", "Иванович"], "Иванов Иван Иванович"),
      ([" Иванов ", "\u{A0}Иван", "Иванович\n"], "Иванов Иван Иванович"),
      (["Иванов", "", "Иванович"], "Иванов Иванович"), (["", "", "Иванович"], "Иванович"),
      (["", "", ""], ""), (["а  б", "в", ""], "а  б в"), (["а,", "б", ""], "а, б"),
    ] { #expect(harness.row([cells]).values == [value], "\(cells)") }
    #expect(
      harness.row([["Иванов", "-", "Иванович"]])
        == Row(values: ["Иванов Иванович"], issues: ["value.placeholder@1"], isRejected: false))
  }
}
