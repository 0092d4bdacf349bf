import ContactModel
import Foundation
import Testing

@testable import ContactFormats

/// calamine's workbooks (MIT), read by ferry and by openpyxl 3.1.5.
///
/// What openpyxl makes of them is in `Fixtures/calamine-openpyxl.json`, as digests; the script that
/// writes it, `scripts/generate_xlsx_expectations.py`, says by which rules cells are compared.
@Suite("Conformance: calamine's workbooks")
struct CalamineTests {
  @Test(
    "every sheet of a workbook holds what openpyxl finds in it",
    .enabled(if: Corpora.isPresent, Corpora.absence))
  func valuesAreThoseOfOpenpyxl() throws {
    let folder = Corpora.folder.appendingPathComponent("xlsx/calamine/tests")
    let expectations = try JSONDecoder().decode(
      [String: Expectation].self, from: Data(contentsOf: Self.expectations))
    var score = ConformanceScore(suite: "calamine", reference: "openpyxl 3.1.5")
    for (name, expected) in expectations.sorted(by: { $0.key < $1.key }) {
      let file = MemoryBytes(
        bytes: [UInt8](try Data(contentsOf: folder.appendingPathComponent(name))))
      let reason = difference(of: file, from: expected)
      score.count(name, passed: reason == nil, reason: reason ?? "")
    }
    score.finish(atLeast: 55, of: 65)
  }

  private static let expectations = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/calamine-openpyxl.json")

  /// What openpyxl says of a workbook.
  private struct Expectation: Decodable {
    struct Sheet: Decodable, Equatable {
      var name: String
      /// Digests by row number.
      var rows: [String: String]
    }
    var refused: String?
    var sheets: [Sheet]?
  }

  /// How ferry's reading differs; `nil` where it does not.
  private func difference(of file: MemoryBytes, from expected: Expectation) -> String? {
    do throws(FormatError) {
      let names = try Workbook(file).sheets.map(\.name)
      var found: [Expectation.Sheet] = []
      for name in names {
        found.append(Expectation.Sheet(name: digest(name), rows: try rows(of: name, in: file)))
      }
      if let refused = expected.refused {
        return "openpyxl refuses it (\(refused)); ferry reads \(found.map(\.rows.count)) rows"
      }
      let sheets = expected.sheets ?? []
      if sheets == found { return nil }
      guard sheets.count == found.count else {
        return "openpyxl finds \(sheets.count) sheets, ferry \(found.count)"
      }
      let places = zip(sheets, found).enumerated().flatMap { index, pair in
        Set(pair.0.rows.keys).union(pair.1.rows.keys).filter { pair.0.rows[$0] != pair.1.rows[$0] }
          .map { "\(index + 1):\($0)" }
      }
      return "different rows (sheet:row): \(places.sorted().joined(separator: " "))"
    } catch {
      let answer = "\(error.code.rawValue): \(error.message(in: .english))"
      return expected.refused.map { "openpyxl refuses it (\($0)), and so does ferry: \(answer)" }
        ?? "ferry refuses it: \(answer)"
    }
  }

  /// The digests of a sheet's rows by their numbers.
  private func rows(of name: String, in file: MemoryBytes) throws(FormatError) -> [String: String] {
    var rows: [String: String] = [:]
    let settings = ReaderSettings(header: .none, sheet: name)
    do throws(FormatError) {
      var reader = try XLSXReader(file, settings: settings) { () throws(FormatError) in
        throw FormatError(.spillFailed)
      }
      while let batch = try reader.nextBatch() {
        for record in 0..<batch.count {
          let cells = (0..<batch.fieldCount(ofRecord: record)).map {
            ($0, batch.text(record: record, field: $0))
          }
          let text = cells.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1)\n" }.joined()
          if !text.isEmpty { rows["\(batch.lines[record])"] = digest(text) }
        }
      }
    } catch {
      // A sheet without a row is an answer here.
      if error.code != .empty { throw error }
    }
    return rows
  }

  /// FNV-1a with 64 bits, in hexadecimal.
  private func digest(_ text: String) -> String {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// A file in memory.
private struct MemoryBytes: RandomAccessBytes {
  var bytes: [UInt8]
  var count: Int { bytes.count }

  func read(_ range: Range<Int>, into target: inout [UInt8]) throws(FormatError) {
    target = Array(bytes[range])
  }
}
