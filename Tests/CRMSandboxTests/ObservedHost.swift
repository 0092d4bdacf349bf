import JSONSyntax

@testable import CRMSandbox

/// The observed server under test, with the account of the recordings.
struct ObservedHost {
  static let chief = "chief@test.invalid"
  static let seller = "seller.a@test.invalid"

  let application: SandboxApplication

  init(
    _ profile: SandboxProfile = .php74, _ fixture: SandboxFixture = .recordings,
    _ change: (inout SandboxConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = SandboxConfiguration(
      profile: profile, fixture: fixture, now: { 1_764_000_000 })
    change(&configuration)
    application = try SandboxApplication(configuration)
  }

  /// Key and login, which every request needs.
  static func account(_ login: String = chief) -> [(String, String)] {
    [("login", login), ("apikey", SandboxFixture.recordings.apikey)]
  }

  /// Sends variables as a v2 form and returns the body of the answer.
  func post(_ action: String, _ variables: [(String, String)] = [], login: String = chief) async
    -> String
  {
    let all = Self.account(login) + [("action", action)] + variables
    return String(decoding: await application.respond(.form(all)).body, as: UTF8.self)
  }

  /// Sends a JSON body with key and login in the headers.
  func json(
    _ path: String, _ body: String, type: String = "application/json",
    names: (apikey: String, login: String) = ("apikey", "login")
  ) async -> String {
    let reply = await application.respond(
      method: "POST", path: path,
      headers: [
        ("Content-Type", type), (names.apikey, SandboxFixture.recordings.apikey),
        (names.login, Self.chief),
      ], body: Array(body.utf8))
    return String(decoding: reply.body, as: UTF8.self)
  }

  /// The pids on a page of `list`, and the number of all contacts found.
  func list(_ variables: [(String, String)] = [], login: String = chief) async throws -> (
    pids: [Int], count: Int?
  ) {
    let body = await post("list", [("fields", "pid")] + variables, login: login)
    let answer = try JSONSyntax.JSONValue(parsing: Array(body.utf8))
    return (
      (answer["data"]?.elements ?? []).compactMap { $0["pid"]?.integer }, answer["count"]?.integer
    )
  }
}
