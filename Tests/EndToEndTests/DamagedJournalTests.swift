import Foundation
import TestSupport
import Testing

@Suite("a journal that is not what it was", .serialized)
struct DamagedJournalTests {
  /// Flips bits in the middle of a file.
  private func damage(_ name: String, in folder: TemporaryFolder, count: Int) throws {
    var bytes = try folder.bytes(name)
    let middle = bytes.count / 2
    for index in middle..<min(bytes.count, middle + count) { bytes[index] ^= 0x5a }
    try folder.write(bytes, to: name)
  }

  private func journal(in folder: TemporaryFolder, _ suffix: String) throws -> String {
    let files = try folder.files(in: "ferry-runs")
    return "ferry-runs/" + (try #require(files.first { $0.hasSuffix("journal.sqlite" + suffix) }))
  }

  @Test("a damaged journal stops everything that would need it, and nothing is sent")
  func damaged() async throws {
    let people = try ImportedPeople(count: 3000)
    let first = try await people.interrupted(by: SIGINT)
    #expect(first.status == 128 + SIGINT)
    let there = try await people.stored()
    let journal = try journal(in: people.folder, "")
    let whole = try people.folder.bytes(journal)
    try damage(journal, in: people.folder, count: 6000)
    try people.folder.write("Name,Mail\nAnother,another@example.com\n", to: "other.csv")
    let other = people.importCommand.map { $0 == "input.csv" ? "other.csv" : $0 }
    let another = try await people.ferry(other)
    #expect(another.status == 64, "\(another.outputText)")
    #expect(
      another.errorText.contains("is gone or damaged, so what it created would be sent again"))
    for command in [["resume"], ["undo", "--yes"], ["results"]] {
      let run = try await people.ferry(command)
      #expect(run.status == 2, "\(command): \(run.outputText)")
      #expect(run.errorText.contains("journal.sqlite is damaged"))
      #expect(run.errorText.contains("compare with the CRM before importing again"))
    }
    #expect(try await people.stored() == there)

    try people.folder.write(whole, to: journal)
    let resumed = try await people.ferry("resume", "--settle", "300ms")
    #expect(resumed.status == 0, "\(resumed.errorText)")
    #expect(try await people.stored() == people.once)
  }

  /// The system may lose the end of a log although it said that it was on the disk.
  @Test("rows that a journal lost are found in the CRM, not sent again")
  func lostEnd() async throws {
    let people = try ImportedPeople(count: 3000)
    _ = try await people.interrupted(by: SIGKILL)
    let before = try await people.stored().count
    try damage(try journal(in: people.folder, "-wal"), in: people.folder, count: 100)
    let resumed = try await people.ferry("resume", "--settle", "300ms", "--json")
    #expect(resumed.status == 0, "\(resumed.errorText)")
    #expect(resumed.outputText.contains("\"created\": 3000"))
    #expect(before > 0 && before < 3000)
    #expect(try await people.stored() == people.once)
  }
}
