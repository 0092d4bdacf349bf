package import ContactModel
package import RunJournal

/// The runs that this user's state knows, the oldest first: what `ferry runs` shows.
package struct RunsListing: Sendable, Equatable {
  /// A run in the list.
  package struct Entry: Sendable, Equatable {
    /// The run's name.
    package var id: RunID
    /// When it began, as text in ISO 8601.
    package var startedAt: String
    /// When it ended, as text in ISO 8601.
    package var endedAt: String?
    /// The CRM's address.
    package var server: String
    /// The account's login.
    package var login: String
    /// The account.
    package var account: AccountID
    /// How it stands.
    package var state: RunState
    /// How it ended, as far as its entry knows, whether or not its journal is there.
    package var status: RunStatus
    /// How many rows ended in each outcome; `nil` while nobody counted.
    package var outcomes: OutcomeCounts?
    /// The files it reads.
    package var sources: [RunDescription.SourceFile]
    /// Its journal's file.
    package var journalPath: String

    /// A run as it is registered.
    init(_ run: RegisteredRun, isLocked: Bool) {
      id = run.id
      startedAt = run.startedAt
      endedAt = run.endedAt
      server = run.server
      login = run.login
      account = run.account
      state = RunState(run.status, isLocked: isLocked, isMissing: run.isJournalMissing)
      status = run.status
      outcomes = run.outcomes
      sources = run.sources
      journalPath = run.journal
    }

    /// The run's folder.
    package var folder: String { RunFolder.folder(of: journalPath) }
  }

  /// The runs, the oldest first.
  package let entries: [Entry]
  /// An error for every entry that cannot be read.
  package let unreadable: [JournalError]

  /// Reads the list.
  ///
  /// - Parameters:
  ///   - stateFolder: Where ferry keeps what it remembers.
  ///   - account: The account whose runs are wanted; `nil` for all.
  /// - Returns: The runs; journals are not opened for it, so counts are those of each run's end.
  /// - Throws: `JournalError` if the folder cannot be read.
  package static func read(
    stateFolder: String, account: AccountID? = nil
  ) async throws(JournalError) -> RunsListing {
    let listing = try await RunRegistry.accounts(in: stateFolder)
    let runs = listing.runs.filter { account == nil || $0.account == account }
    var holders: [AccountID: RunID] = [:]
    for account in Set(runs.map(\.account)) {
      holders[account] = AccountLock.holder(stateFolder: stateFolder, account: account)?.run
    }
    return RunsListing(
      entries: runs.map { Entry($0, isLocked: holders[$0.account] == $0.id) },
      unreadable: listing.unreadable)
  }
}
