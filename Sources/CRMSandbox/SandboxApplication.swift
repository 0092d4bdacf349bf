/// The CRM without a socket: a request in, a reply out.
///
/// The server and the tests share it, so that what holds in process holds over the wire.
package struct SandboxApplication: Sendable {
  let store: SandboxStore
  let configuration: SandboxConfiguration
  private let responder: any Responder
  private let plan: FaultPlan

  /// Apache's limit of the request line.
  private static let longestLine = 8190

  /// What answers once the web server has nothing against a request.
  protocol Responder: Sendable {
    /// What a request asks for, as far as faults distinguish it.
    func subject(of request: SandboxRequest) -> FaultScope?

    /// What a script answers.
    func respond(_ request: SandboxRequest, _ faults: RequestFaults) async throws -> SandboxReply

    /// The answer as it goes over the wire: compressed, say.
    func packed(_ reply: SandboxReply, for request: SandboxRequest) -> SandboxReply
  }

  /// Opens the database, which is made and seeded where it is new.
  ///
  /// - Throws: An error of SQLite, or ``SandboxError/foreignDatabase(path:)``.
  package init(_ configuration: SandboxConfiguration) throws {
    self.configuration = configuration
    store = try SandboxStore(configuration)
    plan = FaultPlan(configuration.faults, seed: configuration.faultSeed)
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

  /// What tells this CRM from every other, also from one made later under the same path.
  package var identity: String { store.identity }

  /// Whether every connection is to be closed before anything is read from it.
  package var refusesConnections: Bool { plan.refusesEverything }

  /// Answers a request, unless a fault cuts the connection.
  ///
  /// Errors of the API are answers with status 200; only the web server's own and a database that
  /// fails have another status. As with PHP behind a web server, a request once begun is finished
  /// even where its sender no longer waits.
  ///
  /// - Throws: ``SandboxError/connectionCut`` where nothing is answered. What the request asked for
  ///   may have been done all the same, or may be done later.
  package func exchange(_ request: SandboxRequest) async throws(SandboxError) -> SandboxReply {
    try await begin(request).outcome().get()
  }

  /// Answers a request over a connection, which is cut where the server stops.
  ///
  /// Without faults an answer is never far, and the server waits for it.
  func serve(_ request: SandboxRequest) async throws(SandboxError) -> SandboxReply {
    if plan.isEmpty { return try await self.exchange(request) }
    let exchange = begin(request)
    return try await withTaskCancellationHandler {
      await exchange.outcome()
    } onCancel: {
      exchange.end(.failure(.connectionCut))
    }.get()
  }

  private func begin(_ request: SandboxRequest) -> SandboxExchange {
    let exchange = SandboxExchange()
    Task { exchange.end(await finish(request, exchange)) }
    return exchange
  }

  /// Answers a request where no fault cuts connections.
  ///
  /// Where one does, the reply has the status 0 and no body.
  package func respond(_ request: SandboxRequest) async -> SandboxReply {
    do {
      return try await exchange(request)
    } catch {
      return SandboxReply(status: 0, contentType: "", body: [])
    }
  }

  /// Answers a request given in its parts.
  package func respond(
    method: String, path: String, query: [UInt8] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) async -> SandboxReply {
    await respond(
      SandboxRequest(method: method, path: path, query: query, headers: headers, body: body))
  }

  private func finish(_ request: SandboxRequest, _ exchange: SandboxExchange) async
    -> SandboxExchange.Outcome
  {
    let line = request.method.utf8.count + request.path.utf8.count + request.query.count + 11
    if line > Self.longestLine { return .success(.page(.uriTooLong, version)) }
    do {
      guard !plan.isEmpty else {
        let reply = try await responder.respond(request, .none)
        return .success(responder.packed(reply, for: request))
      }
      let faults = plan.next(responder.subject(of: request))
      return .success(try await finish(request, exchange, faults))
    } catch SandboxError.connectionCut {
      return .failure(.connectionCut)
    } catch {
      return .success(SandboxReply(status: 500, contentType: "text/html; charset=utf-8", body: []))
    }
  }

  private func finish(
    _ request: SandboxRequest, _ exchange: SandboxExchange, _ faults: RequestFaults
  ) async throws -> SandboxReply {
    var faults = faults
    faults.exchange = exchange
    if let reply = try await faults.begin(in: store, now: configuration.now()) { return reply }
    var reply = try await responder.respond(request, faults)
    let day = CRMDate.text(
      secondsSince1970: configuration.now(), offset: configuration.timeZoneOffset)
    faults.reshape(
      &reply, before: PHPWarning.truncated(version, limit: configuration.maxInputVars ?? 1000),
      after: .unwritableLog(
        ObservedRequest.Route(path: request.path)?.api ?? .v2, version, on: day))
    reply = responder.packed(reply, for: request)
    try await faults.finish(&reply)
    return reply
  }

  /// The PHP whose words are used; the documented server has those of 7.4.
  private var version: PHPVersion { configuration.profile.version ?? .php74 }
}

extension SandboxApplication.Responder {
  /// Nothing is done to the answer.
  func packed(_ reply: SandboxReply, for request: SandboxRequest) -> SandboxReply { reply }
}
