import CRMClient
import ContactModel
import PersonAPI
import RunJournal
import RunReports

/// What an import keeps for one file only.
struct SourceWork: ~Copyable {
  var packer: Packer
  var tally: SourceTally
  var results: ResultWriter
}

/// The sending half of an import: fitted batches in, outcomes out, in input order, one file at a time.
///
/// Requests are filled in input order and several are under way at once; a batch is written to the
/// result files when all its records have their outcome and all batches before it are written.
///
/// Where a reply leaves the fate of rows open, nothing more is sent until ``SettlementRound`` has
/// looked what landed; what it shows absent goes first when sending goes on.
struct ImportRun: ~Copyable {
  typealias Group = TaskGroup<EndedShipment>

  let context: RunContext
  private let shipper: Shipper
  private let progress: @Sendable (ImportProgress) -> Void

  // Of the file being sent.
  var packer: Packer
  private var results: ResultWriter
  private var open = OpenBatches()
  var tally: SourceTally

  // Of the whole run.
  private var pacer: Pacer
  var course: SendingCourse
  var strays: StrayContacts
  private var queue: [Shipment] = []
  private var inFlight = 0
  private var unsettled: [(shipment: Shipment, rows: UnsettledRows)] = []
  private(set) var state = ImportProgress()

  init(
    context: RunContext, course: SendingCourse, pacer: Pacer, strays: StrayContacts,
    file: consuming SourceWork,
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) {
    self.context = context
    self.course = course
    self.pacer = pacer
    self.strays = strays
    packer = file.packer
    tally = file.tally
    results = file.results
    self.progress = progress
    shipper = Shipper(client: context.client, journal: context.journal, clock: context.clock)
  }

  /// Why nothing more is sent; the rest of the source is still read, to account for every record.
  var stop: StopReason? { course.stop }
  /// What went wrong while it ran.
  var errors: [any Error] { course.errors }
  /// How the sending went.
  var figures: SendingCourse { course }

  /// How many batches may wait for their outcomes.
  private static let mostOpenBatches = 16

  /// Goes on to the next file; all records of the one before have their outcome.
  mutating func begin(_ file: consuming SourceWork) {
    packer = file.packer
    tally = file.tally
    results = file.results
    open = OpenBatches()
  }

  /// Ends the run early; what is under way goes on to its end.
  mutating func stop(_ reason: StopReason, _ error: (any Error)? = nil) {
    course.end(reason, error)
  }

  /// Takes a batch in and sends the requests that it fills.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - outcomes: What its records' outcomes are already; `nil` for those to be sent.
  ///   - remarks: What is known of single records besides, by their place in the batch.
  ///   - group: Where requests are under way.
  mutating func take(
    _ batch: FittedBatch, outcomes: [Outcome?], remarks: [Int: RowRemark] = [:],
    group: inout Group
  ) async {
    // One slow request holds up its batch, and all batches behind it stay in memory. So does a request
    // that few rows of many batches have gone into and that is not full yet.
    while open.count >= Self.mostOpenBatches {
      if inFlight + queue.count + unsettled.count == 0 {
        guard let part = packer.flush() else { break }
        queue.append(part)
      }
      await makeProgress(&group)
    }
    tally.add(batch.prepared)
    open.open(batch, outcomes: outcomes, remarks: remarks)
    for record in outcomes.indices where outcomes[record] == nil {
      noteInterruption()
      guard stop == nil else {
        open.settle(batch: batch.index, record: record, .notAttempted)
        continue
      }
      if packer.rowCount >= pacer.rows, let full = packer.flush() {
        await send(full, group: &group)
      }
      let (ended, isPacked) = packer.append(batch, record: record)
      if !isPacked {
        open.settle(
          batch: batch.index, record: record, .rejected,
          issue: Issue(.valueTooLarge, record: record))
      }
      if let ended { await send(ended, group: &group) }
    }
    await deliver()
  }

  /// Sends what is left of a file and waits until every record of it has its outcome.
  mutating func finish(group: inout Group) async {
    if let last = packer.flush() { queue.append(last) }
    while inFlight + queue.count + unsettled.count > 0 { await makeProgress(&group) }
    await deliver()
  }

  private mutating func noteInterruption() {
    if stop == nil, context.isInterrupted() { course.end(.interrupted) }
  }

  /// Queues a request and goes on until it is under way, or never will be.
  private mutating func send(_ shipment: Shipment, group: inout Group) async {
    queue.append(shipment)
    while !queue.isEmpty { await makeProgress(&group) }
  }

  /// Does the next thing there is to do: settle, send, or wait for a reply.
  private mutating func makeProgress(_ group: inout Group) async {
    noteInterruption()
    if stop != nil {
      await windUp(&group)
    } else if !unsettled.isEmpty || course.isServerAway {
      // Nothing is sent while the fate of rows is open, or while the server is away.
      if inFlight > 0 { return await absorbNext(&group) }
      if course.isServerAway { await awaitServer() } else { await settle() }
    } else if !queue.isEmpty, inFlight < pacer.inFlight {
      await dispatch(queue.removeFirst(), &group)
    } else {
      await absorbNext(&group)
    }
  }

  /// Awaits what is under way and gives everything else its outcome.
  private mutating func windUp(_ group: inout Group) async {
    while inFlight > 0 { await absorbNext(&group) }
    for shipment in queue { leave(shipment.rows, as: .notAttempted) }
    queue = []
    // The journal has these open: whoever resumes the run looks what became of them.
    for (shipment, rows) in unsettled {
      for (row, known) in zip(shipment.rows, rows.known) {
        open.settle(
          batch: row.batch, record: row.record, known?.outcome ?? .uncertain,
          remark: .unsettled(context.journal.run.id.text))
      }
    }
    unsettled = []
    await deliver()
  }

