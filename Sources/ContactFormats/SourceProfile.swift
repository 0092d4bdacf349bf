/// What was found out about a source, or told: enough to read it, and to write files like it.
package struct SourceProfile: Sendable, Equatable {
  /// The kind of file.
  package var format: FileFormat
  /// The encoding; UTF-8 also where every byte is ASCII.
  package var encoding: TextEncoding
  /// Whether it began with a byte order mark.
  package var hasByteOrderMark: Bool
  /// How a CSV file is written; the default dialect for others.
  package var dialect: CSVDialect
  /// The columns' names as they stand in the file; empty where it names none.
  ///
  /// Grows while a file is read whose records name their own columns.
  package var header: [String]
  /// Whether it is compressed with gzip.
  package var isCompressed: Bool
  /// The sheet that is read, in a workbook.
  package var sheet: String?

  package init(
    format: FileFormat = .csv, encoding: TextEncoding = .utf8, hasByteOrderMark: Bool = false,
    dialect: CSVDialect = CSVDialect(), header: [String] = [], isCompressed: Bool = false,
    sheet: String? = nil
  ) {
    self.format = format
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    self.dialect = dialect
    self.header = header
    self.isCompressed = isCompressed
    self.sheet = sheet
  }

  /// A column's name, or its number from 1 where the file names none.
  package func columnName(_ column: Int) -> String {
    column < header.count && !header[column].isEmpty ? header[column] : "#\(column + 1)"
  }
}
