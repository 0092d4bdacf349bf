import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

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
  /// - Throws: If that file cannot be used.
  package init(address: ServerAddress, authorityFile: String? = nil) throws {
    self.address = address
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    configuration.connectionPool.idleTimeout = .seconds(3)
    configuration.timeout.connect = .seconds(15)
    // A request that may have reached the server is never repeated behind our back.
    configuration.connectionPool.retryConnectionEstablishment = false
    if let authorityFile {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.additionalTrustRoots = [.file(authorityFile)]
      configuration.tlsConfiguration = tls
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  package func post(path: String, form: [UInt8], timeout: Duration) async throws(TransportError)
    -> HTTPReply
  {
    var request = HTTPClientRequest(url: "\(address.root)/\(path)")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    request.headers.add(name: "User-Agent", value: "ferry")
    request.headers.add(name: "Accept", value: "application/json")
    request.body = .bytes(ByteBuffer(bytes: form))
    do {
      let limit = TimeAmount.nanoseconds(
        timeout.components.seconds * 1_000_000_000
          + timeout.components.attoseconds / 1_000_000_000)
      let reply = try await client.execute(request, timeout: limit)
      let body = try await reply.body.collect(upTo: Self.largestReply)
      return HTTPReply(status: Int(reply.status.code), body: Array(body.readableBytesView))
    } catch {
      throw Self.classify(error)
    }
  }

  package func shutDown() async {
    // An error here means only that a connection was already gone.
    try? await client.shutdown()
  }

  private static func classify(_ error: any Error) -> TransportError {
    switch error {
    case is CancellationError: return TransportError(.cancelled)
    case is NIOTooManyBytesError: return TransportError(.tooLarge)
    case is NIOSSLExtraError, is NIOSSLError:
      return TransportError(.untrusted, reason: "\(error)")
    case let error as HTTPClientError where error == .connectTimeout:
      return TransportError(.unreachable, reason: "no connection within 15 s")
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
