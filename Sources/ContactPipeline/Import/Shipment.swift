import ContactModel
import PersonAPI
import RunJournal

/// One addlist request: its body, and which records its rows are.
struct Shipment: Sendable {
  /// A row's record: the batch it came in, and its place there.
  struct Row: Sendable {
    var batch: Int
    var record: Int
    /// The record's number in the source, from 1.
    var number: Int
  }

  /// The request's number in the journal.
  var id: Int64
  /// What is posted.
  var body: [UInt8]
  /// The records, in the order of the request's rows.
  var rows: [Row]
  /// What each row says, in 16 bytes.
  var fingerprints: [Fingerprint]
  /// Whether it holds a part of a request that the server refused as a whole.
  var isHalf = false

  /// What the journal has to know before the first byte leaves.
  var plan: PlannedBatch {
    PlannedBatch(
      id: id, file: 0, recordNumbers: rows.map(\.number), fingerprints: fingerprints)
  }
}

/// A request that has ended, with what became of its rows.
struct SettledShipment: Sendable {
  var shipment: Shipment
  var outcomes: [Outcome]
  /// Why no further request may be sent, if so.
  var stop: StopReason?
  /// Whether the rows are to be sent again in two smaller requests; their outcomes do not count.
  var isToBeHalved = false
  /// What the journal could not take down.
  var journalError: JournalError?
}

/// Why an import ended before its source did.
package enum StopReason: String, Sendable {
  /// The user asked for it.
  case interrupted
  /// The server cannot be reached, or its replies do not come.
  case serverGone = "server gone"
  /// The server refused whole requests.
  case requestsRefused = "requests refused"
  /// The server answered for fewer rows than were sent.
  case truncated
  /// The server's answers do not say what became of the rows.
  case unclearReplies = "unclear replies"
  /// The source cannot be read to its end.
  case input
  /// The journal cannot be written.
  case journal
  /// Result files cannot be written.
  case output
}
