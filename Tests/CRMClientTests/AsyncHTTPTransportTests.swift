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
      /// Begins an answer, adds a byte to it now and then, and never ends it.
      case drip(String)
    }

    let channel: any Channel
    let connections: Counter

    /// How many connections there were.
    final class Counter: Sendable {
      let count = Mutex(0)
      /// What was sent to it.
      let received = Mutex("")
    }

    private final class Handler: ChannelInboundHandler, Sendable {
      typealias InboundIn = ByteBuffer
      let behavior: Behavior
      let counter: Counter

      init(_ behavior: Behavior, _ counter: Counter) {
        self.behavior = behavior
        self.counter = counter
      }

      func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        let text = String(buffer: unwrapInboundIn(data))
        counter.received.withLock { $0 += text }
        switch behavior {
        case .silence: break
        case .close: channel.close(promise: nil)
        case .answer(let text):
          channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in
            channel.close(promise: nil)
          }
        case .drip(let head):
          channel.writeAndFlush(ByteBuffer(string: head), promise: nil)
          channel.eventLoop.scheduleRepeatedTask(
            initialDelay: .milliseconds(10), delay: .milliseconds(10)
          ) { task in
            guard channel.isActive else { return task.cancel() }
            channel.writeAndFlush(ByteBuffer(string: "1\r\n \r\n"), promise: nil)
          }
        }
      }
    }

    static func start(_ behavior: Behavior) async throws -> Listener {
      let counter = Counter()
      let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { child in
          counter.count.withLock { $0 += 1 }
          return child.pipeline.addHandler(Handler(behavior, counter))
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
            headers: [HeaderField("X-aPiKey", "k")], body: Array("login=a&action=list".utf8)),
          timeout: timeout))
    } catch {
      result = .failure(error)
    }
    await transport.shutDown()
    return result
  }

  /// What becomes of a request that is answered with these bytes.
  private func result(of answer: String) async throws -> Result<HTTPReply, TransportError> {
    let listener = try await Listener.start(.answer(answer))
    let result = try await post(port: listener.port)
    try await listener.channel.close()
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

  @Test(
    "an answer that begins and never ends has lost the request when its time is over",
    .timeLimit(.minutes(5)))
  func endlessAnswer() async throws {
    let listener = try await Listener.start(
      .drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
    let result = try await post(port: listener.port, timeout: .milliseconds(500))
    #expect(code(result) == .lost)
    #expect(listener.connections.count.withLock { $0 } == 1)
    try await listener.channel.close()
  }

  @Test("a task that is cancelled does not wait for its answer", .timeLimit(.minutes(5)))
  func cancelled() async throws {
    let listener = try await Listener.start(.silence)
    let port = listener.port
    let request = Task { try await post(port: port, timeout: .seconds(86_400)) }
    while listener.connections.received.withLock({ $0.isEmpty }) {
      try await Task.sleep(for: .milliseconds(5))
    }
    request.cancel()
    #expect(code(try await request.value) == .cancelled)
    try await listener.channel.close()
  }

  @Test("an answer in chunks comes whole")
  func chunks() async throws {
    let result = try await result(
      of: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\n\r\n")
    #expect(try result.get().body == [0x5B, 0x5D])
  }

  @Test("an answer that announces more than ferry takes is refused")
  func tooLarge() async throws {
    let length = AsyncHTTPTransport.largestReply + 1
    let result = try await result(of: "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n[")
    #expect(code(result) == .tooLarge)
  }

  @Test("headers are sent under exactly the names they have")
  func headers() async throws {
    let listener = try await Listener.start(.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
    _ = try await post(port: listener.port).get()
    let sent = listener.connections.received.withLock { $0 }
    #expect(sent.hasPrefix("POST /developer/v2/person HTTP/1.1\r\n"))
    for line in [
      "X-aPiKey: k", "Content-Type: application/x-www-form-urlencoded", "User-Agent: ferry",
    ] {
      #expect(sent.contains("\r\n\(line)\r\n"))
    }
    try await listener.channel.close()
  }

  @Test("an answer that is cut is no answer")
  func cutAnswer() async throws {
    let result = try await result(
      of: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"result\"")
    #expect(code(result) == .lost)
  }

  @Test("what is not HTTP is lost, too")
  func notHTTP() async throws {
    #expect(code(try await result(of: "220 mail.example.com ESMTP\r\n")) == .lost)
  }

  @Test("an answer comes whole, whatever its status", arguments: [200, 401, 500, 503])
  func answers(status: Int) async throws {
    let reply = try await result(of: "HTTP/1.1 \(status) Any\r\nContent-Length: 2\r\n\r\n[]").get()
    #expect(reply.status == status)
    #expect(reply.body == [0x5B, 0x5D])
    #expect(reply.header("content-length") == "2")
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
