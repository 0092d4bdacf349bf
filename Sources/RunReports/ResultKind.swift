package import ContactFormats
package import ContactModel

/// The files a run leaves behind for its rows.
package enum ResultKind: String, Sendable, CaseIterable {
  case created
  case rejected
  case failed
  case uncertain
  case duplicates
  case notAttempted = "not-attempted"

  /// The file's name in the run's folder.
  ///
  /// - Parameter format: The source's format, which its result files share, except that a workbook's
  ///   are CSV.
  /// - Returns: A name such as `rejected.csv`.
  package func fileName(for format: FileFormat) -> String {
    "\(rawValue).\(format == .xlsx ? FileFormat.csv.rawValue : format.rawValue)"
  }

  /// The file a row goes to; `nil` for rows that no file is about.
  package init?(of outcome: OutcomeKind) {
    switch outcome {
    case .created: self = .created
    case .rejected: self = .rejected
    case .failed: self = .failed
    case .uncertain: self = .uncertain
    case .duplicate: self = .duplicates
    case .notAttempted: self = .notAttempted
    case .updated, .unchanged: return nil
    }
  }
}

/// A result file that is complete.
package struct ResultFile: Sendable, Equatable {
  /// Which rows it holds.
  package let kind: ResultKind
  /// Its name in the run's folder.
  package let name: String
  /// How many rows it holds, the header not counted.
  package let rowCount: Int
  /// Its path, size and checksum.
  package let written: WrittenFile

  /// A result file from what is known of it.
  package init(kind: ResultKind, name: String, rowCount: Int, written: WrittenFile) {
    self.kind = kind
    self.name = name
    self.rowCount = rowCount
    self.written = written
  }
}
