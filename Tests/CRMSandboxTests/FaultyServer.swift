import GRDB
import Testing

@testable import CRMSandbox

/// A sandbox with faults, asked to store batches.
struct FaultyServer {
  let host: SandboxHost
  let profile: SandboxProfile

  /// Runs a test's body against a fresh sandbox with these faults.
  static func with(
    _ faults: [String], _ profile: SandboxProfile, _ transport: SandboxTransport = .inProcess,
    fixture: SandboxFixture = .standard, errorDisplay: SandboxErrorDisplay = .stock,
    _ body: (FaultyServer) async throws -> Void
  ) async throws {
    let configuration = SandboxConfiguration(
      profile: profile, fixture: fixture, errorDisplay: errorDisplay,
      faults: try faults.map(SandboxFault.init), now: { 1_700_000_000 })
    try await withSandbox(transport, configuration) { (host) async throws in
      try await body(FaultyServer(host: host, profile: profile))
    }
  }

  private var account: SandboxFixture { host.application.configuration.fixture }

  /// A form with the account's key and an administrator's login.
  func form(_ action: String, _ variables: [(String, String)] = []) -> SandboxRequest {
    .form(
      [("login", account.chief), ("apikey", account.apikey)] + variables + [("action", action)])
  }

  /// A batch with a contact for each name.
  func batch(_ names: [String]) -> SandboxRequest {
    let rows = names.enumerated().flatMap { row, name in
      [("persons[\(row)][person]", name), ("persons[\(row)][mail]", "k\(row)@test.invalid")]
    }
    return form(profile == .documented ? "addlist" : "add.list", rows)
  }

  /// Sends a batch.
  func send(_ names: [String]) async throws -> SandboxReply {
    try await host.send(batch(names))
  }

  /// Sends a batch and returns the text of the answer.
  func text(_ names: [String]) async throws -> String {
    String(decoding: try await send(names).body, as: UTF8.self)
  }

  /// The names stored, by pid, past all faults.
  func names() async throws -> [String] {
    try await host.application.store.database.read {
      try String.fetchAll($0, sql: "SELECT person FROM person ORDER BY pid")
    }
  }

  /// Waits until so many contacts are stored, and fails where that takes too long.
  func waitForNames(_ count: Int) async throws {
    for _ in 0..<200 {
      if try await names().count == count { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("\(try await names().count) contacts are stored, not \(count)")
  }

  /// What the server answers to a batch of which all rows were stored, the first with this pid.
  func success(_ count: Int, from pid: Int = 1001) -> String {
    let rows = (pid..<pid + count).map {
      profile == .documented
        ? "{\"result\":\"Успешно\",\"data\":\($0)}"
        : "{\"result\":\"Контакт добавлен\",\"data\":\($0),\"error\":\"\"}"
    }
    return "[\(rows.joined(separator: ","))]"
  }
}
