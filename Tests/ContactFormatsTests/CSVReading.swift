import ContactModel

@testable import ContactFormats

/// Reads chunks the way a caller does and returns plain rows, for comparison.
func readCSV(
  _ chunks: [[UInt8]], dialect: CSVDialect = CSVDialect(), expectedFields: Int? = nil,
  recordsPerBatch: Int = 512
) -> CSVContent {
  var reader = CSVReader(dialect: dialect, recordsPerBatch: recordsPerBatch)
  reader.expectedFields = expectedFields
  var content = CSVContent()
  for chunk in chunks {
    var place = 0
    while place < chunk.count {
      place += reader.read(chunk.span, from: place)
      if reader.isBatchFull, let batch = reader.takeBatch() { content.append(batch) }
    }
  }
  reader.finish()
  if let batch = reader.takeBatch() { content.append(batch) }
  return content
}

/// Records as text, with the physical line each begins on and the issues found.
struct CSVContent: Equatable, CustomStringConvertible {
  var rows: [[String]] = []
  var lines: [Int] = []
  var numbers: [Int] = []
  /// Record number and code, such as `2 csv.stray-quote`.
  var issues: [String] = []

  mutating func append(_ batch: RecordBatch) {
    for record in 0..<batch.count {
      rows.append(
        (0..<batch.fieldCount(ofRecord: record)).map { batch.text(record: record, field: $0) })
      lines.append(batch.lines[record])
      numbers.append(batch.recordNumber(record))
    }
    issues += batch.issues.map {
      "\(batch.recordNumber(Int($0.record))) \($0.code.identifier)"
    }
  }

  var description: String { "\(rows) lines \(lines) issues \(issues)" }
}
