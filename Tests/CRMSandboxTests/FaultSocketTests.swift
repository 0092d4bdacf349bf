import Testing

@testable import CRMSandbox

@Suite("Faults on demand, over a socket", .timeLimit(.minutes(20)))
struct FaultSocketTests {
  private static let profiles = SandboxProfile.allCases
  private static let names = ["Первый", "Второй", "Третий", "Четвёртый"]

  @Test(
    "a refused connection is closed without a byte", arguments: profiles, ["refuse", "refuse@1"])
  func refuse(_ profile: SandboxProfile, _ fault: String) async throws {
    try await FaultyServer.with([fault], profile, .socket) { (server) async throws in
      await #expect(throws: SocketClient.Failure.self) { try await server.send(Self.names) }
      #expect(try await server.names() == [])
    }
  }

  @Test("a dropped batch has no answer, and its beginning is stored", arguments: profiles)
  func dropAfter(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["drop-after=3@1"], profile, .socket) { (server) async throws in
      await #expect(throws: SocketClient.Failure.self) { try await server.send(Self.names) }
      #expect(try await server.names() == ["Первый", "Второй", "Третий"])
      #expect(try await server.text(["Пятый"]) == server.success(1, from: 1004))
    }
  }

  @Test("after the connection was cut the server goes on", arguments: profiles)
  func hangUp(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["hang-up=1@1", "slow=40ms"], profile, .socket) {
      (server) async throws in
      await #expect(throws: SocketClient.Failure.self) { try await server.send(Self.names) }
      #expect(try await server.names().count < 4)
      try await server.waitForNames(4)
    }
  }

  @Test("a cut answer has half of what its head promised", arguments: profiles)
  func cutReply(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["cut-reply"], profile, .socket) { (server) async throws in
      let whole = Array(server.success(4).utf8)
      let reply = try await server.send(Self.names)
      #expect(reply.status == 200)
      #expect(reply.promisedLength == whole.count)
      #expect(reply.body == Array(whole[..<(whole.count / 2)]))
      #expect(try await server.names() == Self.names)
    }
  }

  @Test("a cut text is a whole answer to HTTP", arguments: profiles)
  func cutText(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["cut-text"], profile, .socket) { (server) async throws in
      let whole = Array(server.success(4).utf8)
      let reply = try await server.send(Self.names)
      #expect(reply.promisedLength == nil)
      #expect(reply.body == Array(whole[..<(whole.count / 2)]))
    }
  }

  @Test("a server stops without waiting for answers that are stalled")
  func stopWhileStalled() async throws {
    let server = try SandboxServer(
      SandboxConfiguration(profile: .php74, faults: [SandboxFault(.stall(.seconds(86_400)))]))
    let port = try await server.start()
    let faulty = FaultyServer(
      host: SandboxHost(application: server.application, port: port), profile: .php74)
    let sending = Task { try await faulty.send(Self.names) }
    try await faulty.waitForNames(4)
    await server.stop()
    await #expect(throws: SocketClient.Failure.self) { try await sending.value }
  }

  @Test("a stalled answer comes in the end")
  func stall() async throws {
    try await FaultyServer.with(["stall=100ms"], .php82, .socket) { (server) async throws in
      let start = ContinuousClock.now
      let answer = Task { try await server.text(Self.names) }
      try await server.waitForNames(4)
      #expect(try await answer.value == server.success(4))
      #expect(ContinuousClock.now - start >= .milliseconds(100))
    }
  }

  @Test("a busy server sends its header", arguments: profiles)
  func busy(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["busy=429"], profile, .socket) { (server) async throws in
      let reply = try await server.send(Self.names)
      #expect(reply.status == 429)
      #expect(reply.headers.contains { $0.name.lowercased() == "retry-after" && $0.value == "1" })
      #expect(try await server.names() == [])
    }
  }

  @Test("a status of 500 comes with the usual body", arguments: profiles)
  func status(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["status=500"], profile, .socket) { (server) async throws in
      let reply = try await server.send(Self.names)
      #expect(reply.status == 500)
      #expect(String(decoding: reply.body, as: UTF8.self) == server.success(4))
    }
  }
}
