/// What became of a record: every source record ends in exactly one outcome.
package enum Outcome: Sendable, Equatable {
  /// The CRM stored it under this identifier.
  case created(pid: Int)
  /// An existing contact was changed.
  case updated(pid: Int)
  /// An existing contact already had these values.
  case unchanged(pid: Int)
  /// An earlier run created it; not sent.
  case duplicate(pid: Int)
  /// Not sent, since a value or the record is not valid.
  case rejected
  /// Sent, and the server refused it for a reason of this class.
  case failed(FailureReason)
  /// Sent; it may be stored, and that could not be found out.
  case uncertain
  /// The run ended before its turn.
  case notAttempted

  /// The kind alone, for counts and file names.
  package var kind: OutcomeKind {
    switch self {
    case .created: .created
    case .updated: .updated
    case .unchanged: .unchanged
    case .duplicate: .duplicate
    case .rejected: .rejected
    case .failed: .failed
    case .uncertain: .uncertain
    case .notAttempted: .notAttempted
    }
  }

  /// The contact's identifier in the CRM, where there is one.
  package var pid: Int? {
    switch self {
    case .created(let pid), .updated(let pid), .unchanged(let pid), .duplicate(let pid): pid
    case .rejected, .failed, .uncertain, .notAttempted: nil
    }
  }
}

/// The kinds of outcome, in the order summaries list them.
package enum OutcomeKind: String, Sendable, CaseIterable, Hashable {
  case created
  case updated
  case unchanged
  case duplicate
  case rejected
  case failed
  case uncertain
  case notAttempted = "not attempted"
}

/// Why the server did not store a row that was sent.
package enum FailureReason: String, Sendable, CaseIterable, Hashable {
  /// The row's element says so: no identifier.
  case refused = "server.refused"
  /// The whole request was refused before a row was read, so nothing was stored.
  case requestRefused = "server.request-refused"
  /// The row ends the server's script: what begins with it is never stored.
  case fatal = "server.fatal"
}

/// How many records ended in each kind of outcome.
package struct OutcomeCounts: Sendable, Equatable {
  private var counts: [OutcomeKind: Int] = [:]

  package init() {}

  /// The number for one kind.
  package subscript(kind: OutcomeKind) -> Int {
    get { counts[kind] ?? 0 }
    set { counts[kind] = newValue }
  }

  /// Counts one record.
  package mutating func add(_ outcome: Outcome) { self[outcome.kind] += 1 }

  /// All records counted; equals the records read, or the run does not balance.
  package var total: Int { counts.values.reduce(0, +) }
}

/// How an outcome is known.
package enum Evidence: UInt8, Sendable, CaseIterable {
  /// The server's answer says so, or nothing was sent.
  case answer = 0
  /// The contact carries the row's import key.
  case importKey = 1
  /// The contact holds what the row holds; one that somebody else made would look the same.
  case values = 2
}

/// An outcome and how it is known.
package struct SettledRow: Sendable, Equatable {
  /// What became of the row.
  package var outcome: Outcome
  /// How that is known.
  package var evidence: Evidence

  package init(_ outcome: Outcome, evidence: Evidence = .answer) {
    self.outcome = outcome
    self.evidence = evidence
  }
}
