/// What is known of a row after its request has ended.
package enum RowVerdict: Sendable, Equatable {
  /// The CRM stored it under this identifier.
  case created(pid: Int)
  /// The CRM says that it did not store it.
  case refused(RefusalReason)
  /// The whole request was refused before a row was read.
  case notExecuted
  /// It may be stored or not. Nothing short of looking will tell.
  case unknown
}

/// Says for every row of an addlist request what became of it, and never guesses.
///
/// 1. The answer speaks for the rows only if it is complete; how it arrived (HTTP status 200 or 500,
///    warnings around it) does not matter, except that a gateway's answer is none of the CRM's.
/// 2. An API error that precedes the rows means that none was executed; so does a request that was
///    turned away before the CRM saw it. Any other error: unknown.
/// 3. As many elements as rows: each answers the row in its place. Stored means a positive `data`.
/// 4. Fewer: the request was truncated. The elements answer the first rows; the last of them may
///    have lost some of its fields, so it is unknown, and so are all rows behind it. None at all: no
///    row arrived, so none was executed.
/// 5. More: this is not the answer to these rows. All are unknown.
/// 6. Rows that were given the same identifier are unknown: one of them at most has it.
package struct AddListReconciler: Sendable {
  /// A verdict for every row sent, in order.
  package let verdicts: [RowVerdict]
  /// Whether the server has ended working on the request.
  package let finality: ReplyFinality
  /// The error that refused the request, if one did.
  package let error: APIError?
  /// What the reply is; `nil` if none came.
  package let kind: ReplyKind?
  /// Whether the server has seen fewer rows than were sent.
  package let isTruncated: Bool

  /// Reconciles the rows of one request with the way it ended.
  ///
  /// - Parameters:
  ///   - rowCount: How many rows were sent.
  ///   - ending: How the request ended.
  package init(rowCount: Int, ending: RequestEnding) {
    let unknown = Array(repeating: RowVerdict.unknown, count: rowCount)
    guard case .reply(let status, let bytes) = ending else {
      self.init(verdicts: unknown, kind: nil)
      return
    }
    let body = ReplyBody(bytes)
    let kind = ReplyKind(status: status, body: body)
    guard kind != .turnedAway else {
      self.init(verdicts: Array(repeating: .notExecuted, count: rowCount), kind: kind)
      return
    }
    // A body that is final without JSON (a fatal error) is unreadable below.
    guard kind.finality == .final else {
      self.init(verdicts: unknown, kind: kind)
      return
    }
    switch AddListReply(body) {
    case .unreadable: self.init(verdicts: unknown, kind: kind)
    case .error(let error):
      let verdict = error.precedesRows ? RowVerdict.notExecuted : .unknown
      self.init(
        verdicts: Array(repeating: verdict, count: rowCount), kind: kind, error: error,
        // In mid-run these two mean that credentials or action did not arrive.
        isTruncated: error.refusesCredentials || error.code == APIError.unknownMethod)
    // Rows would be sent again for an empty array, so it has to be beyond doubt.
    case .rows(let elements) where elements.isEmpty && !body.endsWithValue:
      self.init(verdicts: unknown, kind: kind)
    case .rows(let elements):
      self.init(
        verdicts: Self.verdicts(of: elements, rowCount: rowCount), kind: kind,
        isTruncated: elements.count < rowCount)
    }
  }

  private init(
    verdicts: [RowVerdict], kind: ReplyKind?, error: APIError? = nil, isTruncated: Bool = false
  ) {
    self.verdicts = verdicts
    self.kind = kind
    self.finality = kind?.finality ?? .open
    self.error = error
    self.isTruncated = isTruncated
  }

  private static func verdicts(of elements: [AddListElement], rowCount: Int) -> [RowVerdict] {
    guard !elements.isEmpty else { return Array(repeating: .notExecuted, count: rowCount) }
    var verdicts = Array(repeating: RowVerdict.unknown, count: rowCount)
    guard elements.count <= rowCount else { return verdicts }
    var rowsOfPID: [Int: Int] = [:]
    for case .stored(let pid) in elements { rowsOfPID[pid, default: 0] += 1 }
    let reliable = elements.count == rowCount ? rowCount : max(0, elements.count - 1)
    for row in 0..<reliable {
      switch elements[row] {
      case .stored(let pid) where rowsOfPID[pid] == 1: verdicts[row] = .created(pid: pid)
      case .refused(let reason): verdicts[row] = .refused(reason)
      case .stored, .unclear: break
      }
    }
    return verdicts
  }
}
