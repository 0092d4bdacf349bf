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
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
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
    var request = HTTPClientRequest(url: "\(address.root)/\(wire.path)")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: wire.contentType)
    request.headers.add(name: "User-Agent", value: "ferry")
    request.headers.add(name: "Accept", value: "application/json")
    for field in wire.headers { request.headers.add(name: field.name, value: field.value) }
    request.body = .bytes(ByteBuffer(bytes: wire.body))
    do {
      return try await exchange(request, within: timeout)
    } catch {
      throw Self.classify(error)
    }
  }

  /// Sends a request and collects the whole reply, or gives up when the time is over.
  ///
  /// The client's own deadline ends with the head of the reply; a body may never end.
  private func exchange(
    _ request: HTTPClientRequest, within timeout: Duration
  ) async throws -> HTTPReply {
    try await withThrowingTaskGroup(of: HTTPReply.self) { group in
      group.addTask { [client] in
        let reply = try await client.execute(request, deadline: .distantFuture)
        let body = try await reply.body.collect(upTo: Self.largestReply)
        return HTTPReply(
          status: Int(reply.status.code),
          headers: reply.headers.map { HeaderField($0.name, $0.value) },
          body: Array(body.readableBytesView))
      }
      group.addTask {
        try await Task.sleep(for: timeout)
        throw TransportError(.lost, reason: "no whole reply within \(timeout)")
      }
      defer { group.cancelAll() }
      guard let reply = try await group.next() else { throw CancellationError() }
      return reply
    }
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
    case is NIOTooManyBytesError: return TransportError(.tooLarge)
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
