import ContactModel
import Foundation

@testable import ContactFormats

/// Reads chunks the way a caller does and returns records by column, for comparison.
func readXCard(
  _ chunks: [[UInt8]], encoding: TextEncoding? = nil, recordsPerBatch: Int = 512
) -> XCardContent {
  var reader = XCardReader(encoding: encoding, recordsPerBatch: recordsPerBatch)
  var content = XCardContent()
  do throws(FormatError) {
    for chunk in chunks {
      var place = 0
      while place < chunk.count {
        place += try reader.read(chunk.span, from: place)
        while reader.isBatchFull, let batch = reader.takeBatch() { content.append(batch) }
      }
    }
    try reader.finish()
  } catch {
    content.failure = error
  }
  while let batch = reader.takeBatch() { content.append(batch) }
  return content
}

/// Reads a text given as one.
func readXCard(_ text: String) -> XCardContent { readXCard([Array(text.utf8)]) }

/// The records of cards: what each column holds, the lines they begin on, issues, and how it ended.
struct XCardContent: Equatable {
  var records: [[String: String]] = []
  var lines: [Int] = []
  /// Record number and code, such as `2 xcard.element-left-out`.
  var issues: [String] = []
  var failure: FormatError?

  mutating func append(_ batch: RecordBatch) {
    for record in 0..<batch.count {
      var values: [String: String] = [:]
      for field in 0..<batch.fieldCount(ofRecord: record) {
        let text = batch.text(record: record, field: field)
        if !text.isEmpty { values[batch.header[field]] = text }
      }
      records.append(values)
      lines.append(batch.lines[record])
    }
    issues += batch.issues.map { "\(batch.recordNumber(Int($0.record))) \($0.code.identifier)" }
  }
}

/// A file in `Fixtures/xcard`.
func xCardFixture(_ name: String) throws -> [UInt8] {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Fixtures/xcard/\(name)")))
}
