import Foundation
import TestSupport

/// What a combination does when nobody disturbs it.
struct UndisturbedImport: Sendable {
  let times: KillTimes
  let run: RunOutput
  let status: Int32
}

/// What is made of an import that was killed.
enum KillGoal: Sendable {
  /// It is resumed until it has ended.
  case end
  /// It is undone.
  case undo
}

/// A point at which something was lost, doubled or told wrongly, and how to see it again.
struct KillFinding: Sendable, CustomStringConvertible {
  let point: String
  let faults: [String]
  let repetition: String
  let folder: String

  var description: String {
    "\(point)\n  " + faults.joined(separator: "\n  ")
      + "\n  again: \(repetition)\n  kept: \(folder)"
  }
}

/// A CRM of its own in which one import after the other is killed.
///
/// Between two imports what they stored is removed from the CRM's file; each has a folder and a
/// state folder of its own.
final class KillStand {
  private struct Server {
    let folder: TemporaryFolder
    let sandbox: RunningSandbox
    let table: StoredContacts
  }

  let combination: KillCombination
  let source: KillSource
  let settings: KillSettings
  private var server: Server?

  init(_ combination: KillCombination, _ source: KillSource, _ settings: KillSettings) {
    (self.combination, self.source, self.settings) = (combination, source, settings)
  }

  /// A CRM without contacts of ours; it is started where there is none.
  private func serve() async throws -> Server {
    if let server {
      try await server.table.clear()
      return server
    }
    let folder = try TemporaryFolder()
    // Slow enough for a kill to fall between two rows of a request.
    let sandbox = try await RunningSandbox(
      in: folder, ["--profile", combination.profile, "--fault", "slow=1ms"])
    let table = try StoredContacts(path: folder.file("crm.sqlite"), older: source.older)
    let started = Server(folder: folder, sandbox: sandbox, table: table)
    server = started
    return started
  }

  private func attempt(on server: Server) throws -> KilledImport {
    try KilledImport(
      combination: combination, source: source, settings: settings, table: server.table,
      server: server.sandbox.environment)
  }

  /// Imports the file once from beginning to end.
  func undisturbed() async throws -> UndisturbedImport {
    let server = try await serve()
    let attempt = try attempt(on: server)
    let times = try await attempt.importUndisturbed(rows: source.contacts.count)
    do {
      let run = try RunOutput(in: attempt.folder)
      return UndisturbedImport(times: times, run: run, status: attempt.status)
    } catch let error as RunOutput.Unreadable {
      throw RunOutput.Unreadable(description: "\(error)\n\(attempt.log.joined(separator: "\n"))")
    }
  }

  /// What is wrong with an import that nobody disturbs; nothing may be.
  func faults(of undisturbed: UndisturbedImport) async throws -> [String] {
    guard let server else { return ["there is no server"] }
    return try await GroundTruth(source: source, table: server.table, hasKey: combination.hasKey)
      .faults(of: undisturbed.run)
  }

  /// Kills an import at a point, resumes it to its end or takes it back, and holds everything
  /// against the truth.
  ///
  /// - Returns: How many commands were killed, and what was found wrong, if anything.
  func run(
    _ point: KillPoint, to goal: KillGoal, beside undisturbed: UndisturbedImport
  ) async throws -> (kills: Int, finding: KillFinding?) {
    let server = try await serve()
    let attempt = try attempt(on: server)
    var faults: [String] = []
    do {
      faults =
        switch goal {
        case .end: try await attempt.goThrough(point, beside: undisturbed)
        case .undo: try await attempt.takeBack(point, beside: undisturbed)
        }
    } catch {
      faults = ["the test could not go on: \(error)"]
    }
    if faults.isEmpty { return (attempt.kills, nil) }
    let kept = try await keep(attempt, of: point, faults: faults, on: server)
    // What is left of this one is nobody else's.
    _ = try? await server.sandbox.end(signal: SIGKILL)
    self.server = nil
    let finding = KillFinding(
      point: "\(combination), \(point)", faults: faults,
      repetition: """
        FERRY_KILL_SEED=\(settings.seed) FERRY_KILL_ONLY=\(combination) \
        FERRY_KILL_POINTS=\(settings.points ?? combination.points) FERRY_KILL_POINT=\(point.index) \
        scripts/test.sh --filter KillTests
        """, folder: kept)
    return (attempt.kills, finding)
  }

  private func keep(
    _ attempt: KilledImport, of point: KillPoint, faults: [String], on server: Server
  ) async throws -> String {
    let kept = "\(settings.findings)/\(combination)-\(settings.seed)-\(point.index)-\(UUID())"
    try FileManager.default.createDirectory(
      atPath: settings.findings, withIntermediateDirectories: true)
    try attempt.folder.write(
      ([point.description] + faults + attempt.log).joined(separator: "\n"), to: "finding.txt")
    try FileManager.default.copyItem(atPath: attempt.folder.path, toPath: kept)
    try await server.table.copy(to: "\(kept)/crm.sqlite")
    return kept
  }

  /// Ends the CRM.
  func end() async throws {
    _ = try await server?.sandbox.end(signal: SIGKILL)
    server = nil
  }
}
