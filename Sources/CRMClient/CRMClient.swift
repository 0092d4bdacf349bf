package import PersonAPI

/// Speaks the `person` method with one server on behalf of one user.
///
/// A value: it holds the transport, the credentials and the server's variant. Requests of any number
/// of tasks may run at once. Questions are repeated as its ``RetryPolicy`` says, writes only where
/// nothing of them was sent.
package struct CRMClient: Sendable {
  /// The server's address, for messages and journals.
  package let server: String
  /// Who is asking.
  package let credentials: Credentials
  /// How this server differs from others; see ``detectVariant(_:)``.
  package var variant: Variant

  let transport: any Transport
  let retry: RetryPolicy
  let timing: RetryTiming

  /// - Parameters:
  ///   - server: The server's address, for messages.
  ///   - credentials: Who is asking.
  ///   - variant: How this server differs from others.
  ///   - retry: When a request is sent again.
  ///   - timing: The clock and the random numbers for that.
  ///   - transport: What carries the requests.
  package init(
    server: String, credentials: Credentials, variant: Variant = .documented,
    retry: RetryPolicy = .never, timing: RetryTiming = .system, transport: any Transport
  ) {
    self.server = server
    self.credentials = credentials
    self.variant = variant
    self.retry = retry
    self.timing = timing
    self.transport = transport
  }

  /// The least time a request is given; a server may take 5 s a row, see ``timeout(rows:)``.
  package static let leastTimeout = Duration.seconds(60)

  /// How long a request with so many rows may take.
  ///
  /// A CRM that cannot call itself back takes 5 s a row; giving up earlier would leave the fate of
  /// rows open that are being stored.
  package static func timeout(rows: Int) -> Duration {
    max(leastTimeout, .seconds(6 * rows))
  }

  /// Runs something on the thread on which replies come in.
  ///
  /// For many small requests one after the other: waking another thread for each reply, and this one for each
  /// request, takes longer than reading a page.
  ///
  /// - Parameters:
  ///   - isolation: Whose actor it runs on, if it runs on one.
  ///   - body: What is done; it must not block for long.
  /// - Returns: What it returns.
  /// - Throws: What it throws.
  package func whereRepliesComeIn<Result, Failure>(
    isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    try await withTaskExecutorPreference(transport.executor, isolation: isolation, operation: body)
  }

  /// Asks a question and hands over the body of the reply.
  func ask(_ request: some PersonRequest) async throws(CRMError) -> (body: ReplyBody, status: Int) {
    try await ask(
      request.request(credentials: credentials, variant: variant), action: request.action)
  }

  /// Asks a question and hands over the reply's bytes.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - isAnswer: Whether a reply is what was asked for; then it is not judged any further.
  /// - Returns: The bytes and the status.
  /// - Throws: ``CRMError`` if no whole reply comes.
  func ask(
    _ request: some PersonRequest, isAnswer: (HTTPReply) -> Bool
  ) async throws(CRMError) -> (reply: [UInt8], status: Int) {
    do {
      let reply = try await exchange(
        request.request(credentials: credentials, variant: variant), effect: .read,
        timeout: Self.leastTimeout, isAnswer: isAnswer)
      return (reply.body, reply.status)
    } catch {
      throw CRMError(request.action, server: server, cause: .transport(error))
    }
  }

  /// Asks a question, whose request is finished, and hands over the body of the reply.
  func ask(
    _ request: WireRequest, action: Action
  ) async throws(CRMError) -> (body: ReplyBody, status: Int) {
    do {
      let reply = try await exchange(request, effect: .read, timeout: Self.leastTimeout)
      return (ReplyBody(reply.body), reply.status)
    } catch {
      throw CRMError(action, server: server, cause: .transport(error))
    }
  }

  /// What an error of the API means for the caller.
  func failure(_ error: APIError, of action: Action) -> CRMError {
    let cause: CRMError.Cause =
      error.refusesCredentials
      ? .credentialsRefused : .refused(code: error.code, text: error.text.printable)
    return CRMError(action, server: server, cause: cause)
  }

  /// The failure to understand a reply.
  func misunderstanding(of action: Action, _ body: ReplyBody, status: Int) -> CRMError {
    let isDatabaseDown = ReplyKind(status: status, body: body) == .databaseDown
    return CRMError(
      action, server: server,
      cause: isDatabaseDown ? .databaseDown : .notUnderstood(status: status))
  }
}

extension String {
  /// The text without control characters and no longer than a line: it comes from a server.
  fileprivate var printable: String {
    String(
      unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(120).map(Character.init)
    )
  }
}
