import ContactModel

@testable import ContactFormats

/// Reads chunks of cards the way a caller does, for comparison.
func readCards(
  _ chunks: [[UInt8]], encoding: TextEncoding? = nil, fallback: TextEncoding? = nil,
  recordsPerBatch: Int = 512
) throws -> CardContent {
  var reader = VCardReader(
    encoding: encoding, fallback: fallback, recordsPerBatch: recordsPerBatch)
  var content = CardContent()
  for chunk in chunks {
    var place = 0
    while place < chunk.count {
      place += try reader.read(chunk.span, from: place)
      if reader.isBatchFull, let batch = reader.takeBatch() { content.append(batch) }
    }
  }
  try reader.finish()
  while let batch = reader.takeBatch() { content.append(batch) }
  return content
}

/// Reads cards given as text; line ends as they stand there.
func readCards(_ text: String) throws -> CardContent { try readCards([Array(text.utf8)]) }

/// A card with the given lines and no name of its own, so that only these count.
func card(_ lines: String..., version: String = "3.0") -> String {
  (["BEGIN:VCARD", "VERSION:\(version)"] + lines + ["END:VCARD"]).map { $0 + "\r\n" }.joined()
}

/// Records as `column=value`, in the order of the columns' names, with what was noticed.
struct CardContent: Equatable, CustomStringConvertible {
  var records: [[String]] = []
  var lines: [Int] = []
  /// Record number and code, such as `2 vcard.unfinished`.
  var issues: [String] = []
  /// The columns in the order they were found.
  var header: [String] = []

  mutating func append(_ batch: RecordBatch) {
    for record in 0..<batch.count {
      let fields = (0..<batch.fieldCount(ofRecord: record)).map { field in
        (batch.header[field], batch.text(record: record, field: field))
      }
      records.append(fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1)" }.sorted())
      lines.append(batch.lines[record])
    }
    issues += batch.issues.map { "\(batch.recordNumber(Int($0.record))) \($0.code.identifier)" }
    header = batch.header
  }

  /// Writes the records again and reads what was written.
  static func rewritten(_ bytes: [UInt8], as version: CardVersion) throws -> (
    text: String, content: CardContent
  ) {
    var reader = VCardReader(encoding: nil, fallback: nil)
    var writer = VCardWriter(version: version)
    writer.begin(header: [])
    var place = 0
    var written: [UInt8] = []
    func write(_ batch: RecordBatch) {
      for record in 0..<batch.count { writer.append(batch, record: record, firstField: 0) }
      written += writer.takeBytes()
    }
    while place < bytes.count {
      place += try reader.read(bytes.span, from: place)
      if reader.isBatchFull, let batch = reader.takeBatch() { write(batch) }
    }
    try reader.finish()
    while let batch = reader.takeBatch() { write(batch) }
    writer.finish()
    written += writer.takeBytes()
    return (String(decoding: written, as: UTF8.self), try readCards([written]))
  }

  var description: String { "\(records) lines \(lines) issues \(issues)" }
}
