import ContactFormats
import JSONSyntax
import Testing

/// PapaParse's own cases, as far as ferry's dialects have what their configuration asks for.
///
/// Where ferry differs on purpose, the comparison says so:
/// - Blank lines are no records, so rows of one empty field do not count.
/// - Quotes that PapaParse reports as malformed run to the end of its input; ferry gives them up
///   after a record. There, ferry has to report a quote too, and to keep every letter.
/// - PapaParse ends the last line of what it writes without a line end.
@Suite("PapaParse")
struct PapaParseTests {
  /// Keys of the configuration that no dialect of ferry has, and why.
  private static let otherKeys = [
    "comments": "lines that are comments", "dynamicTyping": "values with types",
    "preview": "reading a part", "fastMode": "a promise that there are no quotes",
    "columns": "selecting columns while writing", "quotes": "quotes where none are needed",
  ]

  @Test("cases in ferry's dialects", .enabled(if: Corpora.isPresent, Corpora.absence))
  func cases() throws {
    var score = ConformanceScore(suite: "PapaParse", reference: "its own expected data")
    var leftOut: [String: Int] = [:]
    for line in try Corpora.bytes("cases/csv_papaparse.jsonl").split(separator: 0x0A) {
      let value = try JSONValue(parsing: Array(line))
      let papaCase = PapaParseCase(value)
      if let reason = papaCase.reasonToLeaveOut(Self.otherKeys) {
        leftOut[reason, default: 0] += 1
        continue
      }
      let problem = papaCase.isWriting ? papaCase.writingProblem : papaCase.readingProblem
      score.count(papaCase.name, passed: problem == nil, reason: problem ?? "")
    }
    for (reason, count) in leftOut.sorted(by: { $0.key < $1.key }) {
      print("conformance:   left out \(count) PapaParse cases: \(reason)")
    }
    let inDialect = score.total
    #expect(inDialect + leftOut.values.reduce(0, +) == 201)
    score.finish(atLeast: (inDialect * 95 + 99) / 100)
  }
}
