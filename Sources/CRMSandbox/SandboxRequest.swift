/// A request as it reached the sandbox, before PHP looks at it.
package struct SandboxRequest: Sendable {
  /// The method: `GET` or `POST`, as a rule.
  package var method: String
  /// The path without the query.
  package var path: String
  /// The query without the question mark, as sent.
  package var query: [UInt8]
  /// Header names and values, as sent.
  package var headers: [(name: String, value: String)]
  /// The whole body.
  package var body: [UInt8]

  /// Makes a request; everything but the path may be left out.
  package init(
    method: String = "GET", path: String, query: [UInt8] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The value of a header, its name compared without letter case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
