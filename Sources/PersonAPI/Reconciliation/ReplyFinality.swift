import JSONSyntax

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
  /// Final are: a complete JSON answer of the API, PHP's report of a fatal error, the CRM's report
  /// that its database is down, and every 500. A gateway's 502, 503 or 504 is open whatever it says;
  /// so is a cut, empty or foreign text under any other status.
  package init(_ ending: RequestEnding) {
    switch ending {
    case .lost: self = .open
    case .reply(let status, let body): self.init(status: status, body: ReplyBody(body))
    }
  }

  init(status: Int, body: ReplyBody) {
    switch status {
    case 502, 503, 504: self = .open
    case 500: self = .final
    default:
      let hasEnded =
        body.isAnswer || body.reportsFatalError || PHPText.reportsMissingDatabase(body.bytes)
      self = hasEnded ? .final : .open
    }
  }
}

extension ReplyBody {
  /// Whether the JSON value is one the API writes, and not a gateway's.
  fileprivate var isAnswer: Bool {
    guard let json else { return false }
    guard bytes[json.lowerBound] == UInt8(ascii: "{"), let value else { return true }
    return ["result", "error", "data", "count"].contains { value[$0] != nil }
  }
}
