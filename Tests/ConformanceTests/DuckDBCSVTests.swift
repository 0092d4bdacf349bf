import ContactModel
import Foundation
import Testing

@testable import ContactFormats

/// DuckDB's CSV files: other people's dialects, ragged, broken and compressed.
///
/// There are no expected tables, so a file is held against itself. Every letter of it has to stand in
/// a record, the header or the preamble, once and in order; every record has to stand on the line it
/// says; and no record may differ from the header's width without an issue.
@Suite("DuckDB CSV")
struct DuckDBCSVTests {
  @Test(
    "no row is lost, doubled or silently broken", .enabled(if: Corpora.isPresent, Corpora.absence))
  func files() throws {
    var score = ConformanceScore(suite: "DuckDB CSV", reference: "every letter of the file")
    var notText: [String] = []
    let root = Corpora.folder.appendingPathComponent("csv-duckdb")
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    for path in (paths ?? []).sorted() {
      guard [".csv", ".gz", ".gzz"].contains(where: path.hasSuffix) else { continue }
      var isFolder: ObjCBool = false
      let file = root.appendingPathComponent(path)
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      let bytes = Array(try Data(contentsOf: file))
      do throws(FormatError) {
        let problem = try Self.problem(of: bytes)
        score.count(path, passed: problem == nil, reason: problem ?? "")
      } catch {
        notText.append("\(path): \(error.code.rawValue) \(error.found)")
      }
    }
    for sentence in notText { print("conformance:   no table \(sentence)") }
    #expect(score.total > 450, "most files are tables")
    score.finish(atLeast: score.total)
  }

  private static func problem(of bytes: [UInt8]) throws(FormatError) -> String? {
    let table = try CSVTable(bytes)
    let pieces = try CSVTable(bytes, pieceSize: 1021)
    guard pieces.allRows == table.allRows, pieces.lines == table.lines,
      pieces.codes == table.codes
    else { return "read otherwise in pieces" }
    for (row, codes) in zip(table.rows, table.codes) where codes.isEmpty {
      let isWide = row.dropFirst(table.header.count).contains { !$0.isEmpty }
      if !table.header.isEmpty, row.count < table.header.count || isWide {
        return "an unreported record of \(row.count) fields: \(row)"
      }
    }
    // What a compressed file has to hold is not known here.
    if table.profile.isCompressed { return table.rows.isEmpty ? "no record" : nil }
    return letterProblem(table, bytes)
  }

  private static func letterProblem(_ table: CSVTable, _ bytes: [UInt8]) -> String? {
    if table.codes.joined().contains(.recordTooLong) { return nil }
    var decoder = TextDecoder(encoding: table.profile.encoding)
    var text: [UInt8] = []
    decoder.decode(bytes.span, into: &text)
    decoder.finish(into: &text)
    let dialect = table.profile.dialect
    let letters = Letters(dialect)
    let start = PhysicalLines.start(ofLine: dialect.preambleLines, in: text)
    let expected = letters.only(in: Array(text[start...]))
    let found = letters.only(in: table.allRows.joined().flatMap { Array($0.utf8) })
    if expected != found {
      let place = zip(expected, found).prefix { $0 == $1 }.count
      return "letter \(place) of \(expected.count) differs (\(found.count) found)"
    }
    let starts = lineStarts(of: text)
    for (row, line) in zip(table.rows, table.lines) {
      let first = letters.first(in: Array(row.joined().utf8), from: 0)
      let there = line <= starts.count ? letters.first(in: text, from: starts[line - 1]) : nil
      if first != nil, first != there { return "the record on line \(line) is not there: \(row)" }
    }
    return nil
  }

  /// Where each physical line begins.
  private static func lineStarts(of text: [UInt8]) -> [Int] {
    var starts = [0]
    for index in text.indices {
      let isReturn = text[index] == 0x0D && (index + 1 == text.count || text[index + 1] != 0x0A)
      if text[index] == 0x0A || isReturn { starts.append(index + 1) }
    }
    return starts
  }

  /// The bytes that are neither a part of the dialect, nor blanks, nor line ends.
  private struct Letters {
    private var isLetter = [Bool](repeating: true, count: 256)

    init(_ dialect: CSVDialect) {
      for mark in [dialect.delimiter, dialect.quote, dialect.escape ?? 0, 0, 0x0A, 0x0D, 0x20] {
        isLetter[Int(mark)] = false
      }
    }

    func only(in bytes: [UInt8]) -> [UInt8] { bytes.filter { isLetter[Int($0)] } }

    func first(in bytes: [UInt8], from start: Int) -> UInt8? {
      var index = start
      while index < bytes.count {
        if isLetter[Int(bytes[index])] { return bytes[index] }
        index += 1
      }
      return nil
    }
  }
}
