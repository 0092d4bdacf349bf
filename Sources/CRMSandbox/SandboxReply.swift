/// What the sandbox answers.
package struct SandboxReply: Sendable {
  /// The HTTP status; 200 for every error of the API itself.
  package var status: Int
  /// The value of `Content-Type`.
  package var contentType: String
  /// The body.
  package var body: [UInt8]
  /// Further headers: names and values.
  package var headers: [(name: String, value: String)] = []
  /// The length that the head promises where the connection is cut before all of it is sent.
  package var promisedLength: Int?

  /// The answer of a web server that has too much to do.
  static func busy(_ status: Int) -> SandboxReply {
    let title = status == 429 ? "Too Many Requests" : "Service Unavailable"
    return SandboxReply(
      status: status, contentType: "text/html; charset=iso-8859-1",
      body: Array(
        ("<html>\n<head><title>\(status) \(title)</title></head>\n"
          + "<body><h1>\(status) \(title)</h1></body>\n</html>\n").utf8),
      headers: [("Retry-After", "1")])
  }

  static func json(_ body: [UInt8]) -> SandboxReply {
    SandboxReply(
      status: 200, contentType: "application/json; charset=utf-8", body: body,
      headers: [("Access-Control-Allow-Origin", "*")])
  }

  /// A page of the web server's own.
  static func page(_ page: ApachePage, _ version: PHPVersion = .php74) -> SandboxReply {
    SandboxReply(
      status: page.status, contentType: "text/html; charset=iso-8859-1",
      body: Array(page.html(version).utf8)
    )
  }
}

/// What Apache says where no script is to blame.
enum ApachePage: Sendable {
  case notFound
  case uriTooLong
  case internalError

  /// The HTTP status.
  var status: Int {
    switch self {
    case .notFound: 404
    case .uriTooLong: 414
    case .internalError: 500
    }
  }

  /// The page as the Apache words it that serves this PHP.
  func html(_ version: PHPVersion) -> String {
    let type =
      switch version {
      case .php74: "\"-//IETF//DTD HTML 2.0//EN\""
      case .php82: "\"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\""
      }
    return "<!DOCTYPE HTML PUBLIC \(type)>\n<html><head>\n<title>\(status) \(title)</title>\n"
      + "</head><body>\n<h1>\(title)</h1>\n\(text)</body></html>\n"
  }

  private var title: String {
    switch self {
    case .notFound: "Not Found"
    case .uriTooLong: "Request-URI Too Long"
    case .internalError: "Internal Server Error"
    }
  }

  private var text: String {
    switch self {
    case .notFound: "<p>The requested URL was not found on this server.</p>\n"
    case .uriTooLong:
      "<p>The requested URL's length exceeds the capacity\nlimit for this server.<br />\n</p>\n"
    case .internalError:
      """
      <p>The server encountered an internal error or
      misconfiguration and was unable to complete
      your request.</p>
      <p>Please contact the server administrator at\u{20}
       [no address given] to inform them of the time this error occurred,
       and the actions you performed just before this error.</p>
      <p>More information about this error may be available
      in the server error log.</p>

      """
    }
  }
}
