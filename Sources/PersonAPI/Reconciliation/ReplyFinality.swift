/// How a request ended, as far as the client could see.
package enum RequestEnding: Sendable {
  /// The server answered.
  case reply(status: Int, body: [UInt8])
  /// The connection failed, was cut or timed out before the answer was complete.
  case lost
}

/// Whether the server has ended working on a request.
package enum ReplyFinality: Sendable, Equatable {
  /// PHP has ended: no row of this request arrives any more.
  case final
  /// PHP may still be at work, since it finishes a batch even after the client has gone.
  case open
}

extension ReplyFinality {
  /// Judges an ending (DESIGN, law 5).
  ///
  /// A lost connection is open; for replies see ``ReplyKind/finality``.
  package init(_ ending: RequestEnding) {
    switch ending {
    case .lost: self = .open
    case .reply(let status, let body):
      self = ReplyKind(status: status, body: ReplyBody(body)).finality
    }
  }
}
