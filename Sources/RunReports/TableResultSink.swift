import ContactFormats
import ContactModel

/// A result file that is a table: CSV in the source's dialect and encoding, or plain CSV in UTF-8 for
/// a workbook.
///
/// - A row keeps its columns, followed by `ferry_row`, `ferry_code`, `ferry_reason`, `ferry_pid`.
/// - Columns named `ferry_…` in the source are replaced, not doubled.
/// - A row with fewer fields than the header is filled up; what a row has beyond the header stands
///   behind the `ferry_…` columns, so that these are where their names are and nothing is lost.
/// - A source without a header gets none. Where lines stand above a header there are as many, so that
///   a mapping that names the header's line fits these files, too.
final class TableResultSink: ResultSink {
  let file: OutputFile
  private(set) var rowCount = 0
  private let columns: ResultColumns
  private var writer: CSVWriter
  private var encoder: ContactFormats.TextEncoder
  private var byteOrderMark: [UInt8]
  private var digits = DecimalDigits()

  init(file: OutputFile, profile: SourceProfile) {
    self.file = file
    let isCSV = profile.format == .csv
    writer = CSVWriter(dialect: isCSV ? profile.dialect : CSVDialect())
    encoder = ContactFormats.TextEncoder(isCSV ? profile.encoding : .utf8)
    byteOrderMark = isCSV && profile.hasByteOrderMark ? encoder.encoding.byteOrderMark : []
    columns = ResultColumns(header: profile.header)
    writer.begin(header: [])
    if !profile.header.isEmpty { columns.writeHeader(to: &writer) }
  }

  func append(_ record: Int, of batch: RecordBatch, note: OutcomeNote) throws(OutputError) {
    columns.writeOwn(record: record, of: batch, to: &writer)
    digits.write(note.row)
    writer.append(digits.bytes.span)
    writer.append(note.code.span)
    writer.append(note.reason.span)
    if let pid = note.pid {
      digits.write(pid)
      writer.append(digits.bytes.span)
    } else {
      writer.append("")
    }
    columns.writeExcess(record: record, of: batch, to: &writer)
    writer.endRecord()
    rowCount += 1
    if writer.count >= 1 << 16 { try flush() }
  }

  func endBatch(header: [String]) throws(OutputError) {}

  func commit() throws(OutputError) -> WrittenFile {
    try flush()
    return try file.commit()
  }

  private func flush() throws(OutputError) {
    if !byteOrderMark.isEmpty {
      try file.append(byteOrderMark)
      byteOrderMark = []
    }
    try file.append(encoder.encode(writer.takeBytes()))
  }
}
