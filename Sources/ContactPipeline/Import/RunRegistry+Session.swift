import Foundation
import RunJournal

extension RunRegistry {
  /// Takes the account's lock for a run.
  ///
  /// - Throws: `JournalError`; busy while another ferry works with the account.
  func lock(for run: RunID) async throws(JournalError) -> AccountLock {
    try await AccountDoor().lock(self, run: run, since: Date().iso8601)
  }

  /// What earlier runs created, by what their rows say.
  ///
  /// - Parameter earlier: The runs, whose journals are read as far as the index does not know them.
  func duplicates(of earlier: [RegisteredRun]) async throws(JournalError) -> DuplicateIndex {
    let index = try await DuplicateIndex.open(at: "\(folder)/created.sqlite")
    try await index.bringUpToDate(from: earlier.filter { !$0.isJournalMissing }, excluding: nil)
    return index
  }
}

/// Takes locks on a thread that may wait for the disk.
private actor AccountDoor {
  private let executor = BlockingExecutor(label: "ferry.lock")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func lock(
    _ registry: RunRegistry, run: RunID, since: String
  ) throws(JournalError) -> AccountLock {
    try AccountLock(
      stateFolder: registry.stateFolder, account: registry.account, run: run, since: since)
  }
}
