import ContactModel
import Foundation
package import RunJournal

/// Which run is meant by `RUN` on a command line, or by leaving it out.
///
/// `RUN` is a run's name, the beginning or the end of one (`k7pq`), a run's folder, or its journal.
/// Runs are looked for in the user's state and in the folder that runs are made in, so that a run is
/// found even if the state is lost.
package struct RunReference: Sendable {
  /// What the run is wanted for; decides which is taken if none is named.
  package enum Purpose: Sendable, CaseIterable {
    /// To be continued: the newest that has not ended.
    case resume
    /// To be deleted again: the newest that created something and is not undone.
    case undo
    /// To lose its doubled contacts: the newest that has some.
    case undoDoubled
    /// To be shown: the newest.
    case results
    /// To be struck off the list; has to be named.
    case forget
  }

  private let text: String?
  private let runsFolder: String
  private let stateFolder: String
  private let account: AccountID?

  /// - Parameters:
  ///   - text: What the user wrote; `nil` for nothing.
  ///   - runsFolder: The folder that runs' folders are made in.
  ///   - stateFolder: Where ferry keeps what it remembers.
  ///   - account: The account whose runs count if none is named; `nil` for all.
  package init(
    _ text: String?, runsFolder: String, stateFolder: String, account: AccountID? = nil
  ) {
    self.text = text
    self.runsFolder = runsFolder
    self.stateFolder = stateFolder
    self.account = account
  }

  /// Finds the run.
  ///
  /// - Throws: ``RunError``, or `JournalError` where the state or a journal cannot be read.
  package func find(for purpose: Purpose) async throws -> FoundRun {
    if let text, let found = try await atPath(text) { return found }
    if purpose == .forget, let text, let found = try await unreadable(text) { return found }
    let runs = try await candidates()
    if let text {
      if let found = try named(text, among: runs, for: purpose) { return found }
      // Perhaps its journal cannot be read, which is what the user has to hear.
      if RunID(text) != nil, let found = try await atPath("\(runsFolder)/\(text)") { return found }
      throw RunError.notFound(text)
    }
    guard !runs.isEmpty else { throw RunError.noRuns }
    for run in runs.reversed() where account == nil || run.account == account {
      // Not the one before it: that may be another file, in another CRM.
      if run.isJournalMissing, purpose == .undo || purpose == .results {
        throw RunError.journalMissing(run.id, path: run.journal)
      }
      if try await suits(run, purpose) { return FoundRun(run, stateFolder: stateFolder) }
    }
    throw switch purpose {
    case .resume: RunError.nothingUnfinished
    case .undo: RunError.nothingToUndo
    case .undoDoubled: RunError.nothingDoubled
    case .results, .forget: RunError.noRuns
    }
  }

  /// A run by its folder or journal; `nil` if there is no such file.
  private func atPath(_ text: String) async throws(JournalError) -> FoundRun? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: text, isDirectory: &isFolder) else { return nil }
    let path = isFolder.boolValue ? "\(text)/\(RunFolder.journalName)" : text
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let journal = try await Journal.open(at: path)
    let run = journal.run
    try await journal.close()
    return FoundRun(
      id: run.id, folder: RunFolder.folder(of: path), journalPath: path, account: run.account,
      stateFolder: stateFolder)
  }

  /// A run whose entry in the state cannot be read, by its whole name; nobody knows its journal.
  private func unreadable(_ text: String) async throws(JournalError) -> FoundRun? {
    guard let id = RunID(text) else { return nil }
    for error in try await RunRegistry.accounts(in: stateFolder).unreadable {
      // `<account>/runs/<run>.json`
      let parts = error.path.split(separator: "/")
      guard parts.count >= 3, parts[parts.count - 1] == "\(id.text).json",
        let account = AccountID(String(parts[parts.count - 3]))
      else { continue }
      return FoundRun(
        id: id, folder: "", journalPath: "", account: account, stateFolder: stateFolder)
    }
    return nil
  }

  /// The runs of the state, and those of the folder that the state does not know, the oldest first.
  private func candidates() async throws(JournalError) -> [RegisteredRun] {
    var runs = try await RunRegistry.accounts(in: stateFolder).runs
    let known = Set(runs.map(\.id))
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runsFolder)) ?? []
    for id in names.compactMap(RunID.init) where !known.contains(id) {
      let path = "\(runsFolder)/\(id.text)/\(RunFolder.journalName)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      // One that is damaged or of another version of ferry must not keep the others from being found.
      if let run = try? await unregistered(path) { runs.append(run) }
    }
    return runs.sorted { $0.id < $1.id }
  }

  /// A run as the state would know it.
  private func unregistered(_ path: String) async throws(JournalError) -> RegisteredRun {
    let journal = try await Journal.open(at: path)
    var run = RegisteredRun(journal.run, journal: path)
    (run.status, run.endedAt) = try await journal.end()
    try await journal.close()
    return run
  }

  /// A run by its name or a part of it; `nil` if none is called so.
  private func named(
    _ text: String, among runs: [RegisteredRun], for purpose: Purpose
  ) throws(RunError) -> FoundRun? {
    let exact = runs.filter { $0.id.text == text }
    let matching =
      exact.isEmpty
      ? runs.filter { $0.id.text.hasPrefix(text) || $0.id.text.hasSuffix(text) } : exact
    guard let run = matching.first, !text.isEmpty else { return nil }
    // Two accounts may know a run of one name only if somebody copied the state.
    guard Set(matching.map(\.id)).count == 1 else { throw .ambiguous(text, matching.map(\.id)) }
    if run.isJournalMissing, purpose != .forget {
      throw .journalMissing(run.id, path: run.journal)
    }
    return FoundRun(run, stateFolder: stateFolder)
  }

  private func suits(_ run: RegisteredRun, _ purpose: Purpose) async throws(JournalError) -> Bool {
    guard !run.isJournalMissing else { return false }
    switch purpose {
    case .resume: return run.status.isResumable
    case .results: return true
    case .forget: return false
    case .undo:
      guard run.status != .undone else { return false }
      // Nobody counts for a run that was killed.
      if run.status != .open, let outcomes = run.outcomes { return outcomes[.created] > 0 }
      return try await read(run) { journal throws(JournalError) in
        if try await !journal.createdRows(limit: 1).isEmpty { return true }
        return try await !journal.batches(.open, limit: 1).isEmpty
      }
    case .undoDoubled:
      return try await read(run) { journal throws(JournalError) in
        try await journal.doubledRows().contains { !$0.isRemoved }
      }
    }
  }

  private func read(
    _ run: RegisteredRun, _ question: (Journal) async throws(JournalError) -> Bool
  ) async throws(JournalError) -> Bool {
    let journal = try await Journal.open(at: run.journal)
    let answer = try await question(journal)
    try await journal.close()
    return answer
  }
}
