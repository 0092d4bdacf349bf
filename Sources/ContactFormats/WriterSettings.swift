/// How a file is to be written.
package struct WriterSettings: Sendable, Equatable {
  /// The kind of file.
  package var format: FileFormat
  /// The encoding of its text; XLSX and cards are UTF-8 whatever this says.
  package var encoding: TextEncoding
  /// Whether a text begins with a byte order mark, by which Excel recognizes UTF-8.
  package var hasByteOrderMark: Bool
  /// How a CSV file is written.
  package var dialect: CSVDialect
  /// Whether CSV cells that a spreadsheet would run as a formula get an apostrophe in front.
  package var isExcelSafe: Bool
  /// The version of vCard.
  package var cardVersion: CardVersion
  /// Whether the file is compressed with gzip.
  package var isCompressed: Bool

  /// Settings that differ from the usual ones where it is said.
  package init(
    format: FileFormat, encoding: TextEncoding = .utf8, hasByteOrderMark: Bool = false,
    dialect: CSVDialect = CSVDialect(), isExcelSafe: Bool = false,
    cardVersion: CardVersion = .v3, isCompressed: Bool = false
  ) {
    self.format = format
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    self.dialect = dialect
    self.isExcelSafe = isExcelSafe
    self.cardVersion = cardVersion
    self.isCompressed = isCompressed
  }
}

/// The versions of vCard that are written.
package enum CardVersion: String, Sendable, CaseIterable {
  /// RFC 2426, which every phone and mail program reads.
  case v3 = "3.0"
  /// RFC 6350.
  case v4 = "4.0"
}
