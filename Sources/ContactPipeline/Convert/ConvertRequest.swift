package import ContactFormats
package import ContactMapping
package import RunReports

/// What to convert, and into what.
package struct ConvertRequest: Sendable {
  /// The file to read; `-` for standard input.
  package var file: String
  /// What is fixed about it.
  package var settings: ReaderSettings
  /// Makes cleaned contacts of the records; without it columns are copied unchanged.
  package var mapping: Mapping?
  /// The file to write; `-` for standard output.
  package var path: String
  /// How it is written.
  package var output: WriterSettings
  /// The columns to write, in order; empty for all.
  package var columns: [String]
  /// Where records that cannot be converted go, in the source's format; `nil` for nowhere.
  package var rejectsPath: String?
  /// The access rights of the files.
  package var mode: UInt16

  package init(
    file: String, settings: ReaderSettings = ReaderSettings(), mapping: Mapping? = nil,
    path: String, output: WriterSettings, columns: [String] = [], rejectsPath: String? = nil,
    mode: UInt16 = 0o600
  ) {
    self.file = file
    self.settings = settings
    self.mapping = mapping
    self.path = path
    self.output = output
    self.columns = columns
    self.rejectsPath = rejectsPath
    self.mode = mode
  }
}

/// What was converted.
package struct ConvertResult: Sendable {
  /// The figures and issues; records that were written count as not attempted.
  package let summary: RunSummary
  /// The output's columns, where its format has a fixed number of them.
  package let columns: [String]
}

/// A conversion that cannot be begun.
package enum ConvertError: Error, Sendable, Equatable {
  /// A column was asked for that the source does not have.
  case unknownColumn(String, nearest: String?)
  /// Two of the source, the result and the rejects are one file.
  case sameFile(String)
}
