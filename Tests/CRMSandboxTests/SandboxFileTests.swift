import Foundation
import GRDB
import Testing

@testable import CRMSandbox

@Suite("What a sandbox's file remembers")
struct SandboxFileTests {
  private static func withFile(_ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString + ".sqlite").path
    defer {
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
    }
    try await body(path)
  }

  @Test("a new file is the documented server with the standard account")
  func newFile() async throws {
    try await Self.withFile { (path) async throws in
      let configuration = try SandboxConfiguration(file: path)
      #expect(configuration.profile == .documented)
      #expect(configuration.fixture == .standard)
      #expect(configuration.database == path)
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("a file remembers its server and its account", arguments: SandboxProfile.allCases)
  func remembered(_ profile: SandboxProfile) async throws {
    try await Self.withFile { (path) async throws in
      var fixture = SandboxFixture.recordingsDefaultForm
      fixture.timeZoneOffset = -18_000
      _ = try SandboxApplication(
        SandboxConfiguration(file: path, profile: profile, fixture: fixture))
      let configuration = try SandboxConfiguration(file: path)
      #expect(configuration.profile == profile)
      #expect(configuration.fixture.apikey == fixture.apikey)
      #expect(configuration.fixture.users == fixture.users)
      #expect(configuration.fixture.chief == "chief@test.invalid")
      #expect(configuration.fixture.defaultClientpath == 2)
      #expect(configuration.activeFields == fixture.activeFields)
      #expect(configuration.timeZoneOffset == -18_000)
      // It can be opened again, and still has its contacts' table as it was.
      let application = try SandboxApplication(configuration)
      #expect(try await application.store.database.read { try $0.tableExists("person") })
    }
  }

  @Test("a profile that is asked for is remembered from then on")
  func changedProfile() async throws {
    try await Self.withFile { (path) async throws in
      _ = try SandboxApplication(SandboxConfiguration(file: path))
      _ = try SandboxApplication(SandboxConfiguration(file: path, profile: .php82))
      #expect(try SandboxConfiguration(file: path).profile == .php82)
    }
  }

  @Test("a fixture fills only a new file")
  func fixtureForOldFile() async throws {
    try await Self.withFile { (path) async throws in
      _ = FileManager.default.createFile(atPath: path, contents: Data())
      _ = try SandboxApplication(SandboxConfiguration(file: path, fixture: .recordingsUpdate))
      #expect {
        _ = try SandboxConfiguration(file: path, fixture: .recordings)
      } throws: { error in
        if case SandboxError.hasData(path)? = error as? SandboxError { true } else { false }
      }
    }
  }

  @Test("a file of before, without settings, is the documented server")
  func olderFile() async throws {
    try await Self.withFile { (path) async throws in
      let application = try SandboxApplication(SandboxConfiguration(file: path, profile: .php74))
      try await application.store.database.write { try $0.execute(sql: "DROP TABLE setting") }
      let configuration = try SandboxConfiguration(file: path)
      #expect(configuration.profile == .documented)
      #expect(configuration.activeFields == SandboxFixture.standard.activeFields)
      _ = try SandboxApplication(configuration)
    }
  }

  @Test("a file keeps its identity, and one made anew in its place has another")
  func identity() async throws {
    try await Self.withFile { (path) async throws in
      let first = try SandboxApplication(SandboxConfiguration(file: path)).identity
      #expect(first.count == 8)
      #expect(try SandboxApplication(SandboxConfiguration(file: path)).identity == first)
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
      #expect(try SandboxApplication(SandboxConfiguration(file: path)).identity != first)
    }
  }

  @Test("a file of before, without an identity, is given one that stays")
  func identityOfOlderFile() async throws {
    try await Self.withFile { (path) async throws in
      let application = try SandboxApplication(SandboxConfiguration(file: path))
      try await application.store.database.write { try $0.execute(sql: "DROP TABLE setting") }
      let given = try SandboxApplication(SandboxConfiguration(file: path)).identity
      #expect(given != application.identity)
      #expect(try SandboxApplication(SandboxConfiguration(file: path)).identity == given)
    }
  }

  @Test("a file of something else is refused")
  func foreignFile() async throws {
    try await Self.withFile { (path) async throws in
      try Data("these are notes, not a database".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: (any Error).self) { _ = try SandboxConfiguration(file: path) }
    }
  }
}
