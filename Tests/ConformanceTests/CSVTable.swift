import ContactModel
import Foundation

@testable import ContactFormats

/// A delimited file as ferry reads it, in plain rows.
struct CSVTable {
  var header: [String] = []
  var rows: [[String]] = []
  /// The physical line each row begins on.
  var lines: [Int] = []
  /// The codes of each row's issues.
  var codes: [[IssueCode]] = []
  var profile = SourceProfile()

  /// Reads a file in pieces of one size.
  init(
    _ bytes: [UInt8], settings: ReaderSettings = ReaderSettings(format: .csv),
    pieceSize: Int = 1 << 20
  ) throws(FormatError) {
    var reader = RecordReader(settings: settings)
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      try reader.push(Array(bytes[start..<min(start + pieceSize, bytes.count)]).span)
      while let batch = try reader.nextBatch() { append(batch) }
    }
    try reader.finish()
    while let batch = try reader.nextBatch() { append(batch) }
    profile = reader.profile ?? profile
    header = profile.header
  }

  private mutating func append(_ batch: RecordBatch) {
    for record in 0..<batch.count {
      rows.append(
        (0..<batch.fieldCount(ofRecord: record)).map { batch.text(record: record, field: $0) })
      lines.append(batch.lines[record])
      codes.append(batch.issues.filter { $0.record == record }.map(\.code))
    }
  }

  /// The header, if there is one, and the rows.
  var allRows: [[String]] { header.isEmpty ? rows : [header] + rows }
}

extension Corpora {
  /// A file of the suites.
  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(path)))
  }

  /// The names in a folder of the suites, sorted.
  static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path)
      .sorted()
  }
}
