import Foundation
import TestSupport
import Testing

/// The commands that documents show are run as they stand, so that they never rot.
@Suite("README")
struct ReadmeTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The lines in the README's `sh` blocks that begin with `ferry`.
  private static func commands() throws -> [[String]] {
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    var commands: [[String]] = []
    var isInBlock = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInBlock = line == "```sh"
      } else if isInBlock, line.hasPrefix("ferry ") {
        commands.append(line.split(separator: " ").dropFirst().map(String.init))
      }
    }
    return commands
  }

  @Test("every command shown works, in the order shown")
  func commandsWork() async throws {
    let folder = try TemporaryFolder()
    for name in ["samples", "mappings"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.file(name),
        withDestinationPath: Self.root.appendingPathComponent(name).path)
    }
    let commands = try Self.commands()
    #expect(commands.count >= 3)
    for arguments in commands {
      let run = try await CommandRun.ferry(arguments, in: folder.path)
      #expect(run.status == 0, "ferry \(arguments.joined(separator: " ")): \(run.errorText)")
    }
    let exported = SimpleCSV.rows(try folder.text("contacts.csv"))
    // The Google sample has 40 records, all of them fit to be sent.
    #expect(exported.count == 40)
  }

  @Test("the table of commands names exactly the commands there are")
  func commandTable() async throws {
    let folder = try TemporaryFolder()
    let help = try await CommandRun.ferry(["--help"], in: folder.path).outputText
    let readme = try String(
      contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    for command in [
      "check", "import", "resume", "undo", "runs", "results", "export", "verify", "convert",
      "person",
      "doctor", "sandbox",
    ] {
      #expect(help.contains("\n  \(command) "))
      #expect(readme.contains("| `ferry \(command)"))
    }
    let listed = help.components(separatedBy: "SUBCOMMANDS:").last ?? ""
    let names = listed.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first }
    #expect(names.filter { $0 != "See" }.count == 12)
  }
}
