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
  package var header: [String]

  package init(
    format: FileFormat = .csv, encoding: TextEncoding = .utf8, hasByteOrderMark: Bool = false,
    dialect: CSVDialect = CSVDialect(), header: [String] = []
  ) {
    self.format = format
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    self.dialect = dialect
    self.header = header
  }

  /// A column's name, or its number from 1 where the file names none.
  package func columnName(_ column: Int) -> String {
    column < header.count && !header[column].isEmpty ? header[column] : "#\(column + 1)"
  }
}

/// What the user fixed about a source; everything else is found out.
package struct ReaderSettings: Sendable, Equatable {
  /// The kind of file.
  package var format: FileFormat?
  /// The encoding of its text.
  package var encoding: TextEncoding?
  /// The byte between the fields of a CSV file.
  package var delimiter: UInt8?
  /// Whether the first record names the columns.
  package var hasHeader: Bool

  /// - Parameters:
  ///   - format: The kind of file, or `nil` to find it.
  ///   - encoding: The encoding, or `nil` to find it.
  ///   - delimiter: The byte between fields, or `nil` to find it.
  ///   - hasHeader: Whether the first record names the columns.
  package init(
    format: FileFormat? = nil, encoding: TextEncoding? = nil, delimiter: UInt8? = nil,
    hasHeader: Bool = true
  ) {
    self.format = format
    self.encoding = encoding
    self.delimiter = delimiter
    self.hasHeader = hasHeader
  }
}
