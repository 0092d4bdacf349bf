import Hummingbird
import Logging
import NIOCore

/// The sandbox as an HTTP server.
///
/// ```swift
/// let server = try SandboxServer(SandboxConfiguration())
/// let port = try await server.start()
/// await server.stop()
/// ```
package actor SandboxServer {
  /// What answers the requests.
  package nonisolated let application: SandboxApplication

  private let configuration: SandboxConfiguration
  private var serving: Task<Void, any Error>?

  /// Opens the database; nothing listens yet.
  package init(_ configuration: SandboxConfiguration) throws {
    self.configuration = configuration
    application = try SandboxApplication(configuration)
  }

  /// Begins to listen and returns the port once connections are accepted.
  package func start() async throws -> Int {
    let (ports, port) = AsyncThrowingStream<Int, any Error>.makeStream()
    var logger = Logger(label: "ferry.sandbox")
    // A connection that is open when the server stops is no news.
    logger.logLevel = .critical
    let server = Application(
      responder: SandboxResponder(
        application: application, postMaxSize: configuration.postMaxSize),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port),
        serverName: "ferry-sandbox"),
      onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
      logger: logger)
    let serving = Task {
      do {
        try await server.run()
        port.finish()
      } catch {
        port.finish(throwing: error)
        throw error
      }
    }
    self.serving = serving
    for try await port in ports { return port }
    throw SandboxError.didNotStart
  }

  /// Stops listening; returns when the last connection is closed.
  package func stop() async {
    serving?.cancel()
    _ = await serving?.result
    serving = nil
  }

  /// Serves until the task is cancelled; listens first where ``start()`` was not called.
  package func run() async throws {
    if serving == nil { _ = try await start() }
    guard let serving else { return }
    try await withTaskCancellationHandler {
      try await serving.value
    } onCancel: {
      serving.cancel()
    }
  }
}

/// Carries requests from Hummingbird to the application.
private struct SandboxResponder: HTTPResponder {
  typealias Context = ConnectionContext

  let application: SandboxApplication
  let postMaxSize: Int

  func respond(to request: Request, context: Context) async throws -> Response {
    let target = request.head.path ?? "/"
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let reply: SandboxReply
    do {
      if application.refusesConnections { throw SandboxError.connectionCut }
      reply = try await application.serve(
        SandboxRequest(
          method: request.method.rawValue, path: parts.first.map(String.init) ?? "/",
          query: parts.count > 1 ? Array(parts[1].utf8) : [],
          headers: request.headers.map { ($0.name.rawName, $0.value) },
          body: try await body(of: request)))
    } catch SandboxError.connectionCut {
      // An error alone would be answered; after this nothing can be.
      try? await context.channel.close()
      throw SandboxError.connectionCut
    }
    var headers = HTTPFields()
    headers[.contentType] = reply.contentType
    for header in reply.headers {
      guard let name = HTTPFields.Element.Name(header.name) else { continue }
      headers[name] = header.value
    }
    return Response(
      status: .init(code: reply.status), headers: headers, body: body(of: reply))
  }

  /// The body of an answer; a writer that throws has its connection closed as it stands.
  private func body(of reply: SandboxReply) -> ResponseBody {
    let bytes = ByteBuffer(bytes: reply.body)
    guard let length = reply.promisedLength else { return ResponseBody(byteBuffer: bytes) }
    return ResponseBody(contentLength: length) { writer in
      try await writer.write(bytes)
      throw SandboxError.connectionCut
    }
  }

  /// Reads the body to its end, but keeps no more than is needed to see that it is too long.
  private func body(of request: Request) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    // JSON is no form, and so not held to the limit of forms.
    let isJSON = request.headers[.contentType]?.hasPrefix("application/json") == true
    let limit = isJSON ? max(postMaxSize, 64 << 20) : postMaxSize
    for try await chunk in request.body where bytes.count <= limit {
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    return bytes
  }
}

/// What the responder knows of a request besides itself: the connection it came over.
private struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
