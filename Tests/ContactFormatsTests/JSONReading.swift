import ContactModel
import TestSupport

@testable import ContactFormats

/// Reads chunks the way a caller does and returns plain rows, for comparison.
func readJSON(_ chunks: [[UInt8]]) -> JSONContent {
  var reader = JSONLinesReader()
  var content = JSONContent()
  do throws(FormatError) {
    for chunk in chunks {
      var place = 0
      while place < chunk.count {
        place += try reader.read(chunk.span, from: place)
        if reader.isBatchFull, let batch = reader.takeBatch() { content.append(batch) }
      }
    }
    try reader.finish()
  } catch {
    content.error = error
  }
  while let batch = reader.takeBatch() { content.append(batch) }
  content.header = reader.header
  return content
}

/// Reads a text in one piece.
func readJSON(_ text: String) -> JSONContent { readJSON([Array(text.utf8)]) }

/// Records as text, with the physical line each begins on, and the issues found.
struct JSONContent: Equatable, CustomStringConvertible {
  var header: [String] = []
  /// Every record's values that are not empty, by column.
  var rows: [[String: String]] = []
  var widths: [Int] = []
  var lines: [Int] = []
  /// Record number, code and detail, such as `2 json.invalid-record 7`.
  var issues: [String] = []
  var error: FormatError?

  /// A column's values that are not empty, in the records' order.
  func values(of column: String) -> [String] { rows.compactMap { $0[column] } }

  mutating func append(_ batch: RecordBatch) {
    for record in 0..<batch.count {
      var row: [String: String] = [:]
      for field in 0..<batch.fieldCount(ofRecord: record) {
        let text = batch.text(record: record, field: field)
        if !text.isEmpty { row[batch.header[field]] = text }
      }
      rows.append(row)
      widths.append(batch.fieldCount(ofRecord: record))
      lines.append(batch.lines[record])
    }
    issues += batch.issues.map {
      "\(batch.recordNumber(Int($0.record))) \($0.code.identifier) \($0.detail)"
    }
  }

  var description: String {
    "\(rows) lines \(lines) issues \(issues) \(error.map { "\($0)" } ?? "")"
  }
}
