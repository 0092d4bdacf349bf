import Foundation
import TestSupport

/// One import of the file in a folder of its own, with whatever follows it.
final class KilledImport {
  let folder: TemporaryFolder
  /// What was run, how it ended and what it said, for a finding's reader.
  private(set) var log: [String] = []
  /// How the last command ended; negative where a signal ended it.
  private(set) var status: Int32 = 0
  /// How many commands were killed before they had ended.
  private(set) var kills = 0

  private let combination: KillCombination
  private let source: KillSource
  private let settings: KillSettings
  private let table: StoredContacts
  private let environment: [String: String]

  init(
    combination: KillCombination, source: KillSource, settings: KillSettings,
    table: StoredContacts, server: [String: String]
  ) throws {
    folder = try TemporaryFolder()
    (self.combination, self.source) = (combination, source)
    (self.settings, self.table) = (settings, table)
    environment = server.merging(["FERRY_STATE_DIR": folder.file("state")]) { _, new in new }
    try folder.write(source.text, to: "input.csv")
    try folder.write(KillSource.mapping, to: "map.yaml")
  }

  private var isPiped = false

  private var importing: [String] {
    ["import", isPiped ? "-" : "input.csv", "--mapping", "map.yaml", "--yes"] + combination.options
      + settings.settleOptions
  }

  /// Contacts that were recognised by their values only are deleted where it is asked for.
  private var undoing: [String] {
    ["undo", "--yes"] + (combination.hasKey ? [] : ["--force"]) + settings.settleOptions
  }

  private var resuming: [String] { ["resume"] + settings.settleOptions }

  /// Imports without a disturbance, and says when things happened.
  func importUndisturbed(rows: Int) async throws -> KillTimes {
    var times = KillTimes()
    let begin = ContinuousClock.now
    let command = try start(importing)
    while command.isRunning {
      let count = try await table.count()
      if count > 0, times.first == .zero { times.first = ContinuousClock.now - begin }
      if count >= rows, times.last == .zero { times.last = ContinuousClock.now - begin }
      try await Task.sleep(for: .milliseconds(2))
    }
    times.end = ContinuousClock.now - begin
    note(importing, try await command.end())
    return times
  }

  /// Goes through a point: kills, resumes, looks, and imports again.
  ///
  /// - Returns: What was found wrong.
  func goThrough(_ point: KillPoint, beside undisturbed: UndisturbedImport) async throws -> [String]
  {
    if let fault = try await bringToItsEnd(point, beside: undisturbed) { return [fault] }
    let run = try RunOutput(in: folder)
    var faults = try await GroundTruth(source: source, table: table, hasKey: combination.hasKey)
      .faults(of: run)
    // A request that the server began later than `--settle` allows is doubled, told, and no fault.
    if run.doubled > 0 {
      if status != 3 { faults.append("rows are doubled, and the status is \(status)") }
    } else {
      if status != undisturbed.status {
        faults.append("the last status is \(status), undisturbed \(undisturbed.status)")
      }
      faults += run.differences(from: undisturbed.run)
    }
    guard faults.isEmpty, point.repeats else { return faults }
    return try await importAgain(beside: undisturbed)
  }

  /// Kills and resumes until the run has ended by itself.
  private func bringToItsEnd(
    _ point: KillPoint, beside undisturbed: UndisturbedImport
  ) async throws -> String? {
    isPiped = point.isPiped
    try await run(importing, killedAt: point.first)
    var moments = point.resumes[...]
    var isEnded = status != -SIGKILL
    if !isEnded, point.importsInstead {
      // Killed behind its report the run may be over: then this is a second import, which sends nothing.
      let wasOver = (try? RunOutput(in: folder)) != nil
      let before = try await table.count()
      try await run(importing + (wasOver ? ["--runs-dir", "instead"] : []), killedAt: nil)
      if wasOver, status != 64 {
        return try await faultsOfRepetition(in: "instead", beside: undisturbed, before: before)
          .first
      }
      // Where the run was killed before it was one, this has been the import.
      isEnded = status == undisturbed.status
      guard isEnded || status == 64 && log.last?.contains("resume") == true else {
        return "importing instead of resuming ended with \(status): \(log.last ?? "")"
      }
    }
    while !isEnded {
      try await Task.sleep(for: point.pause)
      try await run(resuming, killedAt: moments.popFirst())
      if status == 64 {
        // There is nothing to resume where the run had come to its end before it was killed, or
        // where it had not begun.
        if (try? RunOutput(in: folder)) != nil {
          status = undisturbed.status
          return nil
        }
        let stored = try await table.count()
        if stored > 0 { return "\(stored) rows are stored, and resume knows of no run" }
        try await run(importing, killedAt: nil)
      }
      isEnded = status != -SIGKILL
    }
    return nil
  }

