/// What PHP holds in `$_REQUEST`: the query's variables, and over them the form's.
struct PHPVariables: Sendable {
  /// The variables.
  let array: PHPArray
  /// The length of a form that was longer than PHP takes, and so is not among the variables.
  let excessLength: Int?
  /// Whether the form came in parts.
  let isMultipart: Bool
  /// Whether there were more variables than PHP takes.
  let isTruncated: Bool

  /// Decodes a request.
  ///
  /// - Parameters:
  ///   - request: The request; only a POST can carry a form.
  ///   - maxInputVars: How many variables PHP takes; `nil` for any number.
  ///   - postMaxSize: How many bytes a form may have.
  ///   - takesMultipart: Whether a form may come in parts.
  init(
    _ request: SandboxRequest, maxInputVars: Int?, postMaxSize: Int, takesMultipart: Bool = true
  ) {
    let decoder = PHPFormDecoder(maxInputVars: maxInputVars)
    let limit = maxInputVars ?? .max
    var variables = decoder.decodeQuery(request.query)
    var isTruncated = request.query.split(separator: UInt8(ascii: "&")).count > limit
    let type = Self.formType(of: request)
    isMultipart = type == "multipart/form-data" && takesMultipart
    let isForm = type == "application/x-www-form-urlencoded" || isMultipart
    let isTooLong = isForm && request.body.count > postMaxSize
    if isMultipart, !isTooLong {
      let parts =
        PHPMultipartDecoder(contentType: request.header("Content-Type") ?? "")?
        .parts(of: request.body) ?? []
      variables.merge(decoder.decodeParts(parts))
      isTruncated = isTruncated || parts.count > limit
    } else if isForm, !isTooLong {
      variables.merge(decoder.decodeBody(request.body))
      let count = request.body.count { $0 == UInt8(ascii: "&") }
      isTruncated = isTruncated || count > limit
    }
    array = variables
    excessLength = isTooLong ? request.body.count : nil
    self.isTruncated = isTruncated
  }

  private static func formType(of request: SandboxRequest) -> String? {
    guard request.method == "POST", let type = request.header("Content-Type") else { return nil }
    return type.prefix { $0 != ";" && $0 != "," && $0 != " " }.lowercased()
  }
}
