import Foundation
import RunJournal
import TestSupport
import Testing

@testable import ContactPipeline

/// Two runs that begin in one moment may draw one name.
@Suite("whose a run's folder is")
struct RunFolderOwnershipTests {
  @Test("a folder that is there is another run's: it is neither used nor removed")
  func taken() async throws {
    let folder = try TemporaryFolder()
    try folder.write("another run", to: "runs/a/journal.sqlite")
    let spool = SourceSpool()
    await #expect {
      try await spool.makeFolder(folder.file("runs/a"))
    } throws: { ($0 as? JournalError)?.code == .exists }
    await spool.removeFolder()
    #expect(try folder.text("runs/a/journal.sqlite") == "another run")
  }

  @Test("a folder that was made here is made once, for the owner's eyes, and removed")
  func own() async throws {
    let folder = try TemporaryFolder()
    let spool = SourceSpool()
    try await spool.makeFolder(folder.file("runs/a"))
    try await spool.makeFolder(folder.file("runs/a"))
    #expect(try folder.mode(of: "runs/a") == 0o700)
    await spool.removeFolder()
    #expect(!FileManager.default.fileExists(atPath: folder.file("runs/a")))
  }
}
