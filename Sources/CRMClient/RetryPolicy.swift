import PersonAPI

/// When a request is sent again, and after which pause.
///
/// Sent again are
/// - questions that no reply came to, or one of a gateway that gave up, of a server whose database is
///   down, or that was cut;
/// - writes of which nothing was sent, since no connection could be made.
///
/// A write that a gateway answers with 429 is *not* sent again, although most gateways refuse before
/// they pass a request on: nothing in the reply proves it, and a row may only be resent when shown
/// absent (DESIGN, law 3). Its rows are looked up like those of any request without an answer.
///
/// Pauses grow exponentially, with full jitter so that many clients do not come back at once. A
/// `Retry-After` beside 429 or 503 is honoured up to a limit.
package struct RetryPolicy: Sendable, Equatable {
  /// What a request does, and so whether it may be repeated.
  package enum Effect: Sendable {
    /// It asks.
    case read
    /// It changes what is stored.
    case write
  }

  /// How often a request is sent at most.
  package var maximumAttempts: Int
  /// The longest pause before the second attempt; it doubles with each further one.
  package var firstPause: Duration
  /// The longest pause that is ever chosen here.
  package var longestPause: Duration
  /// The longest pause that a server may ask for.
  package var longestRetryAfter: Duration

  package init(
    maximumAttempts: Int = 4, firstPause: Duration = .milliseconds(500),
    longestPause: Duration = .seconds(20), longestRetryAfter: Duration = .seconds(120)
  ) {
    self.maximumAttempts = maximumAttempts
    self.firstPause = firstPause
    self.longestPause = longestPause
    self.longestRetryAfter = longestRetryAfter
  }

  /// Nothing is ever sent again.
  package static let never = RetryPolicy(maximumAttempts: 1)

  /// The pause before a request is sent again.
  ///
  /// - Parameters:
  ///   - result: How the attempt ended.
  ///   - attempt: Which attempt it was, from 1.
  ///   - effect: What the request does.
  ///   - now: Seconds since 1970.
  ///   - random: A number from 0 to below 1.
  /// - Returns: The pause; `nil` if the request is not sent again.
  package func pause(
    after result: Result<HTTPReply, TransportError>, attempt: Int, effect: Effect, now: Int,
    random: Double
  ) -> Duration? {
    guard attempt < maximumAttempts, isRepeatable(result, effect) else { return nil }
    let doublings = min(attempt - 1, 20)
    let pause = min(longestPause, firstPause * (1 << doublings)) * random
    guard case .success(let reply) = result, let asked = Self.retryAfter(reply, now: now)
    else { return pause }
    // The jitter comes on top: everybody was told the same time.
    return min(asked, longestRetryAfter) + pause
  }

  /// How long a server asks to be left alone.
  ///
  /// - Parameters:
  ///   - reply: The server's reply; only 429 and 503 are listened to.
  ///   - now: Seconds since 1970.
  /// - Returns: The time; `nil` if it does not ask.
  package static func retryAfter(_ reply: HTTPReply, now: Int) -> Duration? {
    guard reply.status == 429 || reply.status == 503,
      let text = reply.header("Retry-After")?.filter({ $0 != "\t" }), !text.isEmpty
    else { return nil }
    let digits = text.filter { $0 != " " }
    if digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
      // More digits than fit are a very long time.
      return .seconds(Int(digits) ?? 1_000_000_000)
    }
    return HTTPDate.seconds(text, now: now).map { .seconds(max(0, $0 - now)) }
  }

  private func isRepeatable(_ result: Result<HTTPReply, TransportError>, _ effect: Effect) -> Bool {
    switch (result, effect) {
    // A certificate does not become trusted by asking again.
    case (.failure(let error), .write): return error.code == .unreachable
    case (.failure(let error), .read): return error.code == .unreachable || error.code == .lost
    case (.success, .write): return false
    case (.success(let reply), .read):
      let body = ReplyBody(reply.body)
      // A large answer is not taken apart to find out that it is one.
      if body.isAnswer(status: reply.status) { return false }
      switch ReplyKind(status: reply.status, body: body) {
      case .gateway, .databaseDown: return true
      case .foreign: return body.isCut
      case .answer, .error, .fatalError, .hiddenFailure, .turnedAway: return false
      }
    }
  }
}
