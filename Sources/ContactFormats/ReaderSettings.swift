/// What the user fixed about a source; everything else is found out.
package struct ReaderSettings: Sendable, Equatable {
  /// The kind of file.
  package var format: FileFormat?
  /// The encoding of its text.
  package var encoding: TextEncoding?
  /// The byte between the fields of a CSV file.
  package var delimiter: UInt8?
  /// The byte around the fields of a CSV file that need one.
  package var quote: UInt8?
  /// The byte before a quote that is meant as a letter, such as a backslash; a doubled quote always
  /// is one.
  package var escape: UInt8?
  /// Where a table's columns are named.
  package var header: HeaderChoice
  /// The sheet of a workbook, by its name or its number from 1.
  package var sheet: String?

  /// - Parameters:
  ///   - format: The kind of file, or `nil` to find it.
  ///   - encoding: The encoding, or `nil` to find it.
  ///   - delimiter: The byte between fields, or `nil` to find it.
  ///   - quote: The byte around fields, or `nil` to find it.
  ///   - escape: The byte before a quoted quote, or `nil` to find it.
  ///   - header: Where the columns are named.
  ///   - sheet: The sheet, or `nil` for the first that is visible and has a row.
  package init(
    format: FileFormat? = nil, encoding: TextEncoding? = nil, delimiter: UInt8? = nil,
    quote: UInt8? = nil, escape: UInt8? = nil, header: HeaderChoice = .auto, sheet: String? = nil
  ) {
    self.format = format
    self.encoding = encoding
    self.delimiter = delimiter
    self.quote = quote
    self.escape = escape
    self.header = header
    self.sheet = sheet
  }
}

/// Where a table's columns are named.
package enum HeaderChoice: Sendable, Equatable {
  /// The reader finds out: below a preamble, in the first row, or nowhere.
  case auto
  /// In the first row that is not blank.
  case first
  /// Nowhere; every row is data.
  case none
  /// In the row that begins on this physical line, from 1; what stands above is skipped.
  case line(Int)
}
