import CRMClient
import Synchronization

/// A transport that gives the same answer to everything, and keeps what was asked.
final class CannedTransport: Transport {
  private let answer: Result<HTTPReply, TransportError>
  private let received = Mutex<[(form: String, timeout: Duration)]>([])

  init(_ answer: Result<HTTPReply, TransportError>) { self.answer = answer }

  convenience init(_ body: String, status: Int = 200) {
    self.init(.success(HTTPReply(status: status, body: Array(body.utf8))))
  }

  var requests: [(form: String, timeout: Duration)] { received.withLock { $0 } }

  func post(path: String, form: [UInt8], timeout: Duration) async throws(TransportError)
    -> HTTPReply
  {
    received.withLock { $0.append((String(decoding: form, as: UTF8.self), timeout)) }
    return try answer.get()
  }

  func shutDown() async {}
}
