package import ContactModel
package import Foundation
package import RunJournal
import RunReports

/// Removes runs that are over, with their folders: journals and result files hold people's data.
///
/// Runs that could still be resumed stay, whatever their age.
package struct RunsPurge: Sendable {
  private let stateFolder: String
  private let days: Int?
  private let now: Date

  /// - Parameters:
  ///   - stateFolder: Where ferry keeps what it remembers.
  ///   - days: Only runs that ended so many days ago or earlier; `nil` for all.
  ///   - now: The time.
  package init(stateFolder: String, olderThan days: Int? = nil, now: Date) {
    self.stateFolder = stateFolder
    self.days = days
    self.now = now
  }

  /// Finds the runs that are to go.
  package func plan() async throws(JournalError) -> PurgePlan {
    let limit = days.map { now.addingTimeInterval(-86_400 * Double($0)).iso8601 }
    let listing = try await RunsListing.read(stateFolder: stateFolder)
    let runs = listing.entries.filter { entry in
      guard entry.isOver else { return false }
      // Moments in ISO 8601, in UTC and to the second, sort as text.
      return limit.map { entry.endedAt ?? entry.startedAt <= $0 } ?? true
    }
    return PurgePlan(runs: runs)
  }

  /// Removes them, each for itself: one that cannot be removed does not keep the others.
  package func run(_ plan: PurgePlan) async -> PurgeResult {
    var result = PurgeResult()
    for entry in plan.runs {
      do {
        let lock = try AccountLock(
          stateFolder: stateFolder, account: entry.account, run: nil, since: now.iso8601)
        defer { withExtendedLifetime(lock) {} }
        try await RunFolder.remove(entry)
        // Last, so that a run whose folder is still there is still listed.
        try await RunRegistry(stateFolder: stateFolder, account: entry.account).forget(entry.id)
        result.removed.append(entry.id)
      } catch {
        result.failures.append(PurgeResult.Failure(run: entry.id, error: error))
      }
    }
    return result
  }

  /// Strikes a run off whose journal is gone.
  ///
  /// - Throws: ``RunError/journalPresent(_:path:)`` if it is not gone, ``RunError/notFound(_:)`` for a
  ///   run that is not registered, or `JournalError`.
  package static func forget(_ run: FoundRun) async throws {
    guard !FileManager.default.fileExists(atPath: run.journalPath) else {
      throw RunError.journalPresent(run.id, path: run.journalPath)
    }
    guard let account = run.account else { throw RunError.notFound(run.id.text) }
    let lock = try AccountLock(
      stateFolder: run.stateFolder, account: account, run: nil, since: Date().iso8601)
    defer { withExtendedLifetime(lock) {} }
    try await RunRegistry(stateFolder: run.stateFolder, account: account).forget(run.id)
  }
}

extension RunsListing.Entry {
  /// Whether nothing is left to do with the run; one without a journal counts by how it ended.
  fileprivate var isOver: Bool {
    switch state {
    case .complete, .undone: true
    case .missing: !status.isResumable
    case .running, .unfinished, .stopped, .interrupted: false
    }
  }
}

extension RunFolder {
  /// Removes a run's folder, or its journal alone where the folder is not the run's own.
  ///
  /// - Throws: An error of the file system.
  fileprivate static func remove(_ entry: RunsListing.Entry) async throws {
    let (folder, journal) = (entry.folder, entry.journalPath)
    let isOwn = URL(filePath: folder).lastPathComponent == entry.id.text
    let paths = isOwn ? [folder] : ["", "-wal", "-shm"].map { journal + $0 }
    for path in paths where FileManager.default.fileExists(atPath: path) {
      try FileManager.default.removeItem(atPath: path)
    }
  }
}

/// The runs that a purge would remove.
package struct PurgePlan: Sendable, Equatable {
  /// The runs, the oldest first.
  package let runs: [RunsListing.Entry]

  /// What a person has to agree to; the lines have no last line end.
  package func question(in language: Language) -> String {
    let count = language.pick(
      Plural.english(runs.count, "run", "runs"),
      Plural.russian(runs.count, "запуск", "запуска", "запусков"))
    let folders = runs.map { "  " + PlainText.shown($0.folder) }
    let lines =
      [
        language.pick(
          "\(count) will be removed, with all files in these folders:",
          "будет удалено: \(count) вместе со всеми файлами в этих папках:")
      ] + folders
      + [
        language.pick(
          "what they created stays in the CRM, can no longer be undone, and is not recognized as a duplicate if it is imported again",
          "созданное ими останется в CRM, отменить его будет нельзя, а при повторном импорте оно не будет узнано как повтор"
        )
      ]
    return lines.joined(separator: "\n")
  }
}

/// What a purge did.
package struct PurgeResult: Sendable {
  /// A run that could not be removed.
  package struct Failure: Sendable {
    /// The run.
    package let run: RunID
    /// Why.
    package let error: any Error
  }

  /// The runs that are gone.
  package internal(set) var removed: [RunID] = []
  /// The runs that are not.
  package internal(set) var failures: [Failure] = []

  /// The result for a person at a terminal; every line is ended.
  package func text(in language: Language) -> String {
    let count = Plural.grouped(removed.count, in: language)
    var lines = [language.pick("runs removed: \(count)", "удалено запусков: \(count)")]
    for failure in failures {
      let reason =
        (failure.error as? JournalError)?.message(in: language)
        ?? failure.error.localizedDescription
      lines.append(
        language.pick("not removed: ", "не удалено: ") + "\(failure.run): "
          + PlainText.shown(reason))
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
