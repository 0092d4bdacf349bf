import CRMClient
import PersonAPI
import Synchronization

/// A transport that answers from a script, and keeps what was asked.
final class CannedTransport: Transport {
  /// What was asked, and how much time it was given.
  struct Request: Sendable {
    var wire: WireRequest
    var timeout: Duration
    /// The body as text.
    var form: String { String(decoding: wire.body, as: UTF8.self) }
  }

  typealias Answer = Result<HTTPReply, TransportError>

  private let script: @Sendable (WireRequest, Int) -> Answer
  private let received = Mutex<[Request]>([])

  /// - Parameter script: Answers a request, given how many came before it.
  init(script: @escaping @Sendable (WireRequest, Int) -> Answer) { self.script = script }

  /// Gives the same answer to everything.
  convenience init(_ answer: Answer) { self.init { _, _ in answer } }

  /// Gives the same answer to everything.
  convenience init(_ body: String, status: Int = 200) { self.init(.body(body, status: status)) }

  var requests: [Request] { received.withLock { $0 } }

  func send(_ request: WireRequest, timeout: Duration) async throws(TransportError) -> HTTPReply {
    let number = received.withLock { all in
      all.append(Request(wire: request, timeout: timeout))
      return all.count - 1
    }
    return try script(request, number).get()
  }

  func shutDown() async {}
}

extension CannedTransport.Answer {
  static func body(_ text: String, status: Int = 200, headers: [HeaderField] = []) -> Self {
    .success(HTTPReply(status: status, headers: headers, body: Array(text.utf8)))
  }

  static let notFound = body("<html>Not Found</html>", status: 404)
}
