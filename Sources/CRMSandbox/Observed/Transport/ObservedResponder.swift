/// Answers as the real server: finds the script behind a path, and puts around its answer what
/// PHP and Apache put around it.
struct ObservedResponder: SandboxApplication.Responder {
  let configuration: SandboxConfiguration
  let server: ObservedServer

  /// PHP's `output_buffering`.
  private static let outputBuffer = 4096

  private var version: PHPVersion { server.site.version }

  func subject(of request: SandboxRequest) -> FaultScope? {
    guard let route = ObservedRequest.Route(path: request.path), route.method == "person" else {
      return nil
    }
    let request = ObservedRequest(request, route: route, variables: variables(of: request).array)
    return FaultScope(
      SandboxAction(rawValue: request.action), hasRows: !request.rows.values.isEmpty)
  }

  func respond(_ request: SandboxRequest, _ faults: RequestFaults) async throws -> SandboxReply {
    guard let route = ObservedRequest.Route(path: request.path) else {
      let known = request.path.hasSuffix("/") ? String(request.path.dropLast()) : nil
      // The server's own rewriting runs in circles at a slash behind a script.
      let isScript = known.flatMap(ObservedRequest.Route.init(path:))?.api == .v2
      return .page(isScript ? .internalError : .notFound, version)
    }
    let variables = variables(of: request)
    var reply = try await run(
      ObservedRequest(request, route: route, variables: variables.array), faults)
    if configuration.errorDisplay == .shown {
      let warnings = PHPWarning.html(variables, version, configuration)
      reply.body = warnings + reply.body
      if variables.excessLength != nil, version == .php74 {
        reply.contentType = "text/html; charset=UTF-8"
      }
    }
    return reply
  }

  private func variables(of request: SandboxRequest) -> PHPVariables {
    PHPVariables(
      request, maxInputVars: configuration.maxInputVars, postMaxSize: configuration.postMaxSize)
  }

  func packed(_ reply: SandboxReply, for request: SandboxRequest) -> SandboxReply {
    guard ObservedRequest.Route(path: request.path) != nil else { return reply }
    var reply = reply
    if request.method == "HEAD" { reply.body = [] }
    if version == .php82, request.header("Accept-Encoding")?.contains("gzip") == true {
      reply.headers += [("Vary", "Accept-Encoding"), ("Content-Encoding", "gzip")]
      reply.body = Gzip.wrapped(reply.body)
    }
    return reply
  }

  private func run(_ request: ObservedRequest, _ faults: RequestFaults) async throws -> SandboxReply
  {
    guard configuration.isDatabaseUp else { return .json(Self.noDatabase(version)) }
    do {
      if let fatal = TimeZoneSetting(server.site).fatal(request.route.api) { throw fatal }
      let answer = try await server.answer(request, faults)
      guard answer.isLogged, let fatal = logFailure(request) else { return .json(answer.body) }
      // The answer is out when the log fails.
      return died(of: fatal, after: answer.body)
    } catch let fatal as PHPFatal {
      return died(of: fatal, after: [])
    }
  }

  private func died(of fatal: PHPFatal, after body: [UInt8]) -> SandboxReply {
    guard configuration.errorDisplay == .hidden else { return .json(body + fatal.html) }
    var reply = SandboxReply.json(body)
    // An answer that fills PHP's buffer is on its way, status and all, before the log is written.
    if body.count < Self.outputBuffer { reply.status = 500 }
    return reply
  }

  /// What the script dies of when it writes the request to its log.
  private func logFailure(_ request: ObservedRequest) -> PHPFatal? {
    let api = request.route.api
    let (file, caller) = PHPFatal.logger(api, version)
    if api == .v2, version == .php82, let stray = request.stray {
      return PHPFatal(
        "TypeError", "array_merge(): Argument #2 must be of type array, \(stray.typeName) given",
        file: file, line: 34, trace: [PHPCall(file, 34, "array_merge()"), caller])
    }
    guard !configuration.isLogWritable else { return nil }
    return .unwritableLog(api, version, on: server.site.shownNow)
  }

  /// The plain sentence that comes where the database cannot be reached.
  private static func noDatabase(_ version: PHPVersion) -> [UInt8] {
    let reason =
      switch version {
      case .php74: "SafeMySQL: 2002 Connection refused"
      case .php82: "Connection refused"
      }
    return Array(
      ("Ошибка подключения к БД: \(reason). Рекомендуем проверить параметры подключения к БД в "
        + "файле \"inc/config.php\".").utf8)
  }
}

extension PHPFatal {
  /// What PHP dies of where the CRM cannot make the folder for the day's log.
  ///
  /// - Parameters:
  ///   - api: The API that was called.
  ///   - version: The PHP.
  ///   - date: The account's date, with or without the time.
  /// - Returns: The exception.
  static func unwritableLog(_ api: Entrance.API, _ version: PHPVersion, on date: String) -> PHPFatal
  {
    let day = date.prefix(10).filter { $0 != "-" }
    let (file, caller) = logger(api, version)
    return PHPFatal(
      "RuntimeException", "Directory \"\(root)cash/apilog/\(day)\" was not created",
      file: "inc/func.php", line: 8218, trace: [PHPCall(file, 44, "createDir()"), caller])
  }

  /// The script that writes the log, and who calls it.
  fileprivate static func logger(_ api: Entrance.API, _ version: PHPVersion) -> (String, PHPCall) {
    let argument =
      switch version {
      case .php74: "'/srv/crm/develo...'"
      case .php82: "'...'"
      }
    return switch api {
    case .v2:
      (
        "developer/v2/logger.php",
        PHPCall("developer/v2/person.php", 535, "include(\(argument))")
      )
    case .v3:
      (
        "developer/v3/logger.php",
        PHPCall("developer/v3/index.php", 174, "include_once(\(argument))")
      )
    }
  }
}

extension ObservedRequest.Route {
  /// Where a path leads; `nil` where Apache finds nothing.
  init?(path: String) {
    let steps = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      .map(String.init)
    guard steps.count >= 3, steps[0] == "developer", !steps[2].isEmpty else { return nil }
    switch steps[1] {
    case "v2":
      let method = steps[2].hasSuffix(".php") ? String(steps[2].dropLast(4)) : steps[2]
      guard steps.count == 3, ["person", "user", "guides", "client"].contains(method) else {
        return nil
      }
      self.init(api: .v2, method: method)
    case "v3":
      self.init(api: .v3, method: steps[2], action: steps.count > 3 ? steps[3] : nil)
    default: return nil
    }
  }
}
