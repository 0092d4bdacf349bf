/// The CRM without a socket: a request in, a reply out.
///
/// The server and the tests share it, so that what holds in process holds over the wire.
package struct SandboxApplication: Sendable {
  let store: SandboxStore
  private let configuration: SandboxConfiguration
  private let method: PersonMethod

  private static let paths = ["/developer/v2/person", "/developer/v2/person.php"]
  /// Apache's limit of the request line.
  private static let longestLine = 8190

  /// Opens the database, which is made and seeded where it is new.
  ///
  /// - Throws: An error of SQLite, or ``SandboxError/foreignDatabase(path:)``.
  package init(_ configuration: SandboxConfiguration) throws {
    self.configuration = configuration
    store = try SandboxStore(configuration)
    method = PersonMethod(
      store: store, configuration: configuration, profile: DocumentedProfile())
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
    if line > Self.longestLine { return .html(status: 414, "Request-URI Too Long") }
    guard Self.paths.contains(request.path) else { return .html(status: 404, "Not Found") }
    do {
      return .json(try await method.answer(parameters(of: request)))
    } catch {
      return SandboxReply(status: 500, contentType: "text/html; charset=utf-8", body: [])
    }
  }

  /// What PHP would hold in `$_REQUEST`: the query's variables, and over them the form's.
  private func parameters(of request: SandboxRequest) -> RequestParameters {
    let decoder = PHPFormDecoder(maxInputVars: configuration.maxInputVars)
    var variables = decoder.decodeQuery(request.query)
    if isForm(request), request.body.count <= configuration.postMaxSize {
      variables.merge(decoder.decodeBody(request.body))
    }
    return RequestParameters(array: variables)
  }

  private func isForm(_ request: SandboxRequest) -> Bool {
    guard request.method == "POST", let type = request.header("Content-Type") else { return false }
    let name = type.prefix { $0 != ";" && $0 != "," && $0 != " " }
    return name.lowercased() == "application/x-www-form-urlencoded"
  }
}
