/// Answers as the documented server.
struct DocumentedResponder: SandboxApplication.Responder {
  private let configuration: SandboxConfiguration
  private let method: PersonMethod

  private static let paths = ["/developer/v2/person", "/developer/v2/person.php"]

  init(store: SandboxStore, configuration: SandboxConfiguration) {
    self.configuration = configuration
    method = PersonMethod(
      store: store, configuration: configuration, profile: DocumentedProfile())
  }

  func respond(_ request: SandboxRequest) async throws -> SandboxReply {
    guard Self.paths.contains(request.path) else { return .page(.notFound) }
    let variables = PHPVariables(
      request, maxInputVars: configuration.maxInputVars, postMaxSize: configuration.postMaxSize,
      takesMultipart: false)
    return .json(try await method.answer(RequestParameters(array: variables.array)))
  }
}
