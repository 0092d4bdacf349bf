package import ContactModel
import Foundation
package import RunJournal

/// What a run did, read from its journal: what `ferry results` shows, also of a run that was killed.
package struct RunResults: Sendable {
  /// At most so many doubled rows are listed one by one.
  package static let mostListed = 1000

  /// A file in the run's folder.
  package struct File: Sendable, Equatable {
    /// The file's name in the folder.
    package var name: String
    /// Its length.
    package var byteCount: Int

    /// A file of a length.
    package init(name: String, byteCount: Int) {
      self.name = name
      self.byteCount = byteCount
    }
  }

  /// What the run set out to do.
  package let run: RunDescription
  /// How it stands.
  package let state: RunState
  /// When it ended, as text in ISO 8601.
  package let endedAt: String?
  /// The run's folder.
  package let folder: String
  /// How many of the rows that were to be sent ended in each outcome.
  ///
  /// Rows that were never to be sent, rejected ones among them, are not in the journal.
  package let outcomes: OutcomeCounts
  /// How many rows were to be sent and have no outcome.
  package let openRows: Int
  /// Rows whose contacts stand twice, at most ``mostListed`` of them.
  package let doubled: [DoubledRow]
  /// How many rows have contacts that stand twice.
  package let doubledCount: Int
  /// How many later contacts of such rows were removed since.
  package let removedDoubledCount: Int
  /// What became of contacts when the run was undone.
  package let undone: UndoCounts
  /// How many contacts that the run created are not known to be gone.
  package let remaining: Int
  /// The files in the run's folder but for the journal, by name.
  package let files: [File]

  /// Reads the results.
  ///
  /// - Throws: `JournalError` if the journal cannot be read.
  package static func read(_ found: FoundRun) async throws(JournalError) -> RunResults {
    let journal = try await Journal.open(at: found.journalPath)
    let run = journal.run
    let end = try await journal.end()
    let totals = try await journal.totals()
    let doubled = try await journal.doubledRows()
    let holder = AccountLock.holder(stateFolder: found.stateFolder, account: run.account)
    let results = RunResults(
      run: run, state: RunState(end.status, isLocked: holder?.run == run.id), endedAt: end.at,
      folder: found.folder, outcomes: totals.outcomes, openRows: totals.openRows,
      doubled: Array(doubled.prefix(mostListed)), doubledCount: doubled.count,
      removedDoubledCount: doubled.count(where: \.isRemoved),
      undone: UndoCounts(try await journal.undoneCounts()),
      remaining: try await journal.ownedPIDs().count, files: files(in: found.folder))
    try await journal.close()
    return results
  }

  /// The files of a folder; none if it cannot be read.
  private static func files(in folder: String) -> [File] {
    let manager = FileManager.default
    let names = (try? manager.subpathsOfDirectory(atPath: folder)) ?? []
    return names.sorted().compactMap { name in
      // A hidden one is a part that a killed process has left.
      guard !name.hasPrefix(RunFolder.journalName), !name.hasPrefix("."),
        let attributes = try? manager.attributesOfItem(atPath: "\(folder)/\(name)"),
        attributes[.type] as? FileAttributeType == .typeRegular
      else { return nil }
      return File(name: name, byteCount: attributes[.size] as? Int ?? 0)
    }
  }
}
