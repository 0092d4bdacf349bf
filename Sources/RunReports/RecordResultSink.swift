import ContactFormats
import ContactModel

/// A result file of a source whose records name their own columns: JSON lines, vCard or xCard.
///
/// JSON lines get a member `ferry` with `row`, `code`, `reason` and `pid`; cards get properties
/// `X-FERRY-ROW` and so on. What an earlier run of ferry added is replaced.
final class RecordResultSink: ResultSink {
  let file: OutputFile
  private(set) var rowCount = 0
  private var writer: RecordWriter
  private let names: [String]
  private var digits = DecimalDigits()

  /// The records of the open batch, each with ferry's columns before its own.
  private var bytes: [UInt8] = []
  private var fieldEnds: [UInt32] = []
  private var recordEnds: [UInt32] = []
  private var lines: [Int] = []
  private var ownHeader: [String] = []
  private var isReplaced: [Bool] = []

  init(file: OutputFile, profile: SourceProfile) {
    self.file = file
    let keys = ["row", "code", "reason", "pid"]
    names =
      profile.format == .jsonLines
      ? keys.map { "ferry.\($0)" } : keys.map { "X-FERRY-\($0.uppercased())" }
    writer = RecordWriter(
      settings: WriterSettings(format: profile.format, isCompressed: false), header: [])
  }

  func append(_ record: Int, of batch: RecordBatch, note: OutcomeNote) throws(OutputError) {
    if batch.header.count != ownHeader.count {
      ownHeader = batch.header
      isReplaced = ownHeader.map { names.contains($0) }
    }
    digits.write(note.row)
    add(digits.bytes)
    add(note.code)
    add(note.reason)
    if let pid = note.pid { digits.write(pid) }
    add(note.pid == nil ? [] : digits.bytes)
    for (column, index) in batch.fieldIndexes(ofRecord: record).enumerated() {
      let isLeftOut = column < isReplaced.count && isReplaced[column]
      add(isLeftOut ? [] : batch.bytes[batch.fieldRange(at: index)])
    }
    recordEnds.append(UInt32(fieldEnds.count))
    lines.append(batch.lines[record])
    rowCount += 1
  }

  func endBatch(header: [String]) throws(OutputError) {
    guard !recordEnds.isEmpty else { return }
    writer.append(
      RecordBatch(
        bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines, firstRecord: 1,
        header: names + header, hasFieldLines: false))
    bytes.removeAll(keepingCapacity: true)
    fieldEnds.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    // What a format cannot hold did not come from a file of it: there is nothing to be said here.
    _ = writer.takeIssues()
    try file.append(writer.takeBytes())
  }

  func commit() throws(OutputError) -> WrittenFile {
    writer.finish()
    try file.append(writer.takeBytes())
    return try file.commit()
  }

  private func add(_ value: some Sequence<UInt8>) {
    bytes.append(contentsOf: value)
    fieldEnds.append(UInt32(bytes.count))
  }
}
