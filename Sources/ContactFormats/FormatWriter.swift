import ContactModel

/// What the writers of all formats have in common.
///
/// A writer appends to a buffer that its owner empties; it owns no file and never waits.
protocol FormatWriter: Sendable {
  /// How many bytes wait to be taken.
  var count: Int { get }

  /// Writes what stands before the first record, such as a header row.
  ///
  /// - Parameter header: The columns' names. Formats that name columns in every record go by the
  ///   header of each batch, which may be longer.
  mutating func begin(header: [String])

  /// Writes one record of a batch.
  ///
  /// - Parameters:
  ///   - batch: The records.
  ///   - record: Which of them.
  ///   - firstField: Where in the record the first column stands.
  mutating func append(_ batch: RecordBatch, record: Int, firstField: Int)

  /// Writes what stands behind the last record.
  mutating func finish()

  /// Takes what has been written so far: UTF-8, except for binary formats.
  mutating func takeBytes() -> [UInt8]

  /// Takes what could not be written as it was; an issue's record is the index in its batch.
  mutating func takeIssues() -> [Issue]
}

extension FormatWriter {
  mutating func takeIssues() -> [Issue] { [] }
}
