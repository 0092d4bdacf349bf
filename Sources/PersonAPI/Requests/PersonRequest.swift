/// A request that fits into one body: typed in, bytes out.
package protocol PersonRequest: Sendable {
  /// What is asked for.
  var action: Action { get }
  /// Appends the request's own parameters.
  func append(to parameters: inout RequestParameters, variant: Variant)
}

extension PersonRequest {
  /// The body of the POST, as the variant writes it.
  package func body(credentials: Credentials, variant: Variant) -> [UInt8] {
    var parameters = RequestParameters()
    append(to: &parameters, variant: variant)
    switch variant.format {
    case .form:
      var form = FormBody(credentials: credentials)
      parameters.write(to: &form)
      return form.ended(by: action, variant: variant)
    case .json: return parameters.json()
    }
  }

  /// The whole POST.
  package func request(credentials: Credentials, variant: Variant) -> WireRequest {
    variant.request(
      action, body: body(credentials: credentials, variant: variant), credentials: credentials)
  }
}

extension Variant {
  /// The POST that carries a finished body; see ``AddListBatchBuilder/finish()``.
  package func request(
    _ action: Action, body: [UInt8], credentials: Credentials
  ) -> WireRequest {
    switch format {
    case .form: WireRequest(path: path, contentType: format.contentType, body: body)
    case .json:
      WireRequest(
        path: "\(path)/\(wireName(of: action))", contentType: format.contentType,
        // The server knows these names in small letters and with a capital first one, no others.
        headers: [
          HeaderField("apikey", credentials.apikey), HeaderField("login", credentials.login),
        ], body: body)
    }
  }
}
