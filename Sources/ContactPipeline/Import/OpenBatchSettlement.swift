package import CRMClient
import ContactModel
import PersonAPI
package import RunJournal

/// Finds out what became of requests that a killed or stopped run left open in its journal.
///
/// From the journal alone: the source is not needed. Nothing is sent.
struct OpenBatchSettlement: Sendable {
  let context: RunContext
  let patience: Patience

  /// Settles all open requests and writes down what became of their rows; what is absent counts as not
  /// attempted.
  ///
  /// - Returns: What became of the rows.
  /// - Throws: ``SettlementFailure``, `JournalError`; then they stay open.
  @discardableResult
  func settle() async throws -> [SettledRow] {
    var open: [UnsettledRows] = []
    var previous: Int64?
    while true {
      let batches = try await context.journal.batches(.open, after: previous, limit: 64)
      guard let last = batches.last else { break }
      previous = last.plan.id
      open += batches.map { batch in
        UnsettledRows(
          id: batch.plan.id, file: batch.plan.file, recordNumbers: batch.plan.recordNumbers,
          marks: batch.plan.marks, floor: batch.plan.floor,
          known: Array(repeating: nil, count: batch.plan.count), isOpen: true, isFatal: false,
          // When it was lost is not known; no later than now.
          lostAt: context.clock.now())
      }
    }
    guard !open.isEmpty else { return [] }
    let fates = try await SettlementRound(context: context, patience: patience).settle(open)
    let rows = fates.map { $0.map(\.settled) }
    for (batch, rows) in zip(open, rows) {
      try await context.journal.recordOutcomes(rows, ofBatch: batch.id)
    }
    return rows.flatMap(\.self)
  }
}

extension RowFate {
  /// The fate as the journal keeps it.
  var settled: SettledRow {
    switch self {
    case .created(let pid, let evidence): SettledRow(.created(pid: pid), evidence: evidence)
    case .absent: SettledRow(.notAttempted)
    case .refused: SettledRow(.failed(.refused))
    case .uncertain: SettledRow(.uncertain)
    }
  }
}

/// Settles what a run left open without resuming it, for an undo.
package struct OpenRunSettlement: Sendable {
  private let options: ImportOptions
  private let isInterrupted: @Sendable () -> Bool

  /// - Parameters:
  ///   - options: How long to wait, and where ferry keeps what it remembers.
  ///   - isInterrupted: Whether the user wants to end it.
  package init(options: ImportOptions, isInterrupted: @escaping @Sendable () -> Bool) {
    self.options = options
    self.isInterrupted = isInterrupted
  }

  /// Finds out what became of the run's open requests and writes it down.
  ///
  /// - Precondition: The account is locked.
  /// - Parameters:
  ///   - journal: The run's journal.
  ///   - client: The server, its variant found out.
  /// - Throws: `CRMError`, `JournalError`; `CancellationError` if it was interrupted.
  package func settle(_ journal: Journal, client: CRMClient) async throws {
    guard try await !journal.batches(.open, limit: 1).isEmpty else { return }
    let run = journal.run
    let options = RunSettings(run.settings, fileCount: 0).applied(to: options)
    let registry = RunRegistry(stateFolder: options.stateFolder, account: run.account)
    let active = Set(try await client.fields().compactMap(\.field))
    let users = try await client.users()
    let context = RunContext(
      client: client, journal: journal, options: options,
      ownership: ContactOwnership(
        journal: journal,
        others: try await EarlierRuns(registry).pids(above: run.watermark, except: run.id)),
      // Only contacts that are read are marked, for which the columns do not matter.
      marker: RowMarker(
        predictor: StoredValuePredictor(
          schema: ContactSchema(columns: []), variant: client.variant,
          activeFields: active.isEmpty ? nil : active), keyField: options.keyField),
      ownersAreListed: users != nil, isInterrupted: isInterrupted)
    let patience = Patience(
      wait: options.waitingTime, clock: options.clock, isInterrupted: isInterrupted)
    do {
      try await OpenBatchSettlement(context: context, patience: patience).settle()
    } catch let failure as SettlementFailure {
      throw failure.cause ?? CancellationError()
    }
  }
}
