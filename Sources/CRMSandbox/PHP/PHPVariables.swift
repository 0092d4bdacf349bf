/// What PHP holds in `$_REQUEST`: the query's variables, and over them the form's.
struct PHPVariables: Sendable {
  /// The variables.
  let array: PHPArray
  /// Whether a form was longer than PHP takes, and so is not among the variables.
  let isTooLong: Bool

  /// Decodes a request.
  ///
  /// - Parameters:
  ///   - request: The request; only a POST can carry a form.
  ///   - maxInputVars: How many variables PHP takes; `nil` for any number.
  ///   - postMaxSize: How many bytes a form may have.
  init(_ request: SandboxRequest, maxInputVars: Int?, postMaxSize: Int) {
    let decoder = PHPFormDecoder(maxInputVars: maxInputVars)
    var variables = decoder.decodeQuery(request.query)
    let isForm = Self.isForm(request)
    isTooLong = isForm && request.body.count > postMaxSize
    if isForm, !isTooLong { variables.merge(decoder.decodeBody(request.body)) }
    array = variables
  }

  private static func isForm(_ request: SandboxRequest) -> Bool {
    guard request.method == "POST", let type = request.header("Content-Type") else { return false }
    let name = type.prefix { $0 != ";" && $0 != "," && $0 != " " }
    return name.lowercased() == "application/x-www-form-urlencoded"
  }
}
