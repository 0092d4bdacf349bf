package import ContactFormats
import ContactMapping
package import ContactModel
package import RunReports

/// What has been counted about a source so far, batch by batch.
package struct SourceTally: Sendable {
  /// How many records there were.
  package private(set) var records = 0
  /// How many of them are not fit to be sent.
  package private(set) var rejected = 0
  /// The issues, counted, with examples.
  package private(set) var issues: IssueTally
  /// How many values stand in each column that goes nowhere, by the column's index.
  private var unmapped: [Int: Int] = [:]

  private let file: String

  /// - Parameters:
  ///   - file: The source as the user named it.
  ///   - issues: What has been counted so far, in the files before.
  package init(file: String, issues: IssueTally) {
    self.file = file
    self.issues = issues
  }

  /// - Parameters:
  ///   - file: The source as the user named it.
  ///   - showsValues: Whether examples may hold people's data.
  package init(file: String, showsValues: Bool) {
    self.init(file: file, issues: IssueTally(showsValues: showsValues))
  }

  /// Counts a batch.
  package mutating func add(_ batch: PreparedBatch) {
    records += batch.source.count
    for isRejected in batch.isRejected where isRejected { rejected += 1 }
    issues.add(batch.issues, of: batch.source, file: file, storedText: batch.storedText)
    for count in batch.unmapped where count.values > 0 {
      unmapped[count.column, default: 0] += count.values
    }
  }

  /// Counts what was noticed about a batch only while its contacts were being sent or written.
  ///
  /// - Parameters:
  ///   - late: The issues.
  ///   - batch: The records whose columns the issues name: those written, or the source's.
  package mutating func addLate(_ late: [Issue], of batch: RecordBatch) {
    issues.add(late, of: batch, file: file)
    rejected += late.count { $0.severity == .error }
  }

  /// Counts what was noticed about a column's name.
  package mutating func add(_ code: IssueCode, ofColumn name: String) {
    issues.add(code, column: name, count: 1)
  }

  /// What was found in the source, for reports.
  ///
  /// - Parameters:
  ///   - byteCount: The source's length.
  ///   - profile: How it turned out to be written, now that all of it has been read.
  /// - Returns: The source's part of a run's summary.
  package func summary(byteCount: Int, profile: SourceProfile) -> SourceSummary {
    SourceSummary(
      name: file, byteCount: byteCount, profile: profile, recordCount: records,
      unmapped: unmapped.sorted { $0.key < $1.key }.map {
        SourceSummary.UnmappedColumn(name: profile.columnName($0.key), valueCount: $0.value)
      })
  }
}
