package import CRMClient
import ContactModel
import Foundation
import PersonAPI
package import RunJournal

/// The way back of an import: every contact that a run created is deleted again, the latest first.
///
/// Works from the journal alone, whether the run ended well, was stopped or was killed; the source is
/// not needed. A contact goes only while it still shows what was sent: what somebody worked on since is
/// theirs. Each contact's fate is on disk at once, so an undo may be killed and run again.
///
/// What the import did beside making contacts is not taken back; see ``UndoResult/text(in:)``.
package struct UndoPipeline: Sendable {
  /// Finds out what became of the rows of batches without an answer; the client's variant is known.
  package typealias Settle = @Sendable (Journal, CRMClient) async throws -> Void

  private let run: FoundRun
  private let client: CRMClient
  private let options: UndoOptions
  private let settle: Settle

  /// - Parameters:
  ///   - run: The run.
  ///   - client: The CRM it went to.
  ///   - options: What may go, and how.
  ///   - settle: Settles the batches that a killed run left open.
  package init(
    run: FoundRun, client: CRMClient, options: UndoOptions, settle: @escaping Settle
  ) {
    self.run = run
    self.client = client
    self.options = options
    self.settle = settle
  }

  /// Undoes the run.
  ///
  /// - Parameters:
  ///   - isInterrupted: Is asked before each contact; once it says yes no other is begun.
  ///   - confirm: Is told what is about to go, and says whether it may.
  ///   - progress: Is told how far the undo is.
  /// - Returns: What became of the contacts.
  /// - Throws: Before anything is deleted: ``RunError``, `JournalError` (busy while another run works
  ///   with the account), `CRMError`, and what the settling throws. Later errors end the undo in good
  ///   order and are part of the result.
  package func run(
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    confirm: (UndoPlan) async -> Bool = { _ in true },
    progress: @escaping @Sendable (UndoProgress) -> Void = { _ in }
  ) async throws -> UndoResult {
    let journal = try await Journal.open(at: run.journalPath)
    let description = journal.run
    guard
      description.account
        == AccountID(server: client.server, login: client.credentials.login)
    else {
      throw RunError.otherAccount(
        description.id, server: description.server, login: description.login)
    }
    let lock = try AccountLock(
      stateFolder: run.stateFolder, account: description.account, run: description.id,
      since: Date().iso8601)
    defer { withExtendedLifetime(lock) {} }
    let registry = RunRegistry(stateFolder: run.stateFolder, account: description.account)
    if let known = try await registry.entries().first(where: { $0.id == description.id }) {
      // Of an older copy only a part would go, and the rest be forgotten.
      try await journal.checkAge(against: known.status)
    }
    if try await journal.end().status == .undone, !options.doubledOnly {
      throw RunError.alreadyUndone(description.id)
    }
    var client = client
    client.variant = try await client.detectVariant(options.api)
    let remover = ContactRemover(
      client: client,
      patience: Patience(
        wait: options.wait, clock: options.clock, isInterrupted: isInterrupted),
      marker: try await marker(for: description, client: client),
      run: description.id, isForced: options.isForced)
    try await settle(journal, client)
    let plan = try await plan(journal)
    guard await confirm(plan) else { throw RunError.declined }

    var undo = UndoRun(
      remover: remover, journal: journal,
      queue: RemovalQueue(journal: journal, doubledOnly: options.doubledOnly), total: plan.total,
      inFlight: options.inFlight, isInterrupted: isInterrupted, progress: progress)
    await undo.finish()
    return await end(undo, of: journal)
  }

  /// What reads contacts as the run has marked its rows.
  private func marker(
    for run: RunDescription, client: CRMClient
  ) async throws(CRMError) -> RowMarker {
    let active = Set(try await client.fields().compactMap(\.field))
    return RowMarker(
      predictor: StoredValuePredictor(
        // No rows are marked here, only contacts read, for which the columns do not matter.
        schema: ContactSchema(columns: []), variant: client.variant,
        activeFields: active.isEmpty ? nil : active), keyField: run.keyField)
  }

  private func plan(_ journal: Journal) async throws(JournalError) -> UndoPlan {
    UndoPlan(
      run: journal.run.id, server: client.server, login: client.credentials.login,
      created: options.doubledOnly ? 0 : try await journal.ownedPIDs().count,
      doubled: try await journal.doubledRows().count { !$0.isRemoved },
      isDoubledOnly: options.doubledOnly, isForced: options.isForced)
  }

  /// Writes down how the run stands and makes the result.
  private func end(_ undo: UndoRun, of journal: Journal) async -> UndoResult {
    var (stop, error) = (undo.stop, undo.error)
    var (remaining, uncertain, status) = (0, 0, RunStatus.open)
    do {
      let totals = try await journal.totals()
      remaining = try await journal.ownedPIDs().count
      remaining += try await journal.doubledRows().count { !$0.isRemoved }
      uncertain = totals.outcomes[.uncertain] + totals.openRows
      status = try await journal.end().status
      if stop == nil, !options.doubledOnly, remaining == 0 {
        status = .undone
        try await recordUndone(in: journal)
      }
      try await journal.close()
    } catch let failure {
      if error == nil { error = failure }
      if stop == nil { stop = .journal }
    }
    return UndoResult(
      run: journal.run.id, folder: run.folder, server: client.server,
      fileNames: journal.run.sourceFiles.map(\.name), isDoubledOnly: options.doubledOnly,
      isForced: options.isForced, counts: undo.counts, kept: undo.kept, remaining: remaining,
      uncertainRows: uncertain, status: status, stop: stop, error: error)
  }

  private func recordUndone(in journal: Journal) async throws(JournalError) {
    let time = Date().iso8601
    try await journal.recordEnd(.undone, at: time)
    let registry = RunRegistry(stateFolder: run.stateFolder, account: journal.run.account)
    do {
      try await registry.update(journal.run.id, status: .undone, at: time)
    } catch {
      // A run whose folder came from elsewhere is in no list here.
      guard error.code == .unknownRun else { throw error }
    }
  }
}
