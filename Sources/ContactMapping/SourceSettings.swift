/// How a source is to be read (`source:` in a mapping); what is `nil` is found out from the file.
package struct SourceSettings: Sendable, Equatable {
  /// The kind of file.
  package var format: SourceFormat?
  /// The encoding of its text.
  package var encoding: SourceEncoding?
  /// The ASCII byte between the fields of a CSV file.
  package var delimiter: UInt8?
  /// The ASCII byte around fields of a CSV file that need one.
  package var quote: UInt8?
  /// The byte before a quote that is meant as a letter: a backslash, or the quote itself where quotes
  /// are doubled and a backslash is a letter.
  package var escape: UInt8?
  /// Where a table's columns are named.
  package var header: HeaderSetting
  /// The sheet of a workbook, by its name or its number from 1.
  package var sheet: String?

  package init(
    format: SourceFormat? = nil, encoding: SourceEncoding? = nil, delimiter: UInt8? = nil,
    quote: UInt8? = nil, escape: UInt8? = nil, header: HeaderSetting = .auto, sheet: String? = nil
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

/// The kinds of file a mapping can name, under the names the readers use.
package enum SourceFormat: String, Sendable, CaseIterable {
  case csv
  case xlsx
  /// JSON lines.
  case jsonl
  /// vCard.
  case vcf
  /// xCard.
  case xml

  /// Whether a record may lack columns that others have, as a card without a phone does.
  ///
  /// A column named in the mapping and absent from such a source is empty; in a table it is a
  /// mistake.
  package var hasOpenColumns: Bool {
    switch self {
    case .csv, .xlsx: false
    case .jsonl, .vcf, .xml: true
    }
  }
}

/// Where a table's columns are named (`source: { header: … }`).
package enum HeaderSetting: Sendable, Equatable {
  /// The reader decides.
  case auto
  /// In the first row.
  case yes
  /// Nowhere, all rows are data; columns are addressed as `"#1"`, `"#2"`.
  case no
  /// In the row that begins on this physical line, from 1; what stands above it is skipped.
  case line(Int)
}
