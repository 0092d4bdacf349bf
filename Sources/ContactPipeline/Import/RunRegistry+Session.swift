import Foundation
import RunJournal

extension RunRegistry {
  /// Takes the account's lock for a run.
  ///
  /// - Throws: `JournalError`; busy while another ferry works with the account.
  func lock(for run: RunID) async throws(JournalError) -> AccountLock {
    try await AccountDoor().lock(self, run: run, since: Date().iso8601)
  }

  /// All runs of the account; those that are open here are as their journals say that they ended: a run
  /// may have been killed between the two.
  ///
  /// - Precondition: The account is locked.
  func settledEntries() async throws(JournalError) -> [RegisteredRun] {
    var entries = try await entries()
    for index in entries.indices where entries[index].status == .open {
      guard !entries[index].isJournalMissing else { continue }
      let journal = try await Journal.open(at: entries[index].journal)
      let end = try await journal.end()
      try await journal.close()
      guard end.status != .open else { continue }
      entries[index].status = end.status
      try await update(entries[index].id, status: end.status, at: end.at)
    }
    return entries
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
