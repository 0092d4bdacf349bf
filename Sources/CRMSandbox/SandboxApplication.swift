/// The CRM without a socket: a request in, a reply out.
///
/// The server and the tests share it, so that what holds in process holds over the wire.
package struct SandboxApplication: Sendable {
  let store: SandboxStore
  private let configuration: SandboxConfiguration
  private let responder: any Responder

  /// Apache's limit of the request line.
  private static let longestLine = 8190

  /// What answers once the web server has nothing against a request.
  protocol Responder: Sendable {
    func respond(_ request: SandboxRequest) async throws -> SandboxReply
  }

  /// Opens the database, which is made and seeded where it is new.
  ///
  /// - Throws: An error of SQLite, or ``SandboxError/foreignDatabase(path:)``.
  package init(_ configuration: SandboxConfiguration) throws {
    self.configuration = configuration
    store = try SandboxStore(configuration)
    responder =
      if let version = configuration.profile.version {
        ObservedResponder(
          configuration: configuration,
          server: ObservedServer(
            store: store, site: ObservedSite(configuration, version: version)))
      } else {
        DocumentedResponder(store: store, configuration: configuration)
      }
  }

  /// Answers a request.
  ///
  /// Errors of the API are answers with status 200; only the web server's own and a database that
  /// fails have another status. As with PHP behind a web server, a request once begun is finished
  /// even where its sender no longer waits.
  package func respond(_ request: SandboxRequest) async -> SandboxReply {
    await Task { await finish(request) }.value
  }

  /// Answers a request given in its parts.
  package func respond(
    method: String, path: String, query: [UInt8] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) async -> SandboxReply {
    await respond(
      SandboxRequest(method: method, path: path, query: query, headers: headers, body: body))
  }

  private func finish(_ request: SandboxRequest) async -> SandboxReply {
    let line = request.method.utf8.count + request.path.utf8.count + request.query.count + 11
    if line > Self.longestLine {
      return .page(.uriTooLong, configuration.profile.version ?? .php74)
    }
    do {
      return try await responder.respond(request)
    } catch {
      return SandboxReply(status: 500, contentType: "text/html; charset=utf-8", body: [])
    }
  }
}
