import ContactFormats
import Foundation
import Testing

/// The Pollock benchmark: one clean table, polluted in 81 ways.
///
/// A file passes if every row that the pollution did not touch comes out as in the clean table, and
/// nothing of the touched ones is lost: a record begins on their line or covers it.
@Suite("Pollock")
struct PollockTests {
  private static let folder = "csv-pollock/pollock/polluted_files/csv"

  /// Files that are not read as they were meant, and why.
  private static let reasons = [
    "file_field_delimiter_0x20.csv": "a space is no delimiter ferry looks for",
    "file_field_delimiter_0x2C_0x20.csv": "a delimiter is one byte; the blank stays in the field",
    "file_quotation_char_0x27.csv": "apostrophes inside are neither doubled nor escaped",
  ]

  @Test("rows that are not polluted are read", .enabled(if: Corpora.isPresent, Corpora.absence))
  func files() throws {
    var score = ConformanceScore(suite: "Pollock", reference: "the clean table's rows")
    let source = try Corpora.bytes("\(Self.folder)/source.csv")
    let clean = try CSVTable(source)
    for name in try Corpora.names(in: Self.folder) {
      let bytes = try Corpora.bytes("\(Self.folder)/\(name)")
      let problem = Self.problem(of: name, bytes, source: source, clean: clean)
      score.count(name, passed: problem == nil, reason: Self.reasons[name] ?? problem ?? "")
    }
    score.finish(atLeast: 78, of: 82)
  }

  /// What is wrong with a file as it was read, if anything is.
  private static func problem(
    of name: String, _ bytes: [UInt8], source: [UInt8], clean: CSVTable
  ) -> String? {
    let table: CSVTable
    do {
      table = try CSVTable(bytes)
    } catch {
      return name == "file_no_payload.csv" && error.code == .empty ? nil : "\(error)"
    }
    // Two rows of the file without an escape have quotes that nothing tells from closing ones.
    if name.hasPrefix("row_") || name == "file_escape_char_0x00.csv" {
      return rowProblem(table, bytes, source: source, clean: clean)
    }
    if name != "file_no_header.csv", table.header != clean.header {
      return "header \(table.header)"
    }
    let expected: [[String]]
    switch name {
    case "file_header_only.csv": expected = []
    case "file_one_data_row.csv": expected = Array(clean.rows.prefix(1))
    default: expected = clean.rows
    }
    let isFollowed = name.hasPrefix("file_multitable") || name.hasPrefix("file_header_multirow")
    if isFollowed { return multipleProblem(table, bytes, clean: clean) }
    return table.rows == expected ? nil : difference(table.rows, expected)
  }

  /// A file with a polluted row: every other line is its record.
  private static func rowProblem(
    _ table: CSVTable, _ bytes: [UInt8], source: [UInt8], clean: CSVTable
  ) -> String? {
    let (found, original) = (lines(of: bytes), lines(of: source))
    guard found.count == original.count else { return "other lines" }
    for (index, line) in original.enumerated() where !line.isEmpty && index > 0 {
      let record = table.lines.lastIndex { $0 <= index + 1 }
      guard let record else { return "line \(index + 1) is missing" }
      if found[index] == line {
        guard table.lines[record] == index + 1, table.rows[record] == clean.rows[index - 1] else {
          return "line \(index + 1) is \(table.rows[record])"
        }
      } else if table.codes[record].isEmpty, table.lines[record] != index + 1 {
        return "line \(index + 1) is lost in record \(record + 1)"
      }
    }
    return table.header == clean.header ? nil : "header \(table.header)"
  }

  /// A file with more rows than the clean table: the clean rows are there, and one for each line.
  private static func multipleProblem(
    _ table: CSVTable, _ bytes: [UInt8], clean: CSVTable
  ) -> String? {
    guard clean.rows.allSatisfy(table.rows.contains) else { return "clean rows are missing" }
    let count = lines(of: bytes).count { !$0.isEmpty }
    return table.allRows.count == count ? nil : "\(table.allRows.count) rows on \(count) lines"
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    // Every line of these files ends with CRLF.
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  private static func difference(_ rows: [[String]], _ expected: [[String]]) -> String {
    for (index, (row, wanted)) in zip(rows, expected).enumerated() where row != wanted {
      return "row \(index + 1) is \(row)"
    }
    return "\(rows.count) rows, not \(expected.count)"
  }
}
