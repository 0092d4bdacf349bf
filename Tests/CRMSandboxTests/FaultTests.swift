import Foundation
import GRDB
import Testing

@testable import CRMSandbox

@Suite("Faults on demand, in process", .timeLimit(.minutes(20)))
struct FaultTests {
  private static let profiles = SandboxProfile.allCases
  private static let names = ["Первый", "Второй", "Третий", "Четвёртый"]

  @Test("refused: nothing is answered and nothing stored", arguments: profiles)
  func refuse(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["refuse@1"], profile) { (server) async throws in
      await #expect(throws: SandboxError.self) { try await server.send(Self.names) }
      #expect(try await server.names() == [])
      #expect(try await server.text(Self.names) == server.success(4))
    }
  }

  @Test("where no error can be thrown, a cut connection is a reply with status 0")
  func statusZero() async throws {
    try await FaultyServer.with(["refuse"], .php74) { (server) async throws in
      let reply = await server.host.application.respond(server.batch(Self.names))
      #expect(reply.status == 0)
      #expect(reply.body == [])
    }
  }

  @Test("stalled: the rows are stored before the answer comes", arguments: profiles)
  func stall(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["stall=150ms"], profile) { (server) async throws in
      let start = ContinuousClock.now
      let answer = Task { try await server.text(Self.names) }
      try await server.waitForNames(4)
      #expect(try await answer.value == server.success(4))
      #expect(ContinuousClock.now - start >= .milliseconds(150))
    }
  }

  @Test("late: the request begins later, also when its sender has gone", arguments: profiles)
  func late(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["late=100ms"], profile) { (server) async throws in
      let start = ContinuousClock.now
      let sending = Task { try await server.send(Self.names) }
      sending.cancel()
      #expect(try await server.names() == [])
      try await server.waitForNames(4)
      #expect(ContinuousClock.now - start >= .milliseconds(100))
    }
  }

  @Test("dropped: the rows behind the cut are not stored", arguments: profiles, [0, 1, 3, 4, 5])
  func dropAfter(_ profile: SandboxProfile, _ count: Int) async throws {
    try await FaultyServer.with(["drop-after=\(count)@1"], profile) { (server) async throws in
      if count > 4 {
        #expect(try await server.text(Self.names) == server.success(4))
      } else {
        await #expect(throws: SandboxError.self) { try await server.send(Self.names) }
      }
      #expect(try await server.names() == Array(Self.names.prefix(count)))
      // The next one is spared.
      let next = 1001 + min(count, 4)
      #expect(try await server.text(["Пятый"]) == server.success(1, from: next))
    }
  }

  @Test("hung up: the rows behind the cut are stored all the same", arguments: profiles)
  func hangUp(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["hang-up=1", "slow=30ms"], profile) { (server) async throws in
      await #expect(throws: SandboxError.self) { try await server.send(Self.names) }
      #expect(try await server.names().count < 4)
      try await server.waitForNames(4)
      #expect(try await server.names() == Self.names)
    }
  }

  @Test("a row that is not stored does not count", arguments: profiles)
  func emptyRows(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["drop-after=2"], profile) { (server) async throws in
      await #expect(throws: SandboxError.self) {
        try await server.send(["Первый", "", "Второй", "Третий"])
      }
      #expect(try await server.names() == ["Первый", "Второй"])
    }
  }

  @Test("a status of 500 comes with the usual body", arguments: profiles)
  func status(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["status=500"], profile) { (server) async throws in
      let reply = try await server.send(Self.names)
      #expect(reply.status == 500)
      #expect(String(decoding: reply.body, as: UTF8.self) == server.success(4))
      #expect(try await server.names() == Self.names)
    }
  }

  @Test("a warning stands before the answer", arguments: profiles)
  func htmlBefore(_ profile: SandboxProfile) async throws {
    let speaker = profile == .php82 ? "PHP Request Startup" : "Unknown"
    let warning =
      "<br />\n<b>Warning</b>:  \(speaker): Input variables exceeded 1000. To increase the limit "
      + "change max_input_vars in php.ini. in <b>Unknown</b> on line <b>0</b><br />\n"
    try await FaultyServer.with(["html-before"], profile) { (server) async throws in
      #expect(try await server.text(Self.names) == warning + server.success(4))
    }
  }

  @Test("PHP dies behind the answer", arguments: profiles)
  func htmlAfter(_ profile: SandboxProfile) async throws {
    let argument = profile == .php82 ? "..." : "/srv/crm/develo..."
    let death =
      "<br />\n<b>Fatal error</b>:  Uncaught RuntimeException: Directory "
      + "&quot;/srv/crm/cash/apilog/20231115&quot; was not created in /srv/crm/inc/func.php:8218\n"
      + "Stack trace:\n#0 /srv/crm/developer/v2/logger.php(44): createDir()\n"
      + "#1 /srv/crm/developer/v2/person.php(535): include('\(argument)')\n#2 {main}\n"
      + "  thrown in <b>/srv/crm/inc/func.php</b> on line <b>8218</b><br />\n"
    try await FaultyServer.with(["html-after"], profile) { (server) async throws in
      #expect(try await server.text(Self.names) == server.success(4) + death)
    }
  }

  @Test(
    "half of an answer comes, with or without a promise of more",
    arguments: profiles, ["cut-text", "cut-reply"])
  func halves(_ profile: SandboxProfile, _ fault: String) async throws {
    try await FaultyServer.with([fault], profile) { (server) async throws in
      let reply = try await server.send(Self.names)
      let whole = Array(server.success(4).utf8)
      #expect(reply.body == Array(whole[..<(whole.count / 2)]))
      #expect(reply.promisedLength == (fault == "cut-reply" ? whole.count : nil))
      #expect(try await server.names() == Self.names)
    }
  }

  @Test("what stands around an answer is compressed with it")
  func compressedFault() async throws {
    try await FaultyServer.with(["html-before"], .php82) { (server) async throws in
      var request = server.batch(["Первый"])
      request.headers.append(("Accept-Encoding", "gzip"))
      let reply = try await server.host.send(request)
      #expect(reply.body.prefix(2) == [0x1F, 0x8B])
      #expect(reply.body.count > 150 + server.success(1).utf8.count)
    }
  }

  @Test("slow rows let others in between them", arguments: profiles)
  func slow(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["slow=40ms@1"], profile) { (server) async throws in
      let start = ContinuousClock.now
      let slow = Task { try await server.send(Self.names) }
      try await server.waitForNames(1)
      _ = try await server.send(["Другой"])
      #expect(try await slow.value.status == 200)
      #expect(ContinuousClock.now - start >= .milliseconds(160))
      let names = try await server.names()
      #expect(names.count == 5)
      #expect(names.first == "Первый" && names.last == "Четвёртый")
    }
  }

  @Test("a busy server does nothing and asks to come again", arguments: profiles, [429, 503])
  func busy(_ profile: SandboxProfile, _ status: Int) async throws {
    try await FaultyServer.with(["busy=\(status)@1-2"], profile) { (server) async throws in
      for _ in 0..<2 {
        let reply = try await server.send(Self.names)
        #expect(reply.status == status)
        #expect(reply.headers.contains { $0 == ("Retry-After", "1") })
        #expect(try await server.names() == [])
      }
      #expect(try await server.text(Self.names) == server.success(4))
    }
  }

  @Test("the database goes away in the middle of a batch", arguments: profiles)
  func databaseGone(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["database-gone=2@1"], profile) { (server) async throws in
      let reply = try await server.send(Self.names)
      #expect(reply.status == 200)
      let text = String(decoding: reply.body, as: UTF8.self)
      #expect(text.hasPrefix("<br />\n<b>Fatal error</b>:  Uncaught "))
      #expect(text.contains("MySQL server has gone away"))
      #expect(text.contains("pid = '1002'") == (profile != .php82))
      #expect(try await server.names() == ["Первый", "Второй"])
    }
  }

  @Test("with errors hidden, a database gone is a status 500 without a body")
  func hiddenDatabaseGone() async throws {
    try await FaultyServer.with(["database-gone=1"], .php74, errorDisplay: .hidden) {
      (server) async throws in
      let reply = try await server.send(Self.names)
      #expect(reply.status == 500)
      #expect(reply.body == [])
    }
  }

  @Test("contacts come and go before each page, alike for the same seed", arguments: profiles)
  func churn(_ profile: SandboxProfile) async throws {
    var runs: [[Int]] = []
    for _ in 0..<2 {
      try await FaultyServer.with(["churn=3"], profile) { (server) async throws in
        let names = (0..<20).map { "Ряд \($0)" }
        _ = try await server.send(names)
        let page = try await server.host.send(
          server.form("list", [("fields", "pid"), ("order", "pid"), ("first", "old")]))
        let json = try JSONValue(text: String(decoding: page.body, as: UTF8.self))
        #expect(json["count"] == 20)
        let pids = json["data"].array.compactMap { $0["pid"].integer }
        #expect(pids.suffix(3) == [1021, 1022, 1023])
        #expect(Set(pids).isSubset(of: 1001...1023))
        runs.append(pids)
        let stored = try await server.names()
        #expect(stored.count { names.contains($0) } == 17)
      }
    }
    #expect(runs.first == runs.last)
  }

  @Test("faults of one action leave the others alone", arguments: profiles)
  func scopes(_ profile: SandboxProfile) async throws {
    try await FaultyServer.with(["status=503@list:2"], profile) { (server) async throws in
      #expect(try await server.send(["Первый"]).status == 200)
      #expect(try await server.host.send(server.form("list")).status == 200)
      #expect(try await server.host.send(server.form("fields")).status == 200)
      #expect(try await server.host.send(server.form("list")).status == 503)
      #expect(try await server.host.send(server.form("list")).status == 200)
    }
  }
}