  private mutating func dispatch(_ queued: Shipment, _ group: inout Group) async {
    var shipment = queued
    await context.wait(
      until: context.clock.now()
        + pacer.pause(before: shipment.rows.count, now: context.clock.now()))
    noteInterruption()
    guard stop == nil else {
      queue.insert(shipment, at: 0)
      return
    }
    course.number(&shipment)
    pacer.sent(rows: shipment.rows.count, at: context.clock.now())
    inFlight += 1
    let (shipper, numbered) = (shipper, shipment)
    group.addTask { await shipper.send(numbered) }
  }

  private mutating func absorbNext(_ group: inout Group) async {
    guard let ended = await group.next() else { return }
    inFlight -= 1
    let shipment = ended.shipment
    switch ended.ending {
    case .settled(let rows):
      pacer.answered(rows: rows.count, took: ended.took, at: context.clock.now())
      course.noteAnswer(rows)
      leave(shipment, as: rows)
    case .notSent:
      course.noteAbsence(at: context.clock.now())
      pacer.trouble()
      queue.insert(shipment, at: 0)
    case .notExecuted(let step):
      pacer.trouble()
      sendAgain(shipment, step)
    case .unsettled(let rows):
      pacer.trouble()
      unsettled.append((shipment, rows))
    case .notJournaled(let error):
      course.end(.journal, error)
      leave(shipment.rows, as: .notAttempted)
    case .notRecorded(let rows, let error):
      course.end(.journal, error)
      // What the server has said stays true, though the journal does not have it.
      leave(shipment, as: rows)
    }
    await deliver()
  }

  /// Sends rows of which none was executed in smaller requests, or gives them up.
  private mutating func sendAgain(_ shipment: Shipment, _ step: AddListStep) {
    switch step {
    case .halve, .bisect:
      let half = (shipment.rows.count + 1) / 2
      // A limit of the server holds for all requests; a firewall minds what stands in this one.
      if step == .halve { pacer.limit(rows: half) }
      var smaller = packer.packAlone(sources(of: shipment.rows), mostRows: half)
      for index in smaller.indices { smaller[index].isHalf = step == .halve }
      queue.insert(contentsOf: smaller, at: 0)
    case .stop, .proceed, .settle, .setAside:
      course.end(.requestsRefused)
      leave(shipment.rows, as: .notAttempted)
    }
  }

  private func sources(of rows: [Shipment.Row]) -> [(batch: FittedBatch, record: Int)] {
    rows.compactMap { row in open.batch(row.batch).map { ($0, row.record) } }
  }

  /// Waits for a server that cannot be reached.
  private mutating func awaitServer() async {
    let start = context.clock.now()
    defer { course.waits.server += context.clock.now() - start }
    await context.wait(until: start + course.pauseBeforeAsking)
    do {
      _ = try await course.patience.untilAnswered { () throws(CRMError) in
        try await context.client.fields()
      }
      course.isServerAway = false
    } catch {
      if context.isInterrupted() { return noteInterruption() }
      course.end(.serverGone, error)
    }
  }

  /// Looks what became of rows without an answer, and sends again what is not there.
  private mutating func settle() async {
    let start = context.clock.now()
    defer { course.waits.settling += context.clock.now() - start }
    let round = SettlementRound(context: context, patience: course.patience)
    let fates: [[RowFate]]
    do {
      fates = try await round.settle(unsettled.map(\.rows))
    } catch {
      if let reason = error.stop { course.end(reason, error.cause) }
      return noteInterruption()
    }
    let settled = zip(unsettled, fates)
    let wasLost = unsettled.contains { $0.rows.isOpen }
    unsettled = []
    var again: [Shipment] = []
    for ((shipment, rows), fates) in settled {
      let verdicts = course.judge(rows, fates)
      do {
        try await context.journal.recordOutcomes(verdicts.map(\.row), ofBatch: shipment.id)
      } catch {
        course.end(.journal, error)
      }
      var absent: [Shipment.Row] = []
      for (row, verdict) in zip(shipment.rows, verdicts) {
        if verdict.row.outcome == .notAttempted, stop == nil {
          absent.append(row)
        } else {
          open.settle(
            batch: row.batch, record: row.record, verdict.row.outcome, remark: verdict.remark)
        }
      }
      // The row at the break stands alone: if it is why, it takes no other with it.
      let first = rows.isFatal ? absent.prefix(1) : []
      let rest = absent.dropFirst(first.count)
      for part in [first, rest] where !part.isEmpty {
        again += packer.packAlone(sources(of: Array(part)), mostRows: pacer.rows)
      }
    }
    queue.insert(contentsOf: again, at: 0)
    if wasLost { course.noteTrouble(at: context.clock.now()) }
    await deliver()
  }

  private mutating func leave(_ shipment: Shipment, as rows: [SettledRow]) {
    for (row, settled) in zip(shipment.rows, rows) {
      open.settle(batch: row.batch, record: row.record, settled.outcome)
    }
  }

  private mutating func leave(_ rows: [Shipment.Row], as outcome: Outcome) {
    for row in rows { open.settle(batch: row.batch, record: row.record, outcome) }
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
        course.end(.output, error)
      }
      progress(state)
    }
  }
}
