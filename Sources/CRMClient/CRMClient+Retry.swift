import PersonAPI

/// Sending, again where the policy says so.
extension CRMClient {
  /// Sends a request and returns the last attempt's reply.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - effect: What it does.
  ///   - timeout: How long an attempt may take.
  ///   - isAnswer: Whether a reply is what was asked for, so that nobody has to judge it.
  /// - Returns: The reply.
  /// - Throws: The last attempt's error; ``TransportError/Code/cancelled`` if the wait for another one is
  ///   cancelled, but for a request of which nothing was sent, which stays that.
  func exchange(
    _ request: WireRequest, effect: RetryPolicy.Effect, timeout: Duration,
    isAnswer: (HTTPReply) -> Bool = { _ in false }
  ) async throws(TransportError) -> HTTPReply {
    var attempt = 1
    while true {
      let result: Result<HTTPReply, TransportError>
      do {
        let reply = try await transport.send(request, timeout: timeout)
        if isAnswer(reply) { return reply }
        result = .success(reply)
      } catch {
        result = .failure(error)
      }
      guard
        let pause = retry.pause(
          after: result, attempt: attempt, effect: effect, now: timing.now(),
          random: timing.random())
      else { return try result.get() }
      do {
        try await timing.sleep(pause)
      } catch {
        if case .failure(let last) = result, last.isNothingSent { throw last }
        throw TransportError(.cancelled)
      }
      attempt += 1
    }
  }
}
