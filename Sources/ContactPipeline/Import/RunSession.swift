import CRMClient
import ContactModel
import Foundation
import PersonAPI
import RunJournal
import RunReports

/// A source file of a run, with all that has to be known before its rows are sent.
struct PlannedSource: Sendable {
  let request: SourceRequest
  let identity: RunDescription.SourceFile
  let preflight: Preflight

  /// The source opened again from its beginning, with the mapping in the server's terms.
  func reopened() async throws -> OpenSource {
    try await request.open().remapped(to: preflight.source.mapping)
  }
}

/// A run that is about to send: begun by an import, or taken up again from its journal.
struct RunSession: Sendable {
  let kind: RunSummary.Kind
  let context: RunContext
  let patience: Patience
  let registry: RunRegistry
  /// Held while the session lasts.
  let lock: AccountLock
  let folder: String
  let sources: [PlannedSource]
  /// What earlier runs created; `nil` where rows are to be sent all the same.
  let index: DuplicateIndex?
  /// The highest pid before the run's first request.
  let watermark: Int
  /// The highest pid before this session's first request.
  let highestPID: Int
  let startedAt: Date
  let start: ContinuousClock.Instant

  private var options: ImportOptions { context.options }

  /// Sends what is to be sent, looks at it once more, and writes the reports.
  ///
  /// - Parameter progress: Is told how far the run is.
  /// - Returns: What became of every record; later errors are part of it.
  func carryOut(
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) async -> ImportResult {
    var writers: [ResultWriter] = []
    var run = ImportRun(
      context: context, course: await openCourse(), pacer: pacer,
      packer: packer(for: 0), tally: tally(for: 0), results: writer(for: 0),
      progress: progress)
    await settleOpenBatches(of: &run)
    var files: [SourceSummary] = []
    for number in sources.indices {
      let writer = writer(for: number)
      writers.append(writer)
      let issues = run.tally.issues
      run.begin(
        packer: packer(for: number), results: writer,
        tally: tally(for: number, continuing: number == 0 ? nil : issues))
      await send(number, through: &run)
      let stream = sources[number].preflight.source.stream
      files.append(
        run.tally.summary(byteCount: await stream.byteCount, profile: await stream.profile))
    }
    let findings = await sweep(after: &run)
    return await finish(run, files: files, writers: writers, findings: findings)
  }

  private var pacer: Pacer {
    Pacer(
      limits: options.limits(for: context.client.variant), maximumInFlight: options.maxInFlight,
      batchSize: options.batchSize, rate: options.rate)
  }

  private func openCourse() async -> SendingCourse {
    // A journal that cannot be read shows again with the first intent.
    let last = (try? await context.journal.lastBatchID()) ?? nil
    return SendingCourse(
      patience: patience, options: options, nextID: (last ?? 0) + 1, highestPID: highestPID)
  }

  private func packer(for number: Int) -> Packer {
    let preflight = sources[number].preflight
    return Packer(
      builder: AddListBatchBuilder(
        schema: preflight.source.schema, credentials: context.client.credentials,
        variant: context.client.variant, limits: options.limits(for: context.client.variant)),
      marker: preflight.marker, file: number)
  }

  private func tally(for number: Int, continuing issues: IssueTally? = nil) -> SourceTally {
    SourceTally(
      file: sources[number].identity.name,
      issues: issues ?? IssueTally(showsValues: options.showsValues))
  }

  private func writer(for number: Int) -> ResultWriter {
    let name = URL(filePath: sources[number].identity.name).deletingPathExtension()
      .lastPathComponent
    return ResultWriter(
      folder: folder, prefix: sources.count == 1 ? "" : "\(number + 1)-\(name).",
      profile: sources[number].preflight.source.profile, options: options)
  }

  /// Finds out what became of the requests that an earlier session left open.
  private func settleOpenBatches(of run: inout ImportRun) async {
    guard kind == .resume else { return }
    do {
      try await OpenBatchSettlement(context: context, patience: patience).settle()
    } catch {
      let failure = error as? SettlementFailure
      run.stop(failure == nil ? .journal : failure?.stop ?? .interrupted, failure?.cause ?? error)
    }
  }

  /// Sends one source's contacts; an error that stops the reading ends the run once all is settled.
  private func send(_ number: Int, through run: inout ImportRun) async {
    let source = sources[number].preflight.source
    var feed = SourceFeed(session: self, number: number)
    await withTaskGroup(of: EndedShipment.self) { group in
      do {
        try await source.batches.deliver { prepared in
          await feed.give(prepared, to: &run, group: &group)
          return true
        }
      } catch {
        run.stop(.input, error)
      }
      await run.finish(group: &group)
    }
  }

  /// Looks at everything once more, unless the run ended because nothing can be looked at.
  private func sweep(after run: inout ImportRun) async -> ClosingSweep.Findings? {
    switch run.stop {
    case .interrupted, .serverGone, .cannotReadBack, .journal: return nil
    case .requestsRefused, .serverFails, .input, .output, nil: break
    }
    do {
      guard try await context.journal.lastBatchID() != nil else { return nil }
      return try await ClosingSweep(context: context, patience: patience)
        .findings(above: watermark)
    } catch {
      let failure = SettlementFailure(error, isInterrupted: context.isInterrupted())
      run.stop(failure.stop ?? .interrupted, failure.cause)
      return nil
    }
  }
}
