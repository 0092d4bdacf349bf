import PersonAPI

/// Sending, again where the policy says so.
extension CRMClient {
  /// Sends a request and returns the last attempt's reply.
  ///
  /// - Throws: The last attempt's error; ``TransportError/Code/cancelled`` if the wait for another one is
  ///   cancelled, but for a request of which nothing was sent, which stays that.
  func exchange(
    _ request: WireRequest, effect: RetryPolicy.Effect, timeout: Duration
  ) async throws(TransportError) -> HTTPReply {
    var attempt = 1
    while true {
      let result: Result<HTTPReply, TransportError>
      do {
        result = .success(try await transport.send(request, timeout: timeout))
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
