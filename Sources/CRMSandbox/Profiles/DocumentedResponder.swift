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

  func subject(of request: SandboxRequest) -> FaultScope? {
    guard Self.paths.contains(request.path) else { return nil }
    let parameters = parameters(of: request)
    return FaultScope(
      SandboxAction(rawValue: parameters.word("action")),
      hasRows: parameters.array("persons")?.isEmpty == false)
  }

  func respond(_ request: SandboxRequest, _ faults: RequestFaults) async throws -> SandboxReply {
    guard Self.paths.contains(request.path) else { return .page(.notFound) }
    do {
      return .json(try await method.answer(parameters(of: request), faults))
    } catch let fatal as PHPFatal {
      return .json(fatal.html)
    }
  }

  private func parameters(of request: SandboxRequest) -> RequestParameters {
    let variables = PHPVariables(
      request, maxInputVars: configuration.maxInputVars, postMaxSize: configuration.postMaxSize,
      takesMultipart: false)
    return RequestParameters(array: variables.array)
  }
}
