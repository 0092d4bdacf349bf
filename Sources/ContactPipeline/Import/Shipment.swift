import ContactModel
import PersonAPI
import RunJournal

/// One addlist request: its body, and which records its rows are.
struct Shipment: Sendable {
  /// A row's record: the batch it came in, and its place there.
  struct Row: Sendable, Hashable {
    var batch: Int
    var record: Int
    /// The record's number in the source, from 1.
    var number: Int
  }

  /// The request's number in the journal; given when it is sent.
  var id: Int64 = 0
  /// The index of the source file in the run's list.
  var file: Int
  /// What is posted.
  var body: [UInt8]
  /// The records, in the order of the request's rows.
  var rows: [Row]
  /// What each row says, in 16 bytes.
  var fingerprints: [Fingerprint]
  /// What recognises the contacts it makes.
  var marks: RowMarks
  /// The highest pid known when it is sent: everything it stores has a greater one.
  var floor = 0
  /// Whether it holds a part of a request that the server refused as a whole.
  var isHalf = false

  /// What the journal has to know before the first byte leaves.
  var plan: PlannedBatch {
    PlannedBatch(
      id: id, file: file, recordNumbers: rows.map(\.number), fingerprints: fingerprints,
      marks: marks, floor: floor)
  }
}

/// A request that has ended.
struct EndedShipment: Sendable {
  /// What is known of its rows.
  enum Ending: Sendable {
    /// Every row has its outcome, and the journal has it too.
    case settled([SettledRow])
    /// No connection could be made: no row was sent. The journal says so.
    case notSent
    /// No row was executed; the journal says so. What may be done next.
    case notExecuted(AddListStep)
    /// Some rows' fate is not known. The journal has the intent alone.
    case unsettled(UnsettledRows)
    /// The journal could not take the intent down, so that nothing was sent.
    case notJournaled(JournalError)
    /// Every row has its outcome, which the journal could not take down.
    case notRecorded([SettledRow], JournalError)
  }

  /// The request.
  var shipment: Shipment
  /// What is known of its rows.
  var ending: Ending
  /// How long the exchange took.
  var took: Duration
}

/// Rows that were sent, of which the fate of some is not known.
struct UnsettledRows: Sendable {
  /// The request's number in the journal.
  var id: Int64
  /// The index of the source file in the run's list.
  var file: Int
  /// The numbers of the records, in the order they were sent.
  var recordNumbers: [Int]
  /// What recognises the contacts.
  var marks: RowMarks
  /// The highest pid known before the request was sent.
  var floor: Int
  /// What the reply says of each row; `nil` where it says nothing.
  var known: [SettledRow?]
  /// The last row that a server saw of a request it saw only a part of: it may be stored without some of
  /// its values, and so without what it is recognised by.
  var damaged: Int?
  /// Whether the server may still be at work on the request.
  var isOpen: Bool
  /// Whether the server's script ended in the middle, so that the row at the break may be why.
  var isFatal: Bool
  /// When the request was lost.
  var lostAt: Duration
  /// What of the server's words may be shown, if it said something.
  var serverText: String?
}

/// Why an import ended before its source did.
package enum StopReason: String, Sendable, CaseIterable {
  /// The user asked for it.
  case interrupted
  /// The server cannot be reached, or its replies do not come.
  case serverGone = "server gone"
  /// The server refused whole requests.
  case requestsRefused = "requests refused"
  /// The server's script fails on row after row.
  case serverFails = "server fails"
  /// What became of rows cannot be read back.
  case cannotReadBack = "cannot read back"
  /// The source cannot be read to its end.
  case input
  /// The journal cannot be written.
  case journal
  /// Result files cannot be written.
  case output
}
