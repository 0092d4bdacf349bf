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

  static func json(_ body: [UInt8]) -> SandboxReply {
    SandboxReply(
      status: 200, contentType: "application/json; charset=utf-8", body: body,
      headers: [("Access-Control-Allow-Origin", "*")])
  }

  /// A page of the web server's own.
  static func page(_ page: ApachePage) -> SandboxReply {
    SandboxReply(
      status: page.status, contentType: "text/html; charset=iso-8859-1", body: Array(page.html.utf8)
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

  /// The page as Apache 2.4.62 words it.
  var html: String {
    "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>\(status) \(title)</title>\n"
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
    case .internalError: ""
    }
  }
}
