import CRMClient
import ContactModel
import PersonAPI
import RunJournal
import RunReports

/// A record of a run: its file in the run's list, and its number in the file.
private struct RecordPlace: Hashable {
  let file: Int
  let record: Int
}

/// How the sending of a run goes: numbers of requests, trouble, and why it ended.
struct SendingCourse {
  /// A row's outcome after it was looked for.
  struct Verdict {
    var row: SettledRow
    /// What is known besides.
    var remark: RowRemark?
  }

  /// Waits for a server that is down.
  let patience: Patience
  /// Why nothing more is sent.
  private(set) var stop: StopReason?
  private(set) var errors: [any Error] = []
  /// How many requests were sent.
  private(set) var requests = 0
  /// How many contacts without an answer were found by their import key, and how many by their values.
  private(set) var found: [Evidence: Int] = [:]
  /// How long nothing could be sent.
  var waits = RunWaits()
  /// Whether the last request could not be sent at all.
  var isServerAway = false

  private let wait: Duration
  private let clock: RunClock
  private var nextID: Int64
  /// The highest pid known so far.
  private var highestPID: Int
  /// How often in a row the server was away when something was to be sent.
  private var absences = 0
  /// When the server last did its work, if it has been in trouble since.
  private var troubleSince: Duration?
  /// How often a row stood first in a request that stored nothing.
  private var strikes: [RecordPlace: Int] = [:]
  /// How many rows in a row made the script fail or were turned away, without one that was stored
  /// between.
  private var failuresInARow = 0

  /// - Parameters:
  ///   - patience: Waits for a server that is down.
  ///   - options: How the import is to be done.
  ///   - nextID: The number of the next request.
  ///   - highestPID: The highest pid known.
  init(patience: Patience, options: ImportOptions, nextID: Int64, highestPID: Int) {
    self.patience = patience
    wait = options.waitingTime
    clock = options.clock
    self.nextID = nextID
    self.highestPID = highestPID
  }

  /// A server whose script fails on so many rows one after the other fails on all.
  private static let mostFailuresInARow = 5

  /// Ends the run; the first reason stays.
  mutating func end(_ reason: StopReason, _ error: (any Error)? = nil) {
    if stop == nil { stop = reason }
    if let error, errors.count < 10 { errors.append(error) }
  }

  /// Gives a request its number and the floor of its contacts.
  mutating func number(_ shipment: inout Shipment) {
    shipment.id = nextNumber()
    shipment.floor = highestPID
    requests += 1
  }

  /// The number of the next batch in the journal.
  mutating func nextNumber() -> Int64 {
    defer { nextID += 1 }
    return nextID
  }

  /// Notes that the server answered for its rows.
  mutating func noteAnswer(_ rows: [SettledRow]) {
    troubleSince = nil
    absences = 0
    noteStored(rows)
    if rows.contains(where: { $0.outcome == .failed(.requestRefused) }) {
      failuresInARow += 1
      if failuresInARow >= Self.mostFailuresInARow { end(.requestsRefused) }
    }
  }

  /// Notes that nothing could be sent.
  mutating func noteAbsence(at now: Duration) {
    // Of several under way at once one counts.
    if !isServerAway { absences += 1 }
    isServerAway = true
    noteTrouble(at: now)
  }

  /// How long to leave a server alone before it is asked whether it is back.
  ///
  /// Where it answers questions and yet takes no requests, asking at once would never end.
  var pauseBeforeAsking: Duration {
    guard absences > 1 else { return .zero }
    return min(Patience.longestPause, wait, Patience.firstPause * (1 << min(absences - 2, 10)))
  }

  /// Notes that a request went wrong, and ends the run if none has gone well for too long.
  mutating func noteTrouble(at now: Duration) {
    let since = troubleSince ?? now
    troubleSince = since
    if now - since >= wait, now > since || wait == .zero { end(.serverGone) }
  }

  /// Notes contacts that no answer told of.
  mutating func noteFound(_ rows: [SettledRow]) {
    noteStored(rows)
    noteAdopted(rows)
  }

  /// The same, of contacts that were there before the session.
  mutating func noteAdopted(_ rows: [SettledRow]) {
    for row in rows where row.evidence != .answer { found[row.evidence, default: 0] += 1 }
  }

  private mutating func noteStored(_ rows: [SettledRow]) {
    for row in rows {
      guard case .created(let pid) = row.outcome else { continue }
      highestPID = max(highestPID, pid)
      failuresInARow = 0
    }
  }

  /// What rows that were looked for have come to.
  ///
  /// A row that stands first in two requests which end the server's script without storing anything is
  /// the reason, and is not sent again.
  mutating func judge(_ rows: UnsettledRows, _ fates: [RowFate]) -> [Verdict] {
    var verdicts = fates.map { fate -> Verdict in
      if case .uncertain(let candidates) = fate {
        return Verdict(row: fate.settled, remark: .candidates(candidates))
      }
      return Verdict(row: fate.settled)
    }
    for index in rows.known.indices {
      if let known = rows.known[index] { verdicts[index] = Verdict(row: known) }
    }
    if let damaged = rows.damaged, verdicts[damaged].row.outcome == .notAttempted {
      verdicts[damaged] = Verdict(row: SettledRow(.uncertain))
    }
    absences = 0
    noteFound(verdicts.map(\.row))
    if rows.isFatal, let first = rows.recordNumbers.first, verdicts[0].row.outcome == .notAttempted
    {
      let row = RecordPlace(file: rows.file, record: first)
      strikes[row, default: 0] += 1
      if strikes[row] == 2 {
        strikes[row] = nil
        verdicts[0] = Verdict(
          row: SettledRow(.failed(.fatal)), remark: rows.serverText.map { .server($0) })
        failuresInARow += 1
        if failuresInARow >= Self.mostFailuresInARow { end(.serverFails) }
      }
    }
    return verdicts
  }
}
