/// Something that goes wrong in the sandbox because it was asked to.
///
/// A fault is written `NAME[=VALUE][@WHEN]`; `docs/sandbox.md` lists names and values, and
/// ``init(_:)`` reads them.
///
/// ```swift
/// let fault = try SandboxFault("drop-after=3@2")  // the second batch is cut after three rows
/// ```
package struct SandboxFault: Sendable, Equatable {
  /// What goes wrong.
  package enum Kind: Sendable, Equatable {
    /// The connection is closed before anything is done; nothing is answered.
    case refuse
    /// The request is executed, and answered only after this time.
    case stall(Duration)
    /// The request begins only after this time, also where its sender has gone by then.
    case late(Duration)
    /// The connection is cut once so many rows of a batch are stored; the rest is not stored.
    case dropAfter(Int)
    /// The connection is cut once so many rows of a batch are stored; the batch is finished.
    case hangUp(Int)
    /// The request is executed, and its answer has this status.
    case status(Int)
    /// PHP's warning about too many variables stands before the answer.
    case htmlBefore
    /// PHP dies of the log behind the answer, and says so.
    case htmlAfter
    /// The connection is cut in the middle of the answer, whose head promised all of it.
    case cutReply
    /// The answer ends in its middle, and its head says nothing of it.
    case cutText
    /// Each row of a batch takes so long; other requests are served meanwhile.
    case slow(Duration)
    /// Nothing is executed; the answer has this status and asks to come again in a second.
    case busy(Int)
    /// The database goes away once so many rows of a batch are stored: PHP dies of it.
    case databaseGone(Int)
    /// Before a page of `list` so many contacts are deleted at random and as many added.
    case churn(Int)
  }

  /// What goes wrong.
  package var kind: Kind
  /// The requests it can hit.
  package var scope: FaultScope
  /// Which of those it does hit.
  package var timing: FaultTiming

  /// Makes a fault that hits every request it can hit.
  package init(_ kind: Kind, in scope: FaultScope? = nil, _ timing: FaultTiming = .always) {
    self.kind = kind
    self.scope = scope ?? kind.widestScope
    self.timing = timing
  }
}

extension SandboxFault.Kind {
  /// The requests in which there is something that this can go wrong with.
  var widestScope: FaultScope {
    switch self {
    case .dropAfter, .hangUp, .slow, .databaseGone: .addlist
    case .churn: .list
    case .refuse, .stall, .late, .status, .htmlBefore, .htmlAfter, .cutReply, .cutText, .busy: .any
    }
  }
}

/// Which of the requests that a fault can hit it does hit.
package enum FaultTiming: Sendable, Equatable {
  /// All of them.
  case always
  /// Those with these numbers, counted from 1.
  case numbers(ClosedRange<Int>)
  /// So many of a hundred, by chance.
  case chance(percent: Int)
}

/// The requests that a fault can hit.
package enum FaultScope: String, Sendable, CaseIterable {
  /// Every request, unreadable ones included.
  case any
  /// Requests that may store, change or delete a contact.
  case write
  /// All others.
  case read
  /// Requests for the active fields.
  case fields
  /// Requests for a page of contacts.
  case list
  /// Requests for one contact.
  case info
  /// Requests that store one contact.
  case add
  /// Both spellings, with rows; a batch without rows only asks for the spelling.
  case addlist
  /// Requests that change a contact.
  case update
  /// Requests that delete a contact.
  case delete

  /// Whether requests with an action are among them; `nil` is an action that nobody knows.
  func contains(_ subject: FaultScope?) -> Bool {
    switch self {
    case .any: true
    case .write: subject?.isWriting == true
    case .read: subject?.isWriting != true
    case .fields, .list, .info, .add, .addlist, .update, .delete: subject == self
    }
  }

  /// The scope of requests with an action; `nil` where the action is unknown or has nothing to do.
  init?(_ action: SandboxAction?, hasRows: Bool) {
    switch action {
    case .fields: self = .fields
    case .list: self = .list
    case .info: self = .info
    case .add: self = .add
    case .addlist, .addDotList: self = .addlist
    case .update: self = .update
    case .delete: self = .delete
    case nil: return nil
    }
    if self == .addlist, !hasRows { return nil }
  }

  private var isWriting: Bool {
    switch self {
    case .write, .add, .addlist, .update, .delete: true
    case .any, .read, .fields, .list, .info: false
    }
  }
}
