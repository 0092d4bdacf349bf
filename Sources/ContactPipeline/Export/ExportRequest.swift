package import ContactFormats
package import ContactModel
package import Foundation
package import PersonAPI
package import RunReports

/// What to export, and into which file.
package struct ExportRequest: Sendable {
  /// The file to write; `-` for standard output.
  ///
  /// Of a divided export the files' names begin like it.
  package var path: String
  /// How it is written.
  package var output: WriterSettings
  /// The columns, in order; empty for all that the server has.
  package var columns: [PersonField]
  /// Which contacts: `user`, dates, `word` and `filter` of a list request.
  package var selection: ListRequest
  /// How the contacts are divided among files; `nil` for one file.
  package var split: ExportSplit?
  /// Whether fields keep the import keys that ferry has put into them.
  package var keepsImportKeys: Bool
  /// The access rights of the files.
  package var mode: UInt16
  /// ferry's version, for the manifest.
  package var version: String

  package init(
    path: String, output: WriterSettings, columns: [PersonField] = [],
    selection: ListRequest = ListRequest(), split: ExportSplit? = nil,
    keepsImportKeys: Bool = false, mode: UInt16 = 0o600, version: String = ""
  ) {
    self.path = path
    self.output = output
    self.columns = columns
    self.selection = selection
    self.split = split
    self.keepsImportKeys = keepsImportKeys
    self.mode = mode
    self.version = version
  }
}

/// What was exported.
package struct ExportResult: Sendable {
  /// How many contacts the files have.
  package let contacts: Int
  /// How many requests were made.
  package let requests: Int
  /// The files' columns.
  package let columns: [PersonField]
  /// The files.
  package let files: [Manifest.Entry]
  /// How many values could not be written as they are, by kind.
  package let issues: [IssueCode: Int]
  /// Before the first request.
  package let from: Date
  /// Behind the last request: every contact that was visible and existed all this time is there.
  package let until: Date
}
