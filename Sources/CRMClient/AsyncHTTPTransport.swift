import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
package import PersonAPI

/// The transport over HTTP/1.1.
///
/// No redirect is followed (a POST must not wander), idle connections are closed after 3 s (Apache
/// drops them at 5), and a reply may have at most 64 MB.
package struct AsyncHTTPTransport: Transport {
  /// The most bytes a reply may have.
  package static let largestReply = 64 << 20

  private let address: ServerAddress
  private let client: HTTPClient
  /// The one thread that reads and writes.
  package let executor: (any TaskExecutor)?

  /// - Parameters:
  ///   - address: The server.
  ///   - authorityFile: A PEM file with the certificate of a private authority.
  ///   - proxy: What stands between this machine and the server; see ``ProxySettings``.
  package init(
    address: ServerAddress, authorityFile: String? = nil, proxy: ProxySettings.Proxy? = nil
  ) {
    self.address = address
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    configuration.connectionPool.idleTimeout = .seconds(3)
    configuration.timeout.connect = .seconds(15)
    // Requests never wait for a connection behind others: how many are under way is decided above.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    // A request that may have reached the server is never repeated behind our back.
    configuration.connectionPool.retryConnectionEstablishment = false
    if let authorityFile {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.additionalTrustRoots = [.file(authorityFile)]
      configuration.tlsConfiguration = tls
    }
    configuration.proxy = proxy.map(Self.configuration)
    // One thread for all connections: a reply's parts then stay where they were read.
    let thread = MultiThreadedEventLoopGroup.singleton.any()
    executor = EventLoopTaskExecutor(thread)
    client = HTTPClient(eventLoopGroupProvider: .shared(thread), configuration: configuration)
  }

  private static func configuration(of proxy: ProxySettings.Proxy) -> HTTPClient.Configuration.Proxy
  {
    switch proxy.kind {
    case .http:
      .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.user.isEmpty
          ? nil : .basic(username: proxy.user, password: proxy.password))
    case .socks: .socksServer(host: proxy.host, port: proxy.port)
    }
  }

  /// Posts a request; see ``Transport/send(_:timeout:)``.
  package func send(
    _ wire: WireRequest, timeout: Duration
  ) async throws(TransportError) -> HTTPReply {
    do {
      return try await exchange(wire, within: timeout)
    } catch {
      throw Self.classify(error)
    }
  }

  /// Sends a request and collects the whole reply, or gives up when the time is over.
  ///
  /// The reply is put together where it is read; as an asynchronous sequence, each of its parts would wake
  /// another thread. The deadline is one for all of it: a body may never end.
  private func exchange(
    _ wire: WireRequest, within timeout: Duration
  ) async throws -> HTTPReply {
    var headers = HTTPHeaders([
      ("Content-Type", wire.contentType), ("User-Agent", "ferry"), ("Accept", "application/json"),
    ])
    for field in wire.headers { headers.add(name: field.name, value: field.value) }
    let request = try HTTPClient.Request(
      url: "\(address.root)/\(wire.path)", method: .POST, headers: headers,
      body: .byteBuffer(ByteBuffer(bytes: wire.body)))
    let exchange = client.execute(
      request: request,
      delegate: ResponseAccumulator(request: request, maxBodySize: Self.largestReply),
      deadline: .now() + TimeAmount(timeout))
    let reply = try await withTaskCancellationHandler {
      try await exchange.get()
    } onCancel: {
      exchange.cancel()
    }
    return HTTPReply(
      status: Int(reply.status.code),
      headers: reply.headers.map { HeaderField($0.name, $0.value) },
      body: reply.body.map { Array($0.readableBytesView) } ?? [])
  }

  package func shutDown() async {
    // An error here means only that a connection was already gone.
    try? await client.shutdown()
  }

  private static let notSent: [HTTPClientError] = [
    .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout,
    .httpProxyHandshakeTimeout,
    .socksHandshakeTimeout, .proxyAuthenticationRequired, .invalidProxyResponse,
  ]

  private static func classify(_ error: any Error) -> TransportError {
    switch error {
    case let error as TransportError: return error
    case is CancellationError: return TransportError(.cancelled)
    case is ResponseAccumulator.ResponseTooBigError: return TransportError(.tooLarge)
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      return TransportError(.untrusted, reason: "\(error)")
    case let error as NIOSSLError:
      // Only a handshake that fails comes before the request; a TLS connection that is cut does not.
      switch error {
      case .handshakeFailed, .noCertificateToValidate, .unableToValidateCertificate:
        return TransportError(.untrusted, reason: "\(error)")
      default: return TransportError(.lost, reason: "\(error)")
      }
    // All of these come before the request: on the way to a connection, or while it is looked over.
    case let error as HTTPClientError where notSent.contains(error):
      return TransportError(.unreachable, reason: "\(error)")
    case let error as HTTPClientError where error == .deadlineExceeded:
      return TransportError(.lost, reason: "no whole reply in time")
    case let error as HTTPClientError where error == .cancelled:
      return TransportError(.cancelled)
    case is NIOConnectionError, is SocketAddressError:
      return TransportError(.unreachable, reason: "\(error)")
    case let error as ChannelError:
      if case .connectTimeout = error { return TransportError(.unreachable, reason: "\(error)") }
      return TransportError(.lost, reason: "\(error)")
    case let error as IOError where error.errnoCode == ECONNREFUSED:
      // Nobody listens, so nothing can have been sent.
      return TransportError(.unreachable, reason: "connection refused")
    default:
      return TransportError(.lost, reason: "\(error)")
    }
  }
}
