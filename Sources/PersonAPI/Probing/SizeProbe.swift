/// A `fields` question of a certain size, to find out how much of a request arrives.
///
/// It changes nothing: what fills it up is no parameter that the server knows, and stands between the
/// credentials and the action, so that a request of which something was dropped has lost its action and
/// is refused. The CRM keeps forms in its log, the filling included.
package enum SizeProbe: Sendable, Equatable {
  /// A form with so many variables in all; at least the three of every form.
  case variables(Int)
  /// A body of exactly so many bytes, unless it is longer without any filling.
  case bytes(Int)

  /// What an answer says of the request's size.
  package enum Answer: Sendable, Equatable {
    /// All of it arrived.
    case whole
    /// Some of it was dropped, or it was refused for its size.
    case dropped
    /// Nothing; it says something else.
    case unclear
  }

  /// The POST.
  package func request(credentials: Credentials, variant: Variant) -> WireRequest {
    var parameters = RequestParameters()
    switch self {
    case .variables(let count):
      // In a form, an empty key appends to the array.
      for _ in 0..<max(0, count - Self.ownVariables) { parameters.append("x", "", "1") }
    case .bytes(let count):
      let unfilled = Filled(parameters: fill(0)).body(credentials: credentials, variant: variant)
      parameters = fill(max(0, count - unfilled.count))
    }
    return Filled(parameters: parameters).request(credentials: credentials, variant: variant)
  }

  /// login, apikey and action.
  private static let ownVariables = 3

  private func fill(_ count: Int) -> RequestParameters {
    var parameters = RequestParameters()
    parameters.append("x", String(repeating: "1", count: count))
    return parameters
  }

  /// `fields` with what it does not need.
  private struct Filled: PersonRequest {
    var parameters: RequestParameters

    var action: Action { .fields }
    func append(to parameters: inout RequestParameters, variant: Variant) {
      parameters = self.parameters
    }
  }
}

extension SizeProbe.Answer {
  /// Judges a reply.
  ///
  /// Credentials that were accepted a moment ago, and are not now, have not arrived.
  package init(status: Int, body: ReplyBody) {
    switch FieldsReply(body) {
    case .fields: self = .whole
    case .error(let error):
      let isLost = error.refusesCredentials || error.code == APIError.unknownMethod
      self = isLost ? .dropped : .unclear
    case .unreadable: self = status == 413 ? .dropped : .unclear
    }
  }
}
