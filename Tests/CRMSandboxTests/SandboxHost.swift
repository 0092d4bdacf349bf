import Foundation
import Testing

@testable import CRMSandbox

/// The two ways in which every test of the method asks the sandbox.
enum SandboxTransport: String, CaseIterable, Sendable {
  case inProcess
  case socket
}

/// A sandbox under test, asked in process or over a socket.
struct SandboxHost: Sendable {
  let application: SandboxApplication
  let port: Int?

  /// Sends a request as it is.
  func send(_ request: SandboxRequest) async throws -> SandboxReply {
    guard let port else { return try await application.exchange(request) }
    return try await SocketClient(port: port).send(request)
  }

  /// Sends variables as a form, the account's key and a login before them.
  func post(
    _ action: String, _ variables: [(String, String)] = [],
    login: String = SandboxCredentials.chief, apikey: String = SandboxCredentials.apikey
  ) async throws -> String {
    let all = [("login", login), ("apikey", apikey)] + variables + [("action", action)]
    let reply = try await send(.form(all))
    #expect(reply.status == 200)
    #expect(reply.contentType == "application/json; charset=utf-8")
    return String(decoding: reply.body, as: UTF8.self)
  }

  /// Sends variables and reads the answer's JSON.
  func json(
    _ action: String, _ variables: [(String, String)] = [],
    login: String = SandboxCredentials.chief
  ) async throws -> JSONValue {
    try JSONValue(text: try await post(action, variables, login: login))
  }

  /// The pids on a page of `list`, in order.
  func pids(_ variables: [(String, String)] = [], login: String = SandboxCredentials.chief)
    async throws -> [Int]
  {
    let page = try await json(
      "list", [("order", "pid"), ("first", "old")] + variables, login: login)
    return page["data"].array.compactMap { $0["pid"].integer }
  }

  /// Adds contacts through `addlist`; each is a list of variables of its row.
  @discardableResult
  func addList(_ rows: [[(String, String)]], login: String = SandboxCredentials.chief)
    async throws -> [Int]
  {
    let variables = rows.enumerated().flatMap { number, row in
      row.map { ("persons[\(number)]\(SandboxRequest.bracketed($0.0))", $0.1) }
    }
    return try await json("addlist", variables, login: login).array.compactMap {
      $0["data"].integer
    }
  }
}

/// Runs a test's body against a fresh sandbox.
func withSandbox(
  _ transport: SandboxTransport = .inProcess,
  _ configuration: SandboxConfiguration = SandboxConfiguration(now: { 1_700_000_000 }),
  _ body: (SandboxHost) async throws -> Void
) async throws {
  switch transport {
  case .inProcess:
    try await body(SandboxHost(application: SandboxApplication(configuration), port: nil))
  case .socket:
    let server = try SandboxServer(configuration)
    let port = try await server.start()
    do {
      try await body(SandboxHost(application: server.application, port: port))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }
}

extension SandboxRequest {
  static let formType = "application/x-www-form-urlencoded"

  /// A POST of variables in this order.
  static func form(_ variables: [(String, String)]) -> SandboxRequest {
    form(encoded: encode(variables))
  }

  static func form(encoded body: [UInt8], query: [UInt8] = []) -> SandboxRequest {
    SandboxRequest(
      method: "POST", path: "/developer/v2/person", query: query,
      headers: [("Content-Type", formType)], body: body)
  }

  /// A GET of variables in this order.
  static func query(_ variables: [(String, String)]) -> SandboxRequest {
    SandboxRequest(path: "/developer/v2/person", query: encode(variables))
  }

  /// `socials[blog]` as a further step of a path: `[socials][blog]`.
  static func bracketed(_ name: String) -> String {
    guard let open = name.firstIndex(of: "[") else { return "[\(name)]" }
    return "[\(name[..<open])]\(name[open...])"
  }

  /// Percent-encodes every byte that is not a letter or a digit.
  static func encode(_ variables: [(String, String)]) -> [UInt8] {
    let texts = variables.map { "\(encoded($0.0))=\(encoded($0.1))" }
    return Array(texts.joined(separator: "&").utf8)
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
