import ContactModel
import TestSupport

@testable import ContactFormats

/// Pushes chunks through a reader the way a caller does and returns plain rows and the profile.
func readRecords(
  _ chunks: [[UInt8]], settings: ReaderSettings = ReaderSettings()
) throws -> (content: CSVContent, profile: SourceProfile?, issues: [ContactModel.Issue]) {
  var reader = RecordReader(settings: settings)
  var content = CSVContent()
  var issues: [ContactModel.Issue] = []
  func take(_ batch: RecordBatch) {
    content.append(batch)
    issues += batch.issues
  }
  for chunk in chunks {
    try reader.push(chunk.span)
    while let batch = try reader.nextBatch() { take(batch) }
  }
  try reader.finish()
  while let batch = try reader.nextBatch() { take(batch) }
  return (content, reader.profile, issues)
}

/// Bytes in pieces of one size; the last may be shorter.
func pieces(of bytes: [UInt8], _ size: Int) -> [[UInt8]] {
  stride(from: 0, to: bytes.count, by: size).map {
    Array(bytes[$0..<min($0 + size, bytes.count)])
  }
}
