/// How a delimited file is written: what separates, what quotes, what ends a line.
package struct CSVDialect: Sendable, Equatable {
  /// The byte between fields.
  package var delimiter: UInt8
  /// The byte around fields that hold a delimiter, a quote or a line break; doubled inside.
  package var quote: UInt8
  /// What the writer puts at the end of a record.
  ///
  /// The reader takes LF, CRLF and CR, also mixed.
  package var lineEnd: LineEnd
  /// Whether the first record names the columns.
  package var hasHeader: Bool

  /// The ends of line that ferry writes.
  package enum LineEnd: String, Sendable {
    case lineFeed = "LF"
    case carriageReturnLineFeed = "CRLF"

    /// The bytes of it.
    package var bytes: [UInt8] {
      switch self {
      case .lineFeed: [0x0A]
      case .carriageReturnLineFeed: [0x0D, 0x0A]
      }
    }
  }

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\""),
    lineEnd: LineEnd = .lineFeed, hasHeader: Bool = true
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.lineEnd = lineEnd
    self.hasHeader = hasHeader
  }

  /// The delimiter's name in messages and mappings.
  package var delimiterName: String {
    switch delimiter {
    case UInt8(ascii: "\t"): "tab"
    default: String(UnicodeScalar(delimiter))
    }
  }
}
