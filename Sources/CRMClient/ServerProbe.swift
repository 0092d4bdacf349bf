import ContactModel
package import PersonAPI

/// Finds out what a server is like by asking questions; it changes nothing.
///
/// Not every answer can be had from every server, so each finding may be missing. Only the first
/// question may fail as a whole: where it is not answered, nothing else will be.
package struct ServerProbe: Sendable {
  private let client: CRMClient
  private let largestBody: Int
  private let bodyStep: Int
  private let uptime: @Sendable () -> Duration

  /// How many questions the latency is taken from.
  package static let latencySamples = 5
  /// The most variables that are tried.
  package static let mostVariables = 10_000
  /// How many sizes are tried of each.
  package static let attempts = 12
  /// How many users are counted at most.
  package static let mostUsers = 200

  /// - Parameters:
  ///   - client: Asks; its variant has been found out.
  ///   - largestBody: The largest body that is tried, in bytes.
  ///   - bodyStep: The steps in which bodies are tried.
  ///   - uptime: A clock that never goes back.
  package init(
    client: CRMClient, largestBody: Int = 16 << 20, bodyStep: Int = 64 << 10,
    uptime: @escaping @Sendable () -> Duration = Self.clock()
  ) {
    self.client = client
    self.largestBody = largestBody
    self.bodyStep = bodyStep
    self.uptime = uptime
  }

  /// The system's clock, from now on.
  package static func clock() -> @Sendable () -> Duration {
    let start = ContinuousClock.now
    return { ContinuousClock.now - start }
  }

  /// Finds out everything.
  ///
  /// - Parameter users: The account's users; `nil` if the server does not tell.
  /// - Returns: What was found out.
  /// - Throws: ``CRMError`` if the server does not answer the first question.
  package func findings(users: [CRMUser]?) async throws(CRMError) -> ServerFindings {
    var findings = ServerFindings()
    findings.latency = try await latency()
    findings.variables = await variables()
    findings.bodyBytes = await bodyBytes()
    let page = try? await client.list(
      ListRequest(order: "pid", first: .oldestFirst, fields: [.pid]), columns: [.pid])
    findings.visibleContacts = page?.total
    if let pid = page?.pids.lazy.compactMap({ $0 }).first {
      findings.answersInfo = (try? await client.info(InfoRequest(pid: pid))) != nil
    }
    if let users { findings.contactsOfUsers = await counts(of: users) }
    return findings
  }

  /// How long `fields` takes.
  package func latency() async throws(CRMError) -> Duration? {
    var durations: [Duration] = []
    for _ in 0..<Self.latencySamples {
      let start = uptime()
      _ = try await client.fields()
      durations.append(uptime() - start)
    }
    return .median(of: durations)
  }

  /// How many variables of a form arrive.
  package func variables() async -> MeasuredLimit? {
    guard client.variant.format.countsVariables else { return nil }
    // PHP's default is 1000, of which it lets 1001 through.
    let search = LimitSearch(
      upTo: Self.mostVariables, guesses: [Self.mostVariables, 1000, 1002], attempts: Self.attempts)
    return await measure(search) { .variables($0) }
  }

  /// How many bytes of a body arrive, in whole steps.
  ///
  /// Of JSON it cannot be told: a body that is dropped is a question without parameters there, and is
  /// answered.
  package func bodyBytes() async -> MeasuredLimit? {
    guard client.variant.format.countsVariables else { return nil }
    // What ferry sends comes first, then PHP's default of 8 MB.
    let step = bodyStep
    let guesses = [2 << 20, 8 << 20, (8 << 20) + step, largestBody, 1 << 20].map { $0 / step }
    let search = LimitSearch(
      upTo: largestBody / step, guesses: guesses, attempts: Self.attempts)
    return await measure(search) { .bytes($0 * step) }.map {
      MeasuredLimit(atLeast: $0.atLeast * step, below: $0.below.map { $0 * step })
    }
  }

  /// Tries sizes until the limit is known; `nil` if an answer says nothing of it.
  private func measure(
    _ search: LimitSearch, _ probe: (Int) -> SizeProbe
  ) async -> MeasuredLimit? {
    var search = search
    while let size = search.next {
      switch await answer(to: probe(size)) {
      case .whole: search.record(size, isWhole: true)
      case .dropped: search.record(size, isWhole: false)
      case .unclear: return nil
      }
    }
    return search.limit
  }

  /// Asks once: a repetition would only be dropped again.
  private func answer(to probe: SizeProbe) async -> SizeProbe.Answer {
    let request = probe.request(credentials: client.credentials, variant: client.variant)
    let start = uptime()
    do {
      let reply = try await client.transport.send(request, timeout: CRMClient.leastTimeout)
      return SizeProbe.Answer(status: reply.status, body: ReplyBody(reply.body))
    } catch {
      // Some servers close the connection on a body that is too large for them.
      // A slow line ends the same way, but later.
      guard case .bytes = probe, error.code == .lost, uptime() - start < .seconds(20) else {
        return .unclear
      }
      return .dropped
    }
  }

  private func counts(of users: [CRMUser]) async -> [ServerFindings.OwnerCount] {
    var counts: [ServerFindings.OwnerCount] = []
    for user in users.prefix(Self.mostUsers) {
      let page = try? await client.list(
        ListRequest(user: user.login, fields: [.pid]), columns: [.pid])
      counts.append(ServerFindings.OwnerCount(user: user, contacts: page?.total))
    }
    return counts
  }
}
