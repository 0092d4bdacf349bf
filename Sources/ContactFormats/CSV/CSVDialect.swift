/// How a delimited file is written: what separates, what quotes, what ends a line.
package struct CSVDialect: Sendable, Equatable {
  /// The byte between fields.
  package var delimiter: UInt8
  /// The byte around fields that hold a delimiter, a quote or a line break; doubled inside.
  package var quote: UInt8
  /// The byte, such as a backslash, that between quotes makes a letter of a quote behind it, or of
  /// itself.
  ///
  /// `nil` where quotes are doubled only. Readers take doubled quotes in any case.
  package var escape: UInt8?
  /// What the writer puts at the end of a record.
  ///
  /// The reader takes LF, CRLF and CR, also mixed.
  package var lineEnd: LineEnd
  /// Whether the first record, behind the preamble, names the columns.
  package var hasHeader: Bool
  /// How many physical lines stand above the first record and are none of it: a report's title, a
  /// note, a `sep=` line.
  ///
  /// Writers write no preamble but the `sep=` line.
  package var preambleLines: Int
  /// Whether the first line says what the delimiter is, as Excel writes and reads it: `sep=;`.
  package var hasSeparatorLine: Bool
  /// Whether every record ends with a delimiter, behind which there is no field.
  package var hasTrailingDelimiter: Bool

  /// The ends of line that ferry writes.
  package enum LineEnd: String, Sendable {
    case lineFeed = "LF"
    case carriageReturnLineFeed = "CRLF"
    /// As Mac OS wrote it before OS X.
    case carriageReturn = "CR"

    /// The bytes of it.
    package var bytes: [UInt8] {
      switch self {
      case .lineFeed: [0x0A]
      case .carriageReturnLineFeed: [0x0D, 0x0A]
      case .carriageReturn: [0x0D]
      }
    }
  }

  /// A dialect that differs from RFC 4180, with LF, where it is said.
  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\""),
    escape: UInt8? = nil, lineEnd: LineEnd = .lineFeed, hasHeader: Bool = true,
    preambleLines: Int = 0, hasSeparatorLine: Bool = false, hasTrailingDelimiter: Bool = false
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.escape = escape
    self.lineEnd = lineEnd
    self.hasHeader = hasHeader
    self.preambleLines = preambleLines
    self.hasSeparatorLine = hasSeparatorLine
    self.hasTrailingDelimiter = hasTrailingDelimiter
  }

  /// The delimiter's name in messages and mappings.
  package var delimiterName: String {
    switch delimiter {
    case UInt8(ascii: "\t"): "tab"
    default: String(UnicodeScalar(delimiter))
    }
  }
}
