import Foundation
import TestSupport
import Testing

@Suite("runs that did not come to their end", .serialized)
struct UnfinishedRunTests {
  /// How the command line of every import begins; where the CRM is, the environment says.
  private static let importing = [
    "import", "input.csv", "--mapping", "map.yaml", "--settle", "300ms",
  ]

  /// Waits until rows of the run are under way: its journal has grown.
  private func waitForRows(of command: RunningCommand, in folder: TemporaryFolder) async throws {
    try await command.wait {
      let files = (try? folder.files(in: "ferry-runs")) ?? []
      guard let log = files.first(where: { $0.hasSuffix("-wal") }) else { return false }
      return try folder.bytes("ferry-runs/\(log)").count > 60_000
    }
  }

  /// Imports until some rows are stored, then sends a signal.
  private func interrupt(
    _ command: RunningCommand, in folder: TemporaryFolder, signal: Int32
  ) async throws -> CommandRun {
    try await waitForRows(of: command, in: folder)
    command.send(signal: signal)
    return try await command.end()
  }

  private func start(
    _ arguments: [String], in folder: TemporaryFolder, _ environment: [String: String]
  ) throws -> RunningCommand {
    try RunningCommand(
      RunningCommand.ferryPath, arguments, in: folder.path, environment: environment)
  }

  @Test(
    "an interrupted import names resume, is not begun anew, and is carried to its end",
    arguments: [SIGINT, SIGTERM, SIGKILL])
  func interrupted(signal: Int32) async throws {
    let total = 240
    let people = try ImportedPeople(count: total)
    let folder = people.folder
    let sandbox = try await RunningSandbox(in: folder, ["--fault", "slow=25ms"])
    let environment = sandbox.environment
    let first = try await interrupt(
      start(Self.importing + ["--batch-size", "5"], in: folder, environment), in: folder,
      signal: signal)
    #expect(first.status == (signal == SIGKILL ? -SIGKILL : 128 + signal))
    if signal != SIGKILL {
      #expect(first.errorText.contains("'ferry resume' continues after either"))
      #expect(first.outputText.contains("continue with 'ferry resume "))
    }

    let again = try await CommandRun.ferry(
      Self.importing, in: folder.path, environment: environment)
    #expect(again.status == 64, "\(again.errorText)")
    #expect(again.errorText.contains("ferry resume"))

    let resumed = try await CommandRun.ferry(
      ["resume", "--settle", "300ms"], in: folder.path, environment: environment)
    #expect(resumed.status == 0, "\(resumed.outputText)\(resumed.errorText)")
    #expect(try await people.stored() == people.once)
    // What was being written when it was killed is gone.
    #expect(try !folder.files(in: "ferry-runs").contains { $0.hasSuffix(".part") })

    let third = try await CommandRun.ferry(
      Self.importing + ["--json"], in: folder.path, environment: environment)
    #expect(third.status == 0, "\(third.errorText)")
    #expect(third.outputText.contains("\"duplicate\": \(total)"))
    #expect(try await people.stored() == people.once)
    _ = try await sandbox.end()
  }

  @Test("a server that went away is waited for, then the run ends and is resumed")
  func serverGone() async throws {
    let total = 240
    let people = try ImportedPeople(count: total)
    let folder = people.folder
    let sandbox = try await RunningSandbox(in: folder, ["--fault", "slow=25ms"])
    let command = try start(
      Self.importing + ["--batch-size", "5", "--wait", "1s"], in: folder, sandbox.environment)
    try await waitForRows(of: command, in: folder)
    _ = try await sandbox.end(signal: SIGKILL)
    let first = try await command.end()
    #expect(first.status == 2, "\(first.errorText)")
    #expect(first.outputText.contains("continue with 'ferry resume "))

    let port = try #require(sandbox.address.split(separator: ":").last.map(String.init))
    let back = try RunningCommand(
      RunningCommand.ferryPath, ["sandbox", "--port", port, "--database", "crm.sqlite"],
      in: folder.path)
    try await back.wait { back.outputSoFar.hasSuffix("\n") }
    let resumed = try await CommandRun.ferry(
      ["resume", "--settle", "300ms"], in: folder.path, environment: sandbox.environment)
    #expect(resumed.status == 0, "\(resumed.outputText)\(resumed.errorText)")
    #expect(try await people.stored() == people.once)
    back.send(signal: SIGTERM)
    _ = try await back.end()
  }

