/// A request as the scripts of the CRM's API see it.
struct ObservedRequest: Sendable {
  /// What the path leads to.
  struct Route: Sendable, Equatable {
    var api: Entrance.API
    /// `person`, `user`, `guides`, `client`, or what else stands in a v3 path.
    var method: String
    /// The action that a v3 path names.
    var action: String?
  }

  let route: Route
  /// Whether the body is taken for JSON.
  let isJSON: Bool
  /// The variables that the script works with: the form, cleaned in v2, or the JSON body.
  let parameters: PHPArray
  /// What PHP holds in `$_REQUEST`, as it came.
  let variables: PHPArray
  /// The value of a JSON body that is no array or object; `nil` where it does not parse.
  let stray: PHPValue?
  let apikey: String
  let login: String

  /// Reads a request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - route: Where its path leads.
  ///   - variables: What PHP made of the query and of a form.
  init(_ request: SandboxRequest, route: Route, variables: PHPArray) {
    self.route = route
    self.variables = variables
    // Nothing but these eighteen bytes will do, not even a charset behind them.
    isJSON = request.header("Content-Type") == "application/json"
    var parameters = PHPArray()
    var stray: PHPValue?
    if isJSON {
      switch PHPJSONDecoder.decode(request.body) {
      case .array(let array)?: parameters = array
      case let value: stray = value ?? .null
      }
    } else {
      parameters = route.api == .v2 ? ScalarCleaning.clean(variables) : variables
    }
    self.parameters = parameters
    self.stray = stray
    let headers = isJSON ? request.headers : []
    apikey = Self.credential(["apikey", "Apikey"], headers) ?? Self.text(parameters["apikey"])
    login = Self.credential(["login", "Login"], headers) ?? Self.text(parameters["login"])
  }

  /// The value of the first header with one of the names, whose letter case counts.
  private static func credential(_ names: [String], _ headers: [(name: String, value: String)])
    -> String?
  {
    names.lazy.compactMap { name in headers.first { $0.name == name }?.value }.first
  }

  private static func text(_ value: PHPValue?) -> String {
    value.map { String(decoding: $0.string, as: UTF8.self) } ?? ""
  }

  /// The action asked for; a variable goes before the path.
  var action: String {
    let named = Self.text(parameters["action"])
    return named.isEmpty ? route.action ?? "" : named
  }

  /// The rows of `add.list`, which v2 takes from form and query only.
  var rows: PHPArray {
    (route.api == .v2 ? variables["persons"] : parameters["persons"])?.array ?? PHPArray()
  }

  /// How the fields of a contact come in where they are not in a row.
  var entrance: Entrance {
    isJSON ? .json(route.api) : route.api == .v2 ? .form : .formRow(.v3)
  }

  /// How the rows of `add.list` come in.
  var rowEntrance: Entrance { isJSON && route.api == .v3 ? .json(.v3) : .formRow(route.api) }
}
