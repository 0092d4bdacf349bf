import ContactFormats
import ContactModel

/// The columns of a result file: the source's own, then ferry's.
struct ResultColumns {
  /// The columns that ferry adds.
  static let added = ["ferry_row", "ferry_code", "ferry_reason", "ferry_pid"]

  private let header: [String]
  /// Whether a column of the header is taken over; those named `ferry_…` are not.
  private let isKept: [Bool]

  init(header: [String]) {
    self.header = header
    isKept = header.map { name in
      let trimmed = name.drop { $0 == " " }
      return !trimmed.lowercased().hasPrefix("ferry_")
    }
  }

  func writeHeader(to writer: inout CSVWriter) {
    for (name, isKept) in zip(header, isKept) where isKept { writer.append(name) }
    for name in Self.added { writer.append(name) }
    writer.endRecord()
  }

  /// Writes a record's fields up to the header's width.
  func writeOwn(record: Int, of batch: RecordBatch, to writer: inout CSVWriter) {
    let width = header.isEmpty ? batch.fieldCount(ofRecord: record) : header.count
    let bytes = batch.bytes.span
    for field in 0..<width where header.isEmpty || isKept[field] {
      writer.append(bytes.extracting(batch.fieldRange(record: record, field: field)))
    }
  }

  /// Writes what a record has beyond the header; empty fields at its end say nothing.
  func writeExcess(record: Int, of batch: RecordBatch, to writer: inout CSVWriter) {
    let count = batch.fieldCount(ofRecord: record)
    guard !header.isEmpty, header.count < count else { return }
    let width = header.count
    var end = count
    while end > width, batch.fieldRange(record: record, field: end - 1).isEmpty { end -= 1 }
    guard width < end else { return }
    let bytes = batch.bytes.span
    for field in width..<end {
      writer.append(bytes.extracting(batch.fieldRange(record: record, field: field)))
    }
  }
}
