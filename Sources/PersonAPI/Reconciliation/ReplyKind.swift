import JSONSyntax

/// What a reply is, before anyone asks what it says: who wrote it, and how PHP ended.
package enum ReplyKind: Sendable, Equatable {
  /// A complete JSON value of the API, whatever stands around it and whatever the status.
  case answer
  /// A complete JSON value of the API that refuses the request.
  case error(APIError)
  /// PHP's report of a fatal error, and no JSON before it.
  case fatalError
  /// The CRM's sentence that it cannot reach its database: it looked at nothing.
  case databaseDown
  /// A 500 that says nothing, as a fatal error does where the administrator has errors hidden.
  case hiddenFailure
  /// The answer of something in front of the CRM that gave up or refused: 429, 502, 503 and 504,
  /// whatever they say.
  case gateway
  /// Something in front of the CRM would not let the request in: it is too large (413), or a firewall
  /// took offence at it (403). The CRM never saw it.
  case turnedAway
  /// Nothing of the CRM's: cut, empty, or somebody else's text.
  case foreign
}

extension ReplyKind {
  /// Judges a reply.
  package init(status: Int, body: ReplyBody) {
    switch status {
    case 429, 502, 503, 504: self = .gateway
    default:
      if let kind = Self(answer: body) {
        self = kind
      } else if body.reportsFatalError {
        self = .fatalError
      } else if PHPText.reportsMissingDatabase(body.bytes) {
        self = .databaseDown
      } else if status == 413 || status == 403, !body.isCut {
        self = .turnedAway
      } else {
        self = status == 500 ? .hiddenFailure : .foreign
      }
    }
  }

  /// Whether PHP has ended, or never began, so that no row of the request arrives any more.
  ///
  /// A gateway may have given up while PHP is still at work. So may whoever cut the reply; a cut reply
  /// with status 500 was written by a PHP that died.
  package var finality: ReplyFinality {
    switch self {
    case .answer, .error, .fatalError, .databaseDown, .hiddenFailure, .turnedAway: .final
    case .gateway, .foreign: .open
    }
  }

  /// The kind of a body with a JSON value in it; `nil` if there is none, or it is not the API's.
  private init?(answer body: ReplyBody) {
    guard let json = body.json else { return nil }
    guard body.bytes[json.lowerBound] == UInt8(ascii: "{"), let value = body.value else {
      self = .answer
      return
    }
    if let error = APIError(value["error"]) {
      // Others put an error into JSON as well; the API's have numbers of their own.
      guard APIError.codes.contains(error.code) else { return nil }
      self = .error(error)
    } else if value.members?.contains(where: { Self.names.contains($0.key) }) == true {
      self = .answer
    } else {
      return nil
    }
  }

  /// What the API's objects have at least one of; `0` where PHP made an object of rows.
  private static let names: Set<String> = ["result", "data", "count", "0"]
}