  /// Kills an import, takes back what it did, and is killed at that as well.
  ///
  /// - Returns: What was found wrong.
  func takeBack(_ point: KillPoint, beside undisturbed: UndisturbedImport) async throws -> [String]
  {
    isPiped = point.isPiped
    try await run(importing, killedAt: point.first)
    let wasKilled = status == -SIGKILL
    try await Task.sleep(for: point.pause)
    var moments = point.resumes[...]
    repeat {
      try await run(undoing, killedAt: moments.popFirst())
    } while status == -SIGKILL
    var faults = try await GroundTruth(source: source, table: table, hasKey: combination.hasKey)
      .faultsWithoutRun()
    // Killed at its very beginning or end, there is nothing to undo.
    if status != 0, !(status == 64 && (wasKilled || !point.resumes.isEmpty)) {
      faults.append("undo ended with \(status): \(log.last ?? "")")
    }
    guard faults.isEmpty, !wasKilled, point.repeats else { return faults }
    // What was taken back is not there any more, so it is no duplicate.
    try await run(importing + ["--runs-dir", "again"], killedAt: nil)
    faults = try await GroundTruth(source: source, table: table, hasKey: combination.hasKey)
      .faults(of: RunOutput(in: folder, of: "again"))
    return faults
  }

  /// Imports the same file a second time, which must send nothing.
  private func importAgain(beside undisturbed: UndisturbedImport) async throws -> [String] {
    let before = try await table.count()
    try await run(importing + ["--runs-dir", "again"], killedAt: nil)
    return try await faultsOfRepetition(in: "again", beside: undisturbed, before: before)
  }

  /// What is wrong with a second import of the file, which has just ended.
  private func faultsOfRepetition(
    in runs: String, beside undisturbed: UndisturbedImport, before: Int
  ) async throws -> [String] {
    var faults: [String] = []
    let after = try await table.count()
    if after != before { faults.append("a second import stored \(after - before) rows") }
    if status != undisturbed.status { faults.append("a second import ended with \(status)") }
    var expected = undisturbed.run.outcomes
    expected["duplicate", default: 0] += expected.removeValue(forKey: "created") ?? 0
    let outcomes = try RunOutput(in: folder, of: runs).outcomes
    if outcomes != expected { faults.append("a second import: \(outcomes), not \(expected)") }
    return faults
  }

  private func start(_ arguments: [String]) throws -> RunningCommand {
    try RunningCommand(
      RunningCommand.ferryPath, arguments, in: folder.path, environment: environment,
      input: arguments.contains("-") ? folder.file("input.csv") : nil)
  }

  private func run(_ arguments: [String], killedAt moment: KillMoment?) async throws {
    let command = try start(arguments)
    if let moment {
      if moment.stored > 0 {
        while command.isRunning, try await table.count() < moment.stored {
          try await Task.sleep(for: .milliseconds(1))
        }
      }
      let deadline = ContinuousClock.now + moment.delay
      while command.isRunning, ContinuousClock.now < deadline {
        try await Task.sleep(
          until: min(deadline, .now + .milliseconds(20)), tolerance: .zero, clock: .continuous)
      }
      command.send(signal: SIGKILL)
    }
    note(arguments, try await command.end(within: settings.timeout))
  }

  private func note(_ arguments: [String], _ end: CommandRun) {
    status = end.status
    if status == -SIGKILL { kills += 1 }
    let said = (end.outputText + end.errorText).trimmingCharacters(in: .newlines)
    log.append("ferry \(arguments.joined(separator: " ")) → \(end.status)\n\(said)")
  }
}
