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
  /// The highest pid before this session's first request.
  let highestPID: Int
  let startedAt: Date
  let start: ContinuousClock.Instant

  private var options: ImportOptions { context.options }
  private var watermark: Int { context.journal.run.watermark }

  /// Sends what is to be sent, looks at it once more, and writes the reports.
  ///
  /// - Parameter progress: Is told how far the run is.
  /// - Returns: What became of every record; later errors are part of it.
  func carryOut(
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) async -> ImportResult {
    if kind == .resume {
      await RunFolderWriter(folder: folder, options: options).removeLeftovers()
    }
    var course = await openCourse()
    await settleOpenBatches(in: &course)
    let strays = await strays(in: &course)
    let first = work(on: 0)
    var writers = [first.results]
    var run = ImportRun(
      context: context, course: course, pacer: pacer, strays: strays, file: first,
      progress: progress)
    var files: [SourceSummary] = []
    for number in sources.indices {
      if number > 0 {
        let next = work(on: number, continuing: run.tally.issues)
        writers.append(next.results)
        run.begin(next)
      }
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

  /// What the sending of a file needs; the tally of issues goes on from file to file.
  private func work(on number: Int, continuing issues: IssueTally? = nil) -> SourceWork {
    let source = sources[number]
    let builder = AddListBatchBuilder(
      schema: source.preflight.source.schema, credentials: context.client.credentials,
      variant: context.client.variant, limits: options.limits(for: context.client.variant))
    let name = URL(filePath: source.identity.name).deletingPathExtension().lastPathComponent
    return SourceWork(
      packer: Packer(builder: builder, marker: source.preflight.marker, file: number),
      tally: SourceTally(
        file: source.identity.name,
        issues: issues ?? IssueTally(showsValues: options.showsValues)),
      results: ResultWriter(
        folder: folder, prefix: sources.count == 1 ? "" : "\(number + 1)-\(name).",
        profile: source.preflight.source.profile, options: options))
  }

  /// Finds out what became of the requests that an earlier session left open.
  private func settleOpenBatches(in course: inout SendingCourse) async {
    guard kind == .resume else { return }
    let start = context.clock.now()
    do {
      let rows = try await OpenBatchSettlement(context: context, patience: patience).settle()
      course.noteFound(rows)
    } catch let failure as SettlementFailure {
      course.end(failure.stop ?? .interrupted, failure.cause)
    } catch {
      course.end(.journal, error)
    }
    course.waits.settling += context.clock.now() - start
  }

  /// Contacts above the run's first watermark that no journal owns, before a run goes on.
  ///
  /// A journal that lost its end with the disk, or was put back from a copy, does not know of all that
  /// was sent. Its rows are not sent again as long as lists show their contacts. Where another run has not
  /// come to its end they may as well be that one's.
  private func strays(in course: inout SendingCourse) async -> StrayContacts {
    var contacts: [Int: SeenContact] = [:]
    if kind == .resume, course.stop == nil {
      do {
        let runs = try await registry.entries()
        if runs.allSatisfy({ $0.id == context.journal.run.id || !$0.status.isResumable }) {
          let reading = ContactReading(context: context, patience: patience)
          try await reading.readLists(above: watermark) {
            for contact in $0.unowned { contacts[contact.pid] = contact }
          }
          // These have been told to be other rows' second copies.
          for row in try await context.journal.doubledRows() { contacts[row.laterPID] = nil }
        }
      } catch {
        let failure = SettlementFailure(error, isInterrupted: context.isInterrupted())
        course.end(failure.stop ?? .interrupted, failure.cause)
      }
    }
    return StrayContacts(
      contacts.values, run: context.journal.run.id, isKeyed: options.keyField != nil)
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
