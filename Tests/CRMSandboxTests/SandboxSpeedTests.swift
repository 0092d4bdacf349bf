import Foundation
import Testing

@testable import CRMSandbox

/// Set `FERRY_SPEED=1` to run; a debug build is several times slower than a release.
@Suite(
  "The sandbox's speed",
  .enabled(if: ProcessInfo.processInfo.environment["FERRY_SPEED"] != nil))
struct SandboxSpeedTests {
  @Test("100 000 contacts are taken in and listed in well under a minute")
  func bulk() async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString + ".sqlite").path
    defer {
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
    }
    let application = try SandboxApplication(SandboxConfiguration(database: path))
    let host = SandboxHost(application: application, port: nil)
    let row = [
      ("person", "Пробный Пётр Петрович"), ("ptitle", "Инженер"), ("tel", "+7(342)250-50-50"),
      ("mob", "+7(922)250-50-50"), ("mail", "p@example.com"), ("loyalty", "Новая"),
      ("clientpath", "Сайт"), ("clid", "1"), ("input1", "1980-01-01"), ("socials[skype]", "petr"),
    ]
    let variables =
      [("login", SandboxCredentials.chief), ("apikey", SandboxCredentials.apikey)]
      + (0..<80).flatMap { number in
        row.map { ("persons[\(number)]\(SandboxRequest.bracketed($0.0))", $0.1) }
      } + [("action", "addlist")]
    let request = SandboxRequest.form(variables)
    let clock = ContinuousClock()
    let importing = await clock.measure {
      for _ in 0..<1250 { _ = await application.respond(request) }
    }
    let importEnd = clock.now
    #expect(try await host.pids().count == 200)
    let near = importEnd.duration(to: clock.now)
    #expect(try await host.pids([("offset", "499")]).count == 200)
    let far = importEnd.duration(to: clock.now) - near
    let report = "100 000 rows \(importing), first page \(near), last page \(far)\n"
    FileHandle.standardError.write(Data(report.utf8))
    #expect(importing < .seconds(60))
    #expect(far < .seconds(1))
  }
}
