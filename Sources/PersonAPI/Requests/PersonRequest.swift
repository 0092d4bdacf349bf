/// A request that is one form: typed in, bytes out.
package protocol PersonRequest: Sendable {
  /// What is asked for.
  var action: Action { get }
  /// Appends the request's own variables.
  func appendVariables(to form: inout FormBody, variant: Variant)
}

extension PersonRequest {
  /// The body of the POST: login, apikey, the request's variables, and the action last.
  package func body(credentials: Credentials, variant: Variant) -> [UInt8] {
    var form = FormBody(credentials: credentials)
    appendVariables(to: &form, variant: variant)
    return form.ended(by: action, variant: variant)
  }
}
