import ContactModel

/// What ferry adds to a record in a result file.
struct OutcomeNote {
  /// The record's number in its source, from 1.
  var row: Int
  /// The codes of what happened.
  var code: [UInt8]
  /// The same as a sentence.
  var reason: [UInt8]
  /// The contact's number in the CRM, if it has one.
  var pid: Int?
}

/// One result file being written.
protocol ResultSink: AnyObject {
  /// The file it goes to.
  var file: OutputFile { get }
  /// How many records it holds.
  var rowCount: Int { get }

  /// Appends a record of a batch.
  func append(_ record: Int, of batch: RecordBatch, note: OutcomeNote) throws(OutputError)

  /// Says that the batch's records have all been appended.
  func endBatch(header: [String]) throws(OutputError)

  /// Ends the file and gives it its name.
  func commit() throws(OutputError) -> WrittenFile
}
