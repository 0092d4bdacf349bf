import Foundation
import TestSupport
import Testing

@Suite(
  "a disk that is full, or may not be written to",
  .enabled("mounting a small disk takes the superuser") { SmallDisk.isPossible }, .serialized)
struct FullDiskTests {
  @Test("a disk that is full in the middle ends the run, which goes on once there is space")
  func fullJournal() async throws {
    let people = try ImportedPeople(count: 6000)
    let disk = try SmallDisk(at: "disk", in: people.folder, kilobytes: 1024)
    defer { withExtendedLifetime(disk) {} }
    let full = try await people.importing("--runs-dir", "disk/runs")
    #expect(full.status == 2)
    #expect(full.errorText.contains("error: no space left on the disk for disk/runs/"))
    #expect(full.errorText.contains("`ferry resume`"))
    let there = try await people.stored()
    #expect(!there.isEmpty && there.count < 6000 && Set(there).count == there.count)

    let still = try await people.ferry("resume", "--settle", "300ms")
    #expect(still.status == 2, "\(still.outputText)")
    #expect(still.errorText.contains("no space left"))

    try disk.resize(kilobytes: 64 * 1024)
    let resumed = try await people.ferry("resume", "--settle", "300ms")
    #expect(resumed.status == 0, "\(resumed.errorText)")
    #expect(try await people.stored() == people.once)
  }

  @Test("without space for what ferry remembers nothing is sent")
  func fullState() async throws {
    let people = try ImportedPeople(count: 20)
    let disk = try SmallDisk(at: "disk", in: people.folder, kilobytes: 64)
    defer { withExtendedLifetime(disk) {} }
    people.environment["FERRY_STATE_DIR"] = people.folder.file("disk/state")
    try people.folder.write([UInt8](repeating: 0, count: 52 * 1024), to: "disk/other")
    let full = try await people.importing()
    #expect(full.status == 2)
    #expect(full.errorText.contains("error: no space left on the disk for "))
    #expect(try await people.stored().isEmpty)
    // Not even an empty run is left.
    #expect(((try? people.folder.names(in: "ferry-runs")) ?? []).isEmpty)

    try FileManager.default.removeItem(atPath: people.folder.file("disk/other"))
    let run = try await people.importing()
    #expect(run.status == 0, "\(run.errorText)")
    #expect(try await people.stored() == people.once)
  }

  @Test("folders that may not be written to end the run before anything is sent")
  func readOnly() async throws {
    let people = try ImportedPeople(count: 20)
    let disk = try SmallDisk(at: "disk", in: people.folder, kilobytes: 64)
    try disk.makeReadOnly()
    let runs = try await people.importing("--runs-dir", "disk/runs")
    #expect(runs.status == 2)
    #expect(runs.errorText.contains("cannot be written: Read-only file system"))
    #expect(runs.errorText.contains("--runs-dir"))
    people.environment["FERRY_STATE_DIR"] = people.folder.file("disk/state")
    let state = try await people.importing()
    #expect(state.status == 2)
    #expect(state.errorText.contains("cannot be written: Read-only file system"))
    #expect(state.errorText.contains("FERRY_STATE_DIR"))
    #expect(try await people.stored().isEmpty)
    withExtendedLifetime(disk) {}
  }
}
