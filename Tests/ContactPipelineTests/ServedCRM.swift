import CRMClient
import CRMSandbox
import ContactModel
import Foundation
import PersonAPI

/// A kind of CRM and a way to reach it: what every test of the client is run against.
struct ServedCRM: Sendable, CustomStringConvertible {
  var profile: SandboxProfile
  var isSocket: Bool
  var api: APIChoice

  var description: String {
    "\(profile.rawValue), \(isSocket ? "over a socket" : "in process"), \(api.rawValue)"
  }

  /// All kinds, both ways; the observed ones with and without their third version.
  static let all: [ServedCRM] = SandboxProfile.allCases.flatMap { profile in
    [false, true].flatMap { isSocket in
      (profile == .documented ? [APIChoice.auto] : [.auto, .v2]).map { api in
        ServedCRM(profile: profile, isSocket: isSocket, api: api)
      }
    }
  }

  /// Which variant has to be found.
  var expected: Variant {
    profile == .documented ? .documented : api == .v2 ? .dotted : .v3
  }

  /// The account every test begins with: the recordings', with a contact that has a deal.
  static let fixture: SandboxFixture = {
    var fixture = SandboxFixture.recordings
    fixture.contacts = [
      [
        "pid": "900", "person": "Сделкин Семён", "iduser": "1",
        "date_create": "2026-03-01 09:00:00",
      ]
    ]
    fixture.deals = [SandboxFixture.Deal(pid: 900, title: "Поставка")]
    return fixture
  }()

  /// Serves it for as long as the body runs.
  ///
  /// - Parameters:
  ///   - credentials: Who asks; the fixture's administrator by default.
  ///   - fixture: What stands in it.
  ///   - faults: What goes wrong.
  ///   - body: Asks it; the variant has been found out.
  /// - Throws: What the body throws, and `CRMError` where the server does not let the caller in.
  func serve(
    as credentials: Credentials? = nil, fixture: SandboxFixture = Self.fixture,
    faults: [SandboxFault] = [],
    _ body: (CRMClient) async throws -> Void
  ) async throws {
    var configuration = SandboxConfiguration(profile: profile, fixture: fixture)
    configuration.faults = faults
    let chief = fixture.users.first { $0.isChief }?.login ?? ""
    let credentials = credentials ?? Credentials(login: chief, apikey: fixture.apikey)
    guard isSocket else {
      let transport = SandboxTransport(application: try SandboxApplication(configuration))
      return try await body(
        try await found(
          CRMClient(server: "sandbox", credentials: credentials, transport: transport)))
    }
    let server = try SandboxServer(configuration)
    let port = try await server.start()
    let address = try ServerAddress("http://127.0.0.1:\(port)")
    let transport = AsyncHTTPTransport(address: address)
    do {
      try await body(
        try await found(
          CRMClient(server: address.root, credentials: credentials, transport: transport)))
    } catch {
      await transport.shutDown()
      await server.stop()
      throw error
    }
    await transport.shutDown()
    await server.stop()
  }

  private func found(_ client: CRMClient) async throws -> CRMClient {
    var client = client
    client.variant = try await client.detectVariant(api)
    return client
  }
}

/// Carries requests to a sandbox in the same process.
struct SandboxTransport: Transport {
  let application: SandboxApplication

  func send(_ request: WireRequest, timeout: Duration) async throws(TransportError) -> HTTPReply {
    let reply: SandboxReply
    do {
      reply = try await application.exchange(
        SandboxRequest(
          method: "POST", path: "/" + request.path,
          headers: [("Content-Type", request.contentType)]
            + request.headers.map { ($0.name, $0.value) }, body: request.body))
    } catch {
      throw TransportError(.lost, reason: "\(error)")
    }
    return HTTPReply(
      status: reply.status, headers: reply.headers.map { HeaderField($0.name, $0.value) },
      body: reply.body)
  }

  func shutDown() async {}
}
