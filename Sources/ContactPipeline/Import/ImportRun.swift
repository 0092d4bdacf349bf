import CRMClient
import ContactModel
import PersonAPI
import RunJournal
import RunReports

/// The sending half of an import: prepared batches in, outcomes out, in input order.
///
/// Requests are filled in input order and several are under way at once; a batch is written to the
/// result files when all its records have their outcome and all batches before it are written.
struct ImportRun: ~Copyable {
  typealias Group = TaskGroup<SettledShipment>

  private let shipper: Shipper
  private let options: ImportOptions
  private let results: ResultWriter
  private let isInterrupted: @Sendable () -> Bool
  private let progress: @Sendable (ImportProgress) -> Void

  private var packer: Packer
  private var open = OpenBatches()
  private var inFlight = 0
  private(set) var tally: SourceTally
  private(set) var state = ImportProgress()
  private(set) var requests = 0
  /// Why nothing more is sent; the rest of the source is still read, to account for every record.
  private(set) var stop: StopReason?
  private(set) var outputError: OutputError?
  private(set) var journalError: JournalError?
  /// Why the server could not be asked about names.
  private(set) var fittingError: CRMError?

  init(
    shipper: Shipper, packer: consuming Packer, tally: SourceTally, results: ResultWriter,
    options: ImportOptions, isInterrupted: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) {
    self.shipper = shipper
    self.packer = packer
    self.tally = tally
    self.results = results
    self.options = options
    self.isInterrupted = isInterrupted
    self.progress = progress
  }

  /// How many batches may wait for their outcomes.
  private static let mostOpenBatches = 16

  /// Takes a batch in, fits it for the server and sends the requests that it fills.
  mutating func take(
    _ prepared: PreparedBatch, fitting: inout ContactFitting, group: inout Group
  ) async {
    var batch = prepared
    if stop == nil {
      do throws(CRMError) {
        batch = try await fitting.fit(prepared)
      } catch {
        // A contact whose names are not known cannot be sent; what is under way goes on to its end.
        fittingError = error
        stop = .serverGone
      }
    }
    // One slow request holds up its batch, and all batches behind it stay in memory.
    while open.count >= Self.mostOpenBatches, inFlight > 0 { await absorbNext(&group) }
    tally.add(batch)
    open.open(batch)
    noteInterruption()
    for record in 0..<batch.source.count where !batch.isRejected[record] {
      guard stop == nil else {
        open.settle(batch: batch.index, record: record, .notAttempted)
        continue
      }
      let (ended, isPacked) = packer.append(batch, record: record)
      if !isPacked {
        open.settle(
          batch: batch.index, record: record, .rejected,
          issue: Issue(.valueTooLarge, record: record))
      }
      if let ended { await dispatch(ended, group: &group) }
    }
    await deliver()
  }

  /// Sends what is left and waits until every request has ended.
  mutating func finish(group: inout Group) async {
    noteInterruption()
    if let last = packer.flush() { await dispatch(last, group: &group) }
    while inFlight > 0 { await absorbNext(&group) }
    await deliver()
  }

  private mutating func noteInterruption() {
    if stop == nil, isInterrupted() { stop = .interrupted }
  }

  /// Sends a request, once there is room for it; if sending has stopped, its rows stay where they are.
  private mutating func dispatch(_ shipment: Shipment, group: inout Group) async {
    while inFlight >= options.maxInFlight { await absorbNext(&group) }
    noteInterruption()
    guard stop == nil else {
      for row in shipment.rows {
        open.settle(batch: row.batch, record: row.record, .notAttempted)
      }
      return
    }
    inFlight += 1
    requests += 1
    let shipper = shipper
    group.addTask { await shipper.send(shipment) }
  }

  private mutating func absorbNext(_ group: inout Group) async {
    guard let settled = await group.next() else { return }
    inFlight -= 1
    if stop == nil { stop = settled.stop }
    if journalError == nil { journalError = settled.journalError }
    if settled.isToBeHalved, stop == nil {
      for half in halves(of: settled.shipment) { await dispatch(half, group: &group) }
    } else {
      for (row, outcome) in zip(settled.shipment.rows, settled.outcomes) {
        open.settle(batch: row.batch, record: row.record, outcome)
      }
    }
    await deliver()
  }

  /// The rows of a request that was refused as a whole, in two requests.
  private mutating func halves(of shipment: Shipment) -> [Shipment] {
    let middle = (shipment.rows.count + 1) / 2
    let parts = [shipment.rows[..<middle], shipment.rows[middle...]]
    return parts.flatMap { rows -> [Shipment] in
      let sources = rows.compactMap { row in open.batch(row.batch).map { ($0, row.record) } }
      return packer.packAlone(sources)
    }
  }

  /// Writes the batches that are complete, in input order.
  private mutating func deliver() async {
    while let settled = open.popSettled() {
      for outcome in settled.outcomes { state.outcomes.add(outcome) }
      state.records += settled.outcomes.count
      if !settled.issues.isEmpty {
        tally.addLate(settled.issues, of: settled.batch.source)
      }
      do {
        try await results.append(settled)
      } catch {
        // The other result files go on.
        if outputError == nil { outputError = error }
        if stop == nil { stop = .output }
      }
      progress(state)
    }
  }
}
