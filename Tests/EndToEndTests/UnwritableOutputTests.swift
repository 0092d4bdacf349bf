import Foundation
import TestSupport
import Testing

@Suite(
  "a summary that cannot be written",
  .enabled("only Linux has /dev/full") { FileManager.default.fileExists(atPath: "/dev/full") })
struct UnwritableOutputTests {
  private func importing(
    _ people: ImportedPeople, to output: String, _ more: String...
  ) async throws -> CommandRun {
    try await CommandRun.ferry(people.importCommand + more, in: people.folder.path, output: output)
  }

  @Test("the import stays what it was, and where its results are is said all the same")
  func ended() async throws {
    let people = try ImportedPeople(count: 3)
    let run = try await importing(people, to: "/dev/full")
    #expect(run.status == 2)
    #expect(run.errorText.contains("no space left"))
    #expect(run.errorText.contains("results: ferry-runs/"))
    #expect(try await people.stored() == people.once)
  }

  @Test("how the import ended counts for more than what became of the summary")
  func rejected() async throws {
    let people = try ImportedPeople(count: 3)
    try people.folder.write("Name,Mail\nNobody,no address\n", to: "input.csv")
    #expect(try await importing(people, to: "/dev/full").status == 1)
  }

  @Test("what is wrong with an exported file is told by the status")
  func verified() async throws {
    let people = try ImportedPeople(count: 3)
    _ = try await people.importing()
    _ = try await people.ferry("export", "out.csv", "--sandbox", "crm.sqlite")
    try people.folder.write("else", to: "out.csv")
    let verify = try await CommandRun.ferry(
      ["verify", "out.csv"], in: people.folder.path, output: "/dev/full")
    #expect(verify.status == 1)
    #expect(verify.errorText.contains("no space left"))
  }

  @Test("an undo says so, and has deleted what it had to")
  func undone() async throws {
    let people = try ImportedPeople(count: 3)
    _ = try await people.importing()
    let undo = try await CommandRun.ferry(
      ["undo", "--yes"], in: people.folder.path, output: "/dev/full")
    #expect(undo.status == 2)
    #expect(undo.errorText.contains("no space left"))
    #expect(try await people.stored().isEmpty)
  }
}
