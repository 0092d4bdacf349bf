/// Answers as the real server: finds the script behind a path and lets it run.
struct ObservedResponder: SandboxApplication.Responder {
  let configuration: SandboxConfiguration
  let server: ObservedServer

  func respond(_ request: SandboxRequest) async throws -> SandboxReply {
    guard let route = Self.route(request.path) else { return .page(.notFound) }
    let variables = PHPVariables(
      request, maxInputVars: configuration.maxInputVars, postMaxSize: configuration.postMaxSize)
    do {
      return .json(
        try await server.answer(
          ObservedRequest(request, route: route, variables: variables.array)))
    } catch let fatal as PHPFatal {
      guard configuration.errorDisplay == .hidden else { return .json(fatal.html) }
      var reply = SandboxReply.json([])
      reply.status = 500
      return reply
    }
  }

  /// The script that a path leads to; `nil` where Apache finds nothing.
  private static func route(_ path: String) -> ObservedRequest.Route? {
    let steps = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard steps.count >= 3, steps.first == "developer" else { return nil }
    let names = steps.dropFirst(2).map(String.init)
    switch steps.dropFirst().first {
    case "v2":
      let method = names[0].hasSuffix(".php") ? String(names[0].dropLast(4)) : names[0]
      guard names.count == 1, ["person", "user", "guides", "client"].contains(method) else {
        return nil
      }
      return ObservedRequest.Route(api: .v2, method: method)
    case "v3":
      return ObservedRequest.Route(
        api: .v3, method: names[0], action: names.count > 1 ? names[1] : nil)
    default: return nil
    }
  }
}
