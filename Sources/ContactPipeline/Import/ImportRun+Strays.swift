import ContactModel
import PersonAPI
import RunJournal

extension ImportRun {
  /// Gives rows that are to be sent the contacts that are there for them already.
  ///
  /// - Parameters:
  ///   - batch: A batch of the source.
  ///   - outcomes: Its records' outcomes; `nil` for those to be sent. Some get theirs.
  /// - Throws: `JournalError` where the journal cannot take down whose the contacts are.
  mutating func adoptStrays(
    _ batch: FittedBatch, _ outcomes: inout [Outcome?]
  ) async throws(JournalError) {
    guard !strays.isEmpty else { return }
    let open = outcomes.indices.filter { outcomes[$0] == nil }
    for shipment in packer.packAlone(open.map { (batch, $0) }, mostRows: .max) {
      var found: [(index: Int, row: SettledRow)] = []
      for (index, row) in shipment.rows.enumerated() {
        guard
          let settled = strays.takeOldest(
            mark: shipment.marks.stored[index], file: shipment.file, record: row.number)
        else { continue }
        // Of a batch that is killed half way only what lies in rising pids is found again.
        if let last = found.last?.row.outcome.pid, let pid = settled.outcome.pid, pid < last {
          try await record(found, of: shipment, in: &outcomes)
          found = []
        }
        found.append((index, settled))
      }
      if !found.isEmpty { try await record(found, of: shipment, in: &outcomes) }
    }
  }

  private mutating func record(
    _ found: [(index: Int, row: SettledRow)], of shipment: Shipment,
    in outcomes: inout [Outcome?]
  ) async throws(JournalError) {
    var plan = shipment.plan
    plan.id = course.nextNumber()
    plan.recordNumbers = found.map { shipment.rows[$0.index].number }
    plan.fingerprints = found.map { shipment.fingerprints[$0.index] }
    plan.marks = RowMarks()
    for (index, _) in found { plan.marks.append(index, of: shipment.marks) }
    plan.floor = (found.compactMap(\.row.outcome.pid).min() ?? 1) - 1
    let rows = found.map(\.row)
    try await context.journal.recordIntent([plan])
    try await context.journal.recordOutcomes(rows, ofBatch: plan.id)
    for (index, row) in found { outcomes[shipment.rows[index].record] = row.outcome }
    course.noteAdopted(rows)
  }
}
