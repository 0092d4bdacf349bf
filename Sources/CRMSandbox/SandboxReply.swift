/// What the sandbox answers.
package struct SandboxReply: Sendable {
  /// The HTTP status; 200 for every error of the API itself.
  package var status: Int
  /// The value of `Content-Type`.
  package var contentType: String
  /// The body.
  package var body: [UInt8]

  static func json(_ body: [UInt8]) -> SandboxReply {
    SandboxReply(status: 200, contentType: "application/json; charset=utf-8", body: body)
  }

  static func html(status: Int, _ title: String) -> SandboxReply {
    let text =
      "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>\(title)</title>\n"
      + "</head><body>\n<h1>\(title)</h1>\n</body></html>\n"
    return SandboxReply(
      status: status, contentType: "text/html; charset=iso-8859-1", body: Array(text.utf8))
  }
}
