import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// Why what became of rows could not be looked up; the journal keeps them open.
struct SettlementFailure: Error {
  /// Why the run ends; `nil` where it was interrupted.
  var stop: StopReason?
  /// What went wrong.
  var cause: (any Error)?
}

/// Finds out what became of rows whose requests were not answered, by looking at the CRM.
///
/// Nothing is under way while it looks. Where the server may still be at work it looks again and again
/// until the time of `--settle` has passed without a new contact of theirs.
struct SettlementRound: Sendable {
  let context: RunContext
  let patience: Patience

  /// Settles some requests.
  ///
  /// - Parameter batches: Their rows.
  /// - Returns: A fate for every row, in the order of the batches.
  /// - Throws: ``SettlementFailure``; then nothing is known.
  func settle(_ batches: [UnsettledRows]) async throws(SettlementFailure) -> [[RowFate]] {
    let floor = batches.map(\.floor).min() ?? 0
    // What was seen once has landed, even if somebody deletes it while we go on looking.
    var seen: [Int: SeenContact] = [:]
    var settlement = try await look(above: floor, batches, &seen)
    guard batches.contains(where: \.isOpen) else { return settlement.fates }
    var waiting = SettlementClock(settle: context.options.settlingTime)
    for batch in batches where batch.isOpen { waiting.lost(at: batch.lostAt) }
    waiting.noteRead(at: context.clock.now(), matched: settlement.matched)
    while true {
      switch waiting.nextStep(now: context.clock.now()) {
      case .done: return settlement.fates
      case .wait(let moment):
        await context.wait(until: moment)
        if context.isInterrupted() { throw SettlementFailure() }
      case .read:
        // The moment before the reading: what arrives while it goes on may be missed by it.
        let now = context.clock.now()
        settlement = try await look(above: floor, batches, &seen)
        waiting.noteRead(at: now, matched: settlement.matched)
      }
    }
  }

  private func look(
    above floor: Int, _ batches: [UnsettledRows], _ seen: inout [Int: SeenContact]
  ) async throws(SettlementFailure) -> Settlement {
    let known = Set(batches.flatMap(\.known).compactMap { $0?.outcome.pid })
    do {
      try await ContactReading(context: context, patience: patience).read(above: floor) {
        contacts in
        for contact in contacts.unowned where !known.contains(contact.pid) {
          seen[contact.pid] = contact
        }
      }
    } catch {
      throw SettlementFailure(error, isInterrupted: context.isInterrupted())
    }
    let keyField = context.options.keyField
    return Settlement(
      open: batches.map { batch in
        OpenBatch(
          marks: batch.marks,
          keys: keyField == nil
            ? nil
            : batch.recordNumbers.map {
              ImportKey(
                run: ImportKey.token(context.journal.run.id.text), file: batch.file, record: $0)
            }, floor: batch.floor, known: batch.known.map { $0?.outcome.pid },
          refused: Set(batch.known.indices.filter { batch.known[$0]?.outcome == .failed(.refused) })
        )
      }, seen: seen.values.sorted { $0.pid < $1.pid })
  }
}

extension SettlementFailure {
  init(_ error: any Error, isInterrupted: Bool) {
    if isInterrupted {
      self.init()
    } else if let error = error as? CRMError {
      // A page that cannot be read proves nothing, and asking again would not help.
      self.init(stop: error.isServerDown ? .serverGone : .cannotReadBack, cause: error)
    } else {
      self.init(stop: .journal, cause: error)
    }
  }
}

extension Settlement {
  /// How many rows were found: their number grows as long as the server is at work on them.
  fileprivate var matched: Int {
    fates.reduce(0) { count, fates in
      count + fates.count { if case .absent = $0 { false } else { true } }
    }
  }
}
