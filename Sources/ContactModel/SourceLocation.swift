/// Where in a source file something stands, in the words a person uses to find it.
package struct SourceLocation: Sendable, Hashable {
  /// The file as the user named it; `-` for standard input.
  package var file: String
  /// The physical line, from 1; a line ends at LF, at CRLF, or at a CR alone.
  package var line: Int
  /// The data record, from 1, the header not counted.
  package var record: Int?
  /// The column's name in the header, or its number (from 1) where there is no header.
  package var column: String?

  package init(file: String, line: Int, record: Int? = nil, column: String? = nil) {
    self.file = file
    self.line = line
    self.record = record
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `contacts.csv:1042`, the form that editors and terminals make clickable.
  package var description: String { "\(file):\(line)" }
}
