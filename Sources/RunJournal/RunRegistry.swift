package import ContactModel
import Foundation

/// The runs of an account, in the user's state folder: one small file a run.
///
/// ```text
/// <state folder>/<account>/lock                       who works with the account
///                          runs/<run>.json             this registry
///                          created.sqlite              what DuplicateIndex remembers
/// ```
///
/// Journals lie beside the files they belong to, where the user can see them; the registry is how a
/// later run finds them. An entry appears complete or not at all, and is on disk when a call returns.
/// Files and folders are readable by their owner only.
package struct RunRegistry: Sendable {
  /// Where ferry keeps what it remembers.
  package let stateFolder: String
  /// The account whose runs these are.
  package let account: AccountID

  /// The registry of an account; nothing is made before a run is registered.
  package init(stateFolder: String, account: AccountID) {
    self.stateFolder = stateFolder
    self.account = account
  }

  /// The account's folder.
  package var folder: String { "\(stateFolder)/\(account.text)" }

  /// Writes down that a run begins; returns when it is on disk, so that something may be sent.
  ///
  /// - Parameters:
  ///   - run: What the run set out to do.
  ///   - path: Its journal; a path from the working folder is kept as one from the root.
  /// - Throws: ``JournalError``; then nothing may be sent, since no later run would know of it.
  package func register(
    _ run: RunDescription, journal path: String
  ) async throws(JournalError) {
    precondition(run.account == account, "a run is registered with its own account")
    let path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    try await write(RegisteredRun(run, journal: path))
  }

  /// Writes down how a run stands.
  ///
  /// - Parameters:
  ///   - id: The run.
  ///   - status: How it ended; ``RunStatus/open`` when it goes on.
  ///   - outcomes: How many rows ended in each outcome; `nil` keeps what was written before.
  ///   - time: When it ended, as text in ISO 8601.
  /// - Throws: ``JournalError``; ``JournalError/Code/unknownRun`` for one that is not registered.
  package func update(
    _ id: RunID, status: RunStatus, outcomes: OutcomeCounts? = nil, at time: String? = nil
  ) async throws(JournalError) {
    var run = try await entry(id)
    run.status = status
    run.outcomes = outcomes ?? run.outcomes
    run.endedAt = time
    try await write(run)
  }

  /// The entry of a run.
  package func entry(_ id: RunID) async throws(JournalError) -> RegisteredRun {
    let path = path(of: id)
    let account = account
    return try await offPool(path: path) {
      guard JournalFile.exists(at: path) else { throw JournalError(.unknownRun, path: path) }
      return try Self.read(path, account: account)
    }
  }

  /// All runs of the account, the oldest first.
  ///
  /// - Throws: ``JournalError``; ``JournalError/Code/damagedEntry`` if one of the entries cannot be
  ///   read, since a run that is left out could be imported a second time.
  package func entries() async throws(JournalError) -> [RegisteredRun] {
    let listing = try await listing()
    if let error = listing.unreadable.first { throw error }
    return listing.runs
  }

  /// All runs of the account, the oldest first, and the entries that cannot be read.
  package func listing() async throws(JournalError) -> RegistryListing {
    let (folder, account) = (runsFolder, account)
    return try await offPool(path: folder) { try Self.list(folder, account: account) }
  }

  /// Forgets a run, whether its entry can be read or not; the journal stays.
  package func forget(_ id: RunID) async throws(JournalError) {
    let path = path(of: id)
    try await offPool(path: path) { try JournalFile.remove(path) }
  }

  /// The runs of all accounts, the oldest first, and the entries that cannot be read.
  package static func accounts(
    in stateFolder: String
  ) async throws(JournalError) -> RegistryListing {
    try await offPool(path: stateFolder) {
      var all = RegistryListing()
      for account in try JournalFile.names(in: stateFolder).compactMap(AccountID.init) {
        let registry = RunRegistry(stateFolder: stateFolder, account: account)
        let listing = try list(registry.runsFolder, account: account)
        all.runs += listing.runs
        all.unreadable += listing.unreadable
      }
      all.runs.sort { $0.id < $1.id }
      return all
    }
  }

  /// Where ferry keeps what it remembers, unless it is told otherwise.
  ///
  /// - Returns: `$FERRY_STATE_DIR`, or `ferry` in `$XDG_STATE_HOME`, or `~/.local/state/ferry`. An
  ///   empty variable counts as none, and so does an `$XDG_STATE_HOME` that is not a path from the
  ///   root, as its specification wants it.
  package static func defaultStateFolder(environment: [String: String]) -> String {
    if let folder = environment["FERRY_STATE_DIR"], !folder.isEmpty { return folder }
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return folder + "/ferry"
    }
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
    return home + "/.local/state/ferry"
  }

  private var runsFolder: String { folder + "/runs" }

  private func path(of id: RunID) -> String { "\(runsFolder)/\(id.text).json" }

  private func write(_ run: RegisteredRun) async throws(JournalError) {
    let path = path(of: run.id)
    try await offPool(path: path) { try JournalFile.replace(path, with: run.encoded()) }
  }

  private static func list(_ folder: String, account: AccountID) throws -> RegistryListing {
    var listing = RegistryListing()
    for name in try JournalFile.names(in: folder) where name.hasSuffix(".json") {
      do {
        listing.runs.append(try read("\(folder)/\(name)", account: account))
      } catch let error as JournalError {
        listing.unreadable.append(error)
      }
    }
    listing.runs.sort { $0.id < $1.id }
    return listing
  }

  private static func read(_ path: String, account: AccountID) throws -> RegisteredRun {
    let bytes = try JournalFile.bytes(of: path)
    guard let run = try? RegisteredRun(decoding: bytes, account: account),
      path.hasSuffix("/\(run.id.text).json")
    else { throw JournalError(.damagedEntry, path: path) }
    return run
  }
}

/// Registered runs, and what could not be read of them.
package struct RegistryListing: Sendable, Equatable {
  /// The runs, the oldest first.
  package var runs: [RegisteredRun] = []
  /// An error for each entry that cannot be read.
  package var unreadable: [JournalError] = []

  /// Nothing yet.
  package init() {}
}
