import NIOCore
import NIOPosix
import PersonAPI
import Synchronization
import Testing

@testable import CRMClient

/// What becomes of a request is told from real connections on loopback.
@Suite("transport")
struct AsyncHTTPTransportTests {
  /// A listener that does one thing to every connection.
  private struct Listener {
    enum Behavior: Sendable {
      /// Closes a connection once the request's first bytes have come.
      case close
      /// Never answers.
      case silence
      /// Answers with these bytes and closes.
      case answer(String)
    }

    let channel: any Channel
    let connections: Counter

    /// How many connections there were.
    final class Counter: Sendable {
      let count = Mutex(0)
    }

    private final class Handler: ChannelInboundHandler, Sendable {
      typealias InboundIn = ByteBuffer
      let behavior: Behavior

      init(_ behavior: Behavior) { self.behavior = behavior }

      func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        switch behavior {
        case .silence: break
        case .close: channel.close(promise: nil)
        case .answer(let text):
          channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in
            channel.close(promise: nil)
          }
        }
      }
    }

    static func start(_ behavior: Behavior) async throws -> Listener {
      let counter = Counter()
      let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { child in
          counter.count.withLock { $0 += 1 }
          return child.pipeline.addHandler(Handler(behavior))
        }
        .bind(host: "127.0.0.1", port: 0).get()
      return Listener(channel: channel, connections: counter)
    }

    var port: Int { channel.localAddress?.port ?? 0 }
  }

  private func post(
    port: Int, timeout: Duration = .seconds(10)
  ) async throws -> Result<HTTPReply, TransportError> {
    let transport = try AsyncHTTPTransport(address: ServerAddress("http://127.0.0.1:\(port)"))
    let result: Result<HTTPReply, TransportError>
    do {
      result = .success(
        try await transport.send(
          WireRequest(
            path: "developer/v2/person", contentType: "application/x-www-form-urlencoded",
            body: Array("login=a&action=list".utf8)), timeout: timeout))
    } catch {
      result = .failure(error)
    }
    await transport.shutDown()
    return result
  }

  private func code(_ result: Result<HTTPReply, TransportError>) -> TransportError.Code? {
    guard case .failure(let error) = result else { return nil }
    return error.code
  }

  @Test("a port where nobody listens is unreachable: nothing was sent")
  func refusedPort() async throws {
    // Listens, and stops, so that the port is one that nobody uses.
    let listener = try await Listener.start(.silence)
    let port = listener.port
    try await listener.channel.close()
    let result = try await post(port: port)
    #expect(code(result) == .unreachable)
  }

  @Test("a server that closes the connection has lost the request, and is not asked again")
  func closingServer() async throws {
    let listener = try await Listener.start(.close)
    let result = try await post(port: listener.port)
    #expect(code(result) == .lost)
    #expect(listener.connections.count.withLock { $0 } == 1)
    try await listener.channel.close()
  }

  @Test("a server that does not answer in time has lost the request, and is not asked again")
  func silentServer() async throws {
    let listener = try await Listener.start(.silence)
    let start = ContinuousClock.now
    let result = try await post(port: listener.port, timeout: .milliseconds(300))
    #expect(code(result) == .lost)
    #expect(ContinuousClock.now - start >= .milliseconds(250))
    #expect(listener.connections.count.withLock { $0 } == 1)
    try await listener.channel.close()
  }

  @Test("an answer that is cut is no answer")
  func cutAnswer() async throws {
    let listener = try await Listener.start(
      .answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"result\""))
    #expect(code(try await post(port: listener.port)) == .lost)
    try await listener.channel.close()
  }

  @Test("what is not HTTP is lost, too")
  func notHTTP() async throws {
    let listener = try await Listener.start(.answer("220 mail.example.com ESMTP\r\n"))
    #expect(code(try await post(port: listener.port)) == .lost)
    try await listener.channel.close()
  }

  @Test("an answer comes whole, whatever its status", arguments: [200, 401, 500, 503])
  func answers(status: Int) async throws {
    let listener = try await Listener.start(
      .answer("HTTP/1.1 \(status) Any\r\nContent-Length: 2\r\n\r\n[]"))
    let reply = try await post(port: listener.port).get()
    #expect(reply.status == status)
    #expect(reply.body == [0x5B, 0x5D])
    #expect(reply.header("content-length") == "2")
    try await listener.channel.close()
  }

  @Test("a redirect is not followed")
  func redirect() async throws {
    let listener = try await Listener.start(
      .answer(
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/elsewhere\r\nContent-Length: 0\r\n\r\n")
    )
    let reply = try await post(port: listener.port).get()
    #expect(reply.status == 302)
    #expect(listener.connections.count.withLock { $0 } == 1)
    try await listener.channel.close()
  }
}
