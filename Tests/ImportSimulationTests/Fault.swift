/// What goes wrong with one request.
///
/// Rows are counted from 0; one behind the end of the request stands for its last.
enum Fault: Sendable, Equatable {
  /// No connection: nothing is sent.
  case refused
  /// As before, and nobody gets a connection for some time.
  case outage(Duration)
  /// The connection breaks, and the server never sees the request.
  case lostBefore
  /// The connection breaks once all rows are stored.
  case lostAfter
  /// The connection breaks once so many rows are stored; the server goes on, to the end or to its death
  /// at a row.
  case lostDuring(rows: Int, diesAt: Int?)
  /// As before, but the client hears nothing until its time is up.
  case timedOut(rows: Int, diesAt: Int?)
  /// The connection breaks, and the server begins only after some time.
  case late(Duration)
  /// A gateway gives up once so many rows are stored; the server goes on or not.
  case gateway(status: Int, rows: Int, goesOn: Bool)
  /// PHP dies at a row, which is stored or not, and says so.
  case fatal(row: Int, isStored: Bool)
  /// The same where the administrator has errors hidden.
  case hiddenFatal(row: Int, isStored: Bool)
  /// All is done, and half of the answer arrives.
  case cutReply
  /// All is done; PHP's warning stands before the answer.
  case htmlBefore
  /// All is done; PHP dies behind the answer.
  case htmlAfter
  /// PHP takes in so many rows only, the last without its last values.
  case truncated(rows: Int)
  /// Nothing of the rows arrives.
  case emptyArray
  /// The API refuses the whole request.
  case apiError(Int)
  /// The web server finds the request too large.
  case tooLarge
  /// A firewall does not like the request.
  case firewall
  /// The CRM has no database.
  case databaseDown
  /// Each row takes five seconds.
  case slow
  /// The answer is somebody else's page.
  case foreign
}

/// What colleagues do in the CRM meanwhile.
enum ColleagueAct: Sendable, Equatable {
  /// They enter contacts.
  case add([[String: String]])
  /// They delete so many contacts that ferry made, the newest first.
  case deleteFerrys(Int)
  /// They edit so many contacts that ferry made, the newest first.
  case editFerrys(Int)
  /// They delete so many of their own contacts, the oldest above the watermark first.
  case deleteOwn(Int)
}

/// The requests that a fault or an act belongs to.
enum RequestScope: Sendable, Hashable, CaseIterable {
  /// Those that carry rows.
  case batch
  /// Those for a page of contacts.
  case list
  /// All, whatever they ask.
  case any
}

/// What goes wrong in a scene, and when.
struct Trouble: Sendable, Equatable {
  /// What happens.
  enum Event: Sendable, Equatable {
    /// The requests end otherwise.
    case fault(Fault)
    /// Somebody else does something before the request's row with this number.
    case act(ColleagueAct, row: Int)
  }

  /// What happens.
  var event: Event
  /// To which requests.
  var scope: RequestScope
  /// To which of them first, counted from 0.
  var first: Int
  /// To how many.
  var count = 1

  /// Whether it happens to the request with this number in its scope.
  func hits(_ number: Int) -> Bool { first <= number && number < first + count }
}
