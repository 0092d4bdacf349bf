import Foundation
import TestSupport
import Testing

/// Exports that are killed at random moments, the file that they replace being that of another one.
///
/// `FERRY_EXPORT_KILLS` says how often (50), `FERRY_KILL_SEED` with which seed.
@Suite("exports that are killed", .serialized)
struct ExportKillTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let kills = environment["FERRY_EXPORT_KILLS"].flatMap { Int($0) } ?? 50
  private static let seed = environment["FERRY_KILL_SEED"].flatMap { UInt64($0) } ?? 1
  /// Two exports that no byte count confuses.
  private static let columns = ["pid,person", "person,mail"]

  @Test("the file is always a whole one, the old or the new")
  func wholeFiles() async throws {
    let people = try ImportedPeople(count: 1500)
    #expect(try await people.importing().status == 0)
    let sandbox = try await RunningSandbox(in: people.folder)
    people.environment = sandbox.environment
    var whole: [[UInt8]] = []
    var longest = Duration.zero
    for columns in Self.columns {
      let start = ContinuousClock.now
      #expect(try await people.ferry(exporting(columns)).status == 0)
      longest = max(longest, ContinuousClock.now - start)
      whole.append(try people.folder.bytes("out.csv"))
    }
    #expect(whole[0] != whole[1] && whole.allSatisfy { $0.filter { $0 == 0x0A }.count == 1501 })

    var generator = SeededGenerator(seed: Self.seed)
    var (killed, replaced) = (0, 0)
    var standing = 1
    for number in 0..<Self.kills {
      let wanted = 1 - standing
      // Every other one goes on where the one before was killed, if that was the same export.
      let command = try RunningCommand(
        RunningCommand.ferryPath,
        exporting(Self.columns[wanted]) + (number % 2 == 0 ? [] : ["--resume"]),
        in: people.folder.path, environment: people.environment)
      try await Task.sleep(for: longest * Double.random(in: 0...1, using: &generator))
      command.send(signal: SIGKILL)
      // A few come later than the end, so that the last steps are hit as often as the first, on a machine that is
      // at times busier and at times not.
      if try await command.end().status == -SIGKILL {
        killed += 1
        longest = longest * 1.05
      } else {
        longest = longest * 0.8
      }
      let found = try people.folder.bytes("out.csv")
      let index = try #require(
        whole.firstIndex(of: found), "kill \(number) left \(found.count) bytes of neither export")
      if index == wanted { replaced += 1 }
      standing = index
    }
    print("kills: \(killed) exports of \(Self.kills), \(replaced) files replaced")
    #expect(killed > Self.kills / 2)
    // Whatever is left of them, the next export and its manifest are whole.
    #expect(try await people.ferry(exporting(Self.columns[0])).status == 0)
    #expect(try people.folder.bytes("out.csv") == whole[0])
    #expect(try people.folder.names().allSatisfy { !$0.hasSuffix(".ferry-part") })
    #expect(try await people.ferry("verify", "out.csv").status == 0)
    _ = try await sandbox.end()
  }

  private func exporting(_ columns: String) -> [String] {
    ["export", "out.csv", "--fields", columns]
  }
}
