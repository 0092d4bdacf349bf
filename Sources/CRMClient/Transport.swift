package import PersonAPI

/// Carries one request to the server and its reply back.
///
/// The only thing a client needs of the network, so that tests can stand in for it.
package protocol Transport: Sendable {
  /// Posts a request to a path under the server's root.
  ///
  /// - Parameters:
  ///   - request: What is posted; its headers are sent under exactly the names they have.
  ///   - timeout: How long the whole exchange may take.
  /// - Returns: The reply, whatever its status.
  /// - Throws: ``TransportError`` if no whole reply came.
  func send(_ request: WireRequest, timeout: Duration) async throws(TransportError) -> HTTPReply

  /// Where replies come in; `nil` if that is no place of its own.
  var executor: (any TaskExecutor)? { get }

  /// Closes its connections. No request may follow.
  func shutDown() async
}

extension Transport {
  /// None, as of a transport that answers by itself.
  package var executor: (any TaskExecutor)? { nil }
}

/// What came back, not yet judged: the status says little on this wire (DESIGN, law 5).
package struct HTTPReply: Sendable, Equatable {
  /// The HTTP status.
  package var status: Int
  /// The headers, in order.
  package var headers: [HeaderField]
  /// The body, whole.
  package var body: [UInt8]

  package init(status: Int, headers: [HeaderField] = [], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first value under a name, whatever the case of its letters.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// No whole reply came.
package struct TransportError: Error, Sendable, Equatable {
  /// How far the request can have come.
  package enum Code: String, Sendable {
    /// No connection could be made: nothing was sent.
    case unreachable
    /// The server's certificate is not trusted: nothing was sent.
    case untrusted
    /// The time ran out, or the connection broke, with the request under way.
    case lost
    /// The reply is larger than ferry accepts.
    case tooLarge
    /// The run was interrupted.
    case cancelled
  }

  /// What happened.
  package let code: Code
  /// The network's own words, for the log; never any data.
  package let reason: String

  package init(_ code: Code, reason: String = "") {
    self.code = code
    self.reason = reason
  }

  /// Whether the server cannot have received the request.
  package var isNothingSent: Bool { code == .unreachable || code == .untrusted }
}
