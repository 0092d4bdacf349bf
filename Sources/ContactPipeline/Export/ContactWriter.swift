import ContactFormats
import ContactModel

/// Writes contacts of a list as CSV or JSON lines.
struct ContactWriter: Sendable {
  private enum Kind {
    case csv(CSVWriter)
    case jsonLines(JSONLinesWriter)
  }

  private var kind: Kind
  private let columns: [PersonField]
  private let firstField: Int
  private let hasByteOrderMark: Bool

  /// - Parameters:
  ///   - request: How the file is written.
  ///   - columns: The file's columns.
  ///   - firstField: Where in a page's records the first of them stands.
  init(request: ExportRequest, columns: [PersonField], firstField: Int) {
    self.columns = columns
    self.firstField = firstField
    hasByteOrderMark = request.format == .csv && request.hasByteOrderMark
    kind =
      request.format == .jsonLines
      ? .jsonLines(JSONLinesWriter(columns: columns.map(\.name)))
      : .csv(CSVWriter(dialect: request.dialect))
  }

  /// What stands before the first contact.
  mutating func header() -> [UInt8] {
    guard case .csv(var writer) = kind else { return [] }
    for column in columns { writer.append(column.name) }
    writer.endRecord()
    return (hasByteOrderMark ? TextEncoding.utf8ByteOrderMark : []) + writer.takeBytes()
  }

  /// The text of some contacts of a page.
  mutating func text(of page: PageWalk.Page) -> [UInt8] {
    switch kind {
    case .csv(var writer):
      for record in page.records {
        for field in columns.indices {
          let range = page.batch.fieldRange(record: record, field: firstField + field)
          writer.append(page.batch.bytes.span.extracting(range))
        }
        writer.endRecord()
      }
      return writer.takeBytes()
    case .jsonLines(var writer):
      for record in page.records {
        writer.append(page.batch, record: record, firstField: firstField)
      }
      return writer.takeBytes()
    }
  }
}
