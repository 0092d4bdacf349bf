import Foundation
import TestSupport
import Testing

private let analyzer = "/usr/bin/systemd-analyze"

/// The units in `docs/nightly`, as systemd itself reads them.
@Suite(
  "units for systemd",
  .enabled("systemd-analyze is not installed") {
    FileManager.default.isExecutableFile(atPath: analyzer)
  })
struct NightlyUnitsTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/nightly")
  private static let units = ["ferry-export.service", "ferry-export.timer"]

  /// The units in a folder, with a program that is there.
  private func copies(_ change: (String) -> String = { $0 }) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for unit in Self.units {
      let text = try String(
        contentsOf: Self.folder.appending(path: unit), encoding: .utf8)
      let own = text.replacing("/usr/local/bin/ferry", with: RunningCommand.ferryPath)
      try folder.write(change(own), to: unit)
    }
    return folder
  }

  private func verify(_ folder: TemporaryFolder) async throws -> CommandRun {
    try await RunningCommand(
      analyzer, ["verify"] + Self.units.map { folder.file($0) }, in: folder.path
    ).end()
  }

  @Test("systemd finds nothing wrong with them")
  func valid() async throws {
    let run = try await verify(copies())
    #expect(run.status == 0)
    #expect(run.errorText.isEmpty, "\(run.errorText)")
    // Or this would say nothing.
    let wrong = try await verify(copies { $0.replacing("OnCalendar", with: "OnCalender") })
    #expect(wrong.status != 0)
  }

  @Test("the command that they run is one that ferry takes")
  func command() async throws {
    let people = try ImportedPeople(count: 3)
    _ = try await people.importing()
    let service = try String(
      contentsOf: Self.folder.appending(path: Self.units[0]), encoding: .utf8)
    let line = try #require(service.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
    // A percent sign is doubled in a unit.
    let words = line.replacing("%%", with: "%").split(separator: " ").dropFirst().map(String.init)
    let run = try await people.ferry(words + ["--sandbox", "crm.sqlite"])
    #expect(run.status == 0, "\(run.errorText)")
    #expect(try await people.ferry("verify", "contacts.csv.gz").status == 0)
  }
}
