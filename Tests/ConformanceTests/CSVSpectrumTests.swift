import ContactFormats
import JSONSyntax
import Testing

@Suite("csv-spectrum")
struct CSVSpectrumTests {
  @Test(
    "every file is the table of the JSON beside it",
    .enabled(if: Corpora.isPresent, Corpora.absence))
  func files() throws {
    var score = ConformanceScore(suite: "csv-spectrum", reference: "the JSON beside each file")
    for name in try Corpora.names(in: "csv/csv-spectrum/csvs") {
      let stem = name.replacing(".csv", with: "")
      let golden = try JSONValue(
        parsing: try Corpora.bytes("csv/csv-spectrum/json/\(stem).json"))
      let expected = golden.elements?.map { object in
        (object.members ?? []).map { [$0.key, $0.value.string ?? ""] }
      }
      let table = try CSVTable(try Corpora.bytes("csv/csv-spectrum/csvs/\(name)"))
      let found = table.rows.map { row in zip(table.header, row).map { [$0, $1] } }
      let isRectangular = table.rows.allSatisfy { $0.count == table.header.count }
      score.count(
        stem, passed: found == expected && isRectangular && table.codes.allSatisfy(\.isEmpty),
        reason: "\(found)")
    }
    score.finish(atLeast: 11, of: 11)
  }
}