  @Test("answers that are lost leave nothing in doubt, in one go")
  func lostAnswers() async throws {
    let people = try ImportedPeople(count: 120)
    let folder = people.folder
    let sandbox = try await RunningSandbox(
      in: folder,
      ["--profile", "php74", "--fault", "drop-after=3@addlist:2", "--fault", "cut-reply@addlist:4"])
    let run = try await CommandRun.ferry(
      Self.importing + ["--json"], in: folder.path, environment: sandbox.environment)
    #expect(run.status == 0, "\(run.outputText)\(run.errorText)")
    #expect(run.outputText.contains("\"created\": 120"))
    #expect(try await people.stored() == people.once)
    _ = try await sandbox.end()
  }

  @Test("a second run into the account is refused while the first is at work")
  func locked() async throws {
    let people = try ImportedPeople(count: 240)
    let folder = people.folder
    let sandbox = try await RunningSandbox(in: folder, ["--fault", "slow=40ms"])
    let command = try start(
      Self.importing + ["--batch-size", "5"], in: folder, sandbox.environment)
    try await command.wait { (try? folder.names(in: "ferry-runs").isEmpty) == false }
    try folder.write("Name,Mail\nAnother,another@example.com\n", to: "other.csv")
    let second = try await CommandRun.ferry(
      ["import", "other.csv", "--mapping", "map.yaml"], in: folder.path,
      environment: sandbox.environment)
    #expect(second.status == 75, "\(second.errorText)")
    command.send(signal: SIGINT)
    _ = try await command.end()
    #expect(try await !people.stored().contains("Another"))
    _ = try await sandbox.end()
  }

  @Test("a file that was changed meanwhile is not sent, and nothing is lost")
  func changedSource() async throws {
    let people = try ImportedPeople(count: 240)
    let folder = people.folder
    let source = try folder.bytes("input.csv")
    let sandbox = try await RunningSandbox(in: folder, ["--fault", "slow=25ms"])
    let environment = sandbox.environment
    _ = try await interrupt(
      start(Self.importing + ["--batch-size", "5"], in: folder, environment), in: folder,
      signal: SIGINT)
    try folder.write(source + Array("One more,more@example.com\n".utf8), to: "input.csv")
    let refused = try await CommandRun.ferry(
      ["resume", "--settle", "300ms"], in: folder.path, environment: environment)
    #expect(refused.status == 64, "\(refused.errorText)")
    #expect(refused.errorText.contains("input.csv"))
    #expect(try await !people.stored().contains("One more"))
    try folder.write(source, to: "input.csv")
    let resumed = try await CommandRun.ferry(
      ["resume", "--settle", "300ms"], in: folder.path, environment: environment)
    #expect(resumed.status == 0, "\(resumed.errorText)")
    #expect(try await people.stored() == people.once)
    _ = try await sandbox.end()
  }

  @Test("standard input is kept, so that its run can be resumed and taken back")
  func standardInput() async throws {
    let people = try ImportedPeople(count: 240)
    let folder = people.folder
    let sandbox = try await RunningSandbox(in: folder, ["--fault", "slow=25ms"])
    let environment = sandbox.environment
    let command = try RunningCommand(
      RunningCommand.ferryPath,
      ["import", "-", "--mapping", "map.yaml", "--settle", "300ms", "--batch-size", "5"],
      in: folder.path, environment: environment, input: folder.file("input.csv"))
    _ = try await interrupt(command, in: folder, signal: SIGKILL)
    try FileManager.default.removeItem(atPath: folder.file("input.csv"))
    let resumed = try await CommandRun.ferry(
      ["resume", "--settle", "300ms"], in: folder.path, environment: environment)
    #expect(resumed.status == 0, "\(resumed.errorText)")
    #expect(try await people.stored() == people.once)
    let undone = try await CommandRun.ferry(
      // Contacts that were found by what they hold are taken back only so.
      ["undo", "--yes", "--force"], in: folder.path, environment: environment)
    #expect(undone.status == 0, "\(undone.outputText)\(undone.errorText)")
    #expect(try await people.stored().isEmpty)
    _ = try await sandbox.end()
  }
}
