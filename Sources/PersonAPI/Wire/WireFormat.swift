/// How the parameters of a request become bytes, and what else of the request follows from that.
package enum WireFormat: Sendable, Equatable {
  /// A form that also holds login, key and action.
  case form
  /// A JSON object with the parameters alone: login and key stand in headers, where the CRM does not
  /// log them, and the action stands in the path.
  case json

  /// The value of `Content-Type`.
  ///
  /// For JSON it is compared letter by letter: with `; charset=utf-8` behind it the body is ignored.
  package var contentType: String {
    switch self {
    case .form: "application/x-www-form-urlencoded"
    case .json: "application/json"
    }
  }

  /// Whether PHP's `max_input_vars` counts the parameters, and drops those that exceed it.
  package var countsVariables: Bool {
    switch self {
    case .form: true
    case .json: false
    }
  }
}
