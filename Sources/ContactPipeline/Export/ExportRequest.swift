package import ContactFormats
package import ContactModel
package import PersonAPI

/// What to export, and into which file.
package struct ExportRequest: Sendable {
  /// The file to write; `-` for standard output.
  package var path: String
  /// CSV or JSON lines.
  package var format: FileFormat
  /// How a CSV file is written.
  package var dialect: CSVDialect
  /// Whether a CSV file begins with a byte order mark, which Excel needs to recognize UTF-8.
  package var hasByteOrderMark: Bool
  /// The columns, in order; empty for all that the server has.
  package var columns: [PersonField]
  /// Which contacts: `user`, dates, `word` and `filter` of a list request.
  package var selection: ListRequest
  /// Whether fields keep the import keys that ferry has put into them.
  package var keepsImportKeys: Bool
  /// The access rights of the file.
  package var mode: UInt16

  package init(
    path: String, format: FileFormat, dialect: CSVDialect = CSVDialect(),
    hasByteOrderMark: Bool = false, columns: [PersonField] = [],
    selection: ListRequest = ListRequest(), keepsImportKeys: Bool = false, mode: UInt16 = 0o600
  ) {
    self.path = path
    self.format = format
    self.dialect = dialect
    self.hasByteOrderMark = hasByteOrderMark
    self.columns = columns
    self.selection = selection
    self.keepsImportKeys = keepsImportKeys
    self.mode = mode
  }
}

/// What was exported.
package struct ExportResult: Sendable {
  /// How many contacts the file has.
  package let contacts: Int
  /// How many requests were made.
  package let requests: Int
  /// The file's columns.
  package let columns: [PersonField]
  /// The file's length in bytes.
  package let byteCount: Int
}
