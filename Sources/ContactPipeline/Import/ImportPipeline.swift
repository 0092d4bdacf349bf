package import CRMClient
import ContactMapping
import ContactModel
import Foundation
import PersonAPI
import RunJournal
package import RunReports

/// The whole journey of an import: source, contacts, journal, requests, outcomes, reports.
///
/// In this order, so that nothing is sent before everything that can be known beforehand is known:
/// the source opens and meets the mapping; the server says which variant it is and accepts the
/// credentials; the journal lies on the disk; only then the first request leaves.
package struct ImportPipeline: Sendable {
  private let request: SourceRequest
  private let client: CRMClient
  private let options: ImportOptions

  package init(request: SourceRequest, client: CRMClient, options: ImportOptions) {
    self.request = request
    self.client = client
    self.options = options
  }

  /// Imports the whole source.
  ///
  /// - Parameters:
  ///   - isInterrupted: Is asked between rows; once it says yes nothing more is sent.
  ///   - notice: Is told, before anything is sent, what the user should know about the server.
  ///   - progress: Is told how far the run is.
  /// - Returns: What became of every record.
  /// - Throws: Before anything is sent: ``InputError``, `MappingError`, ``PlanningError``, `CRMError`,
  ///   `JournalError`.
  ///   Later errors end the run in good order and are part of the result.
  package func run(
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    notice: (ServerNotice) -> Void = { _ in },
    progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) async throws -> ImportResult {
    let clock = ContinuousClock()
    let (start, startedAt) = (clock.now, Date())
    let identity = try await SourceIdentity().identify(request.file)
    let opened = try await request.open()

    var client = client
    client.variant = try await client.detectVariant(options.api)
    // Two runs into one account at once would each take the other's contacts for its own.
    let lock = try RunLock(
      at: "\(options.runsFolder)/.lock-\(lockName(server: client.server))")
    defer { withExtendedLifetime(lock) {} }
    let preflight = try await Preflight(client: client, source: opened, options: options)
    let source = preflight.source
    preflight.notices.forEach(notice)
    let folder = try await openFolder(
      startedAt: startedAt, source: identity, server: client.server, variant: client.variant)

    let results = ResultWriter(folder: folder.path, profile: source.profile, options: options)
    var run = ImportRun(
      shipper: Shipper(client: client, journal: folder.journal),
      packer: Packer(
        schema: source.schema, credentials: client.credentials, variant: client.variant,
        limits: options.limits(for: client.variant)),
      tally: SourceTally(file: request.file, showsValues: options.showsValues),
      results: results, options: options, isInterrupted: isInterrupted, progress: progress)
    let readError = await send(source, fitting: preflight.fitting, through: &run)

    var summary = RunSummary(
      kind: .import, runID: folder.id.text, startedAt: startedAt.iso8601,
      duration: clock.now - start, ferryVersion: options.version, server: client.server,
      variant: client.variant.name,
      files: [
        run.tally.summary(
          byteCount: await source.stream.byteCount, profile: await source.stream.profile)
      ],
      outcomes: run.state.outcomes, issues: run.tally.issues, requestCount: run.requests)
    let stop = run.stop ?? (readError == nil ? nil : .input)
    summary.stopReason = stop.map { $0.sentence(in: options.language) }
    var errors: [any Error] = [readError, run.fittingError, run.journalError].compactMap { $0 }
    do {
      try await RunFolderWriter(folder: folder.path, options: options)
        .finish(&summary, results: results, madeAt: Date().iso8601)
    } catch {
      errors.append(error)
    }
    do {
      let status = RunStatus(stop: stop, hasFailed: !errors.isEmpty)
      try await folder.journal.recordEnd(status, at: Date().iso8601)
      try await folder.journal.close()
    } catch {
      errors.append(error)
    }
    return ImportResult(summary: summary, folder: folder.path, stop: stop, errors: errors)
  }

  /// Sends the source's contacts; an error that stops the reading is returned once all is settled.
  private func send(
    _ source: OpenSource, fitting: ContactFitting, through run: inout ImportRun
  ) async -> (any Error)? {
    var fitting = fitting
    return await withTaskGroup(of: SettledShipment.self) { group in
      var readError: (any Error)?
      do {
        try await source.batches.deliver { batch in
          await run.take(batch, fitting: &fitting, group: &group)
          return true
        }
      } catch {
        readError = error
      }
      await run.finish(group: &group)
      return readError
    }
  }

  /// A name that stands for the server and the account, without saying either.
  private func lockName(server: String) -> String {
    let account = Array("\(server) \(client.credentials.login)".utf8)
    return Fingerprint(of: account.span).description
  }

  private func openFolder(
    startedAt: Date, source: RunDescription.SourceFile, server: String, variant: Variant
  ) async throws(JournalError) -> (id: RunID, path: String, journal: Journal) {
    var generator = SystemRandomNumberGenerator()
    let id = RunID(startedAt: startedAt, using: &generator)
    let path = "\(options.runsFolder)/\(id.text)"
    let journal = try await Journal.create(
      at: "\(path)/journal.sqlite",
      run: RunDescription(
        id: id, startedAt: startedAt.iso8601, sourceFiles: [source],
        mappingText: request.mapping == nil ? Mapping.cardsYAML : request.mappingText,
        server: server, login: client.credentials.login,
        variant: variant.name, ferryVersion: options.version))
    return (id, path, journal)
  }
}

/// How an import ended.
package struct ImportResult: Sendable {
  /// What became of every record.
  package let summary: RunSummary
  /// The run's folder.
  package let folder: String
  /// Why it ended before its end, if it did.
  package let stop: StopReason?
  /// What went wrong with the source, the journal or the result files while it ran.
  package let errors: [any Error]
}
