import CRMClient
import ContactModel
import PersonAPI
import RunJournal
import RunReports

/// Decides for the records of one source which are sent, and hands them on.
///
/// A record that an earlier session of the run has settled keeps its outcome; one that an earlier run
/// created is a duplicate.
struct SourceFeed {
  private let context: RunContext
  private let isResumed: Bool
  private let index: DuplicateIndex?
  private let file: Int
  private let naming: RowNaming
  private let ownerColumn: Int?
  /// Whose contacts those are that name no owner; empty for the caller's.
  private let mappingOwner: String
  private let ownLogin: String
  private var fitting: ContactFitting
  /// Owners whose lists the journal knows to be read.
  private var owners: Set<String>?

  init(session: RunSession, number: Int) {
    let preflight = session.sources[number].preflight
    context = session.context
    isResumed = session.kind == .resume
    index = session.index
    file = number
    naming = RowNaming(
      schema: preflight.source.schema, keyField: context.options.keyField,
      run: context.journal.run.id, file: number)
    ownerColumn = preflight.source.schema.column(of: .user)
    mappingOwner = preflight.source.schema.owner ?? ""
    ownLogin = context.client.credentials.login.lowercased()
    fitting = preflight.fitting
  }

  /// Fits a batch and hands it to the run.
  mutating func give(
    _ prepared: PreparedBatch, to run: inout ImportRun, group: inout ImportRun.Group
  ) async {
    var batch = FittedBatch(
      prepared: prepared, fingerprints: Array(repeating: nil, count: prepared.source.count))
    if run.stop == nil {
      do throws(CRMError) {
        batch = naming.name(try await fitting.fit(prepared))
      } catch {
        // A contact whose names are not known cannot be sent; what is under way goes on to its end.
        run.stop(.serverGone, error)
      }
    }
    var outcomes: [Outcome?] = Array(repeating: nil, count: prepared.source.count)
    var remarks: [Int: RowRemark] = [:]
    do throws(JournalError) {
      outcomes = try await known(of: batch, isSending: run.stop == nil, &remarks)
      if run.stop == nil {
        try await run.adoptStrays(batch, &outcomes)
        try await noteOwners(of: batch, outcomes)
      }
    } catch {
      run.stop(.journal, error)
      // What the journal said before it failed stays true.
      for record in outcomes.indices where outcomes[record] == nil {
        outcomes[record] = batch.prepared.isRejected[record] ? .rejected : .notAttempted
      }
    }
    await run.take(batch, outcomes: outcomes, remarks: remarks, group: &group)
  }

  /// The outcomes that records have before anything of them is sent.
  private func known(
    of batch: FittedBatch, isSending: Bool, _ remarks: inout [Int: RowRemark]
  ) async throws(JournalError) -> [Outcome?] {
    let records = batch.prepared.source
    guard records.count > 0 else { return [] }
    var outcomes: [Outcome?] = Array(repeating: nil, count: records.count)
    if isResumed {
      let journaled = try await context.journal.knownRecords(
        inFile: file, records.recordNumber(0)...records.recordNumber(records.count - 1))
      for (record, known) in journaled.enumerated() {
        switch known {
        case .unplanned: break
        case .open:
          // The session ended before it could find out.
          outcomes[record] = .uncertain
          remarks[record] = .unsettled(context.journal.run.id.text)
        case .settled(let row):
          if row.outcome != .notAttempted { outcomes[record] = row.outcome }
        }
      }
    }
    for record in outcomes.indices where outcomes[record] == nil {
      if batch.prepared.isRejected[record] {
        outcomes[record] = .rejected
      } else if !context.options.sends(record: records.recordNumber(record)) {
        outcomes[record] = .notAttempted
        remarks[record] = .leftOut
      }
    }
    guard isSending, let index else { return outcomes }
    let asked = outcomes.indices.filter { outcomes[$0] == nil }
    for (record, row) in try await index.find(
      asked, of: batch, excluding: context.journal.run.id)
    {
      outcomes[record] = row.outcome
      remarks[record] = .earlierRun(row.run.text)
    }
    return outcomes
  }

  /// Writes down whose lists have to be read to see these contacts, before any of them is sent.
  private mutating func noteOwners(
    of batch: FittedBatch, _ outcomes: [Outcome?]
  ) async throws(JournalError) {
    guard let ownerColumn else { return }
    var known: Set<String>
    if let owners { known = owners } else { known = try await context.journal.owners() }
    var new: Set<String> = []
    let contacts = batch.prepared.contacts
    var previous: Range<Int>?
    for record in outcomes.indices where outcomes[record] == nil {
      let range = contacts.valueRange(contact: record, column: ownerColumn)
      // Neighbors mostly have the same owner.
      if let previous, contacts.bytes[previous] == contacts.bytes[range] { continue }
      previous = range
      let written = String(decoding: contacts.bytes[range], as: UTF8.self)
      let login = written.isEmpty ? mappingOwner : written
      if !login.isEmpty, login.lowercased() != ownLogin, !known.contains(login) {
        new.insert(login)
      }
    }
    if !new.isEmpty {
      known.formUnion(new)
      try await context.journal.recordOwners(new)
    }
    owners = known
  }
}
