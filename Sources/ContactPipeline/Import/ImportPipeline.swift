package import CRMClient
import ContactMapping
import ContactModel
import Foundation
import PersonAPI
import RunJournal
import RunReports

/// The whole journey of an import: sources, contacts, journal, requests, outcomes, reports.
///
/// In this order, so that nothing is sent before everything that can be known beforehand is known:
/// the sources open and meet the mapping; the server says which variant it is and accepts the
/// credentials; no earlier run of these sources waits to be resumed; the user agrees to what it does
/// to others; the journal lies on the disk; only then the first request leaves.
package struct ImportPipeline: Sendable {
  private let sources: [SourceRequest]
  private let client: CRMClient
  private let options: ImportOptions

  /// - Parameters:
  ///   - sources: The files, read with one mapping and the same settings, in the order they are sent.
  ///   - client: The server; which variant it is will be found out.
  ///   - options: How the import is to be done.
  package init(sources: [SourceRequest], client: CRMClient, options: ImportOptions) {
    precondition(!sources.isEmpty, "a source")
    self.sources = sources
    self.client = client
    self.options = options
  }

  /// An import of one file.
  package init(request: SourceRequest, client: CRMClient, options: ImportOptions) {
    self.init(sources: [request], client: client, options: options)
  }

  /// Imports the sources.
  ///
  /// - Parameters:
  ///   - isInterrupted: Is asked between rows; once it says yes nothing more is sent.
  ///   - notice: Is told, before anything is sent, what the user should know about the server.
  ///   - confirm: Is asked whether what the import does to others is wanted; asked only if there is
  ///     anything of that kind.
  ///   - progress: Is told how far the run is.
  /// - Returns: What became of every record.
  /// - Throws: Before anything is sent: ``InputError``, `MappingError`, ``PlanningError``, `CRMError`,
  ///   `JournalError`, `OutputError`.
  ///   Later errors end the run in good order and are part of the result.
  package func run(
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    notice: (ServerNotice) -> Void = { _ in },
    confirm: (SideEffects) async -> Bool = { _ in true },
    progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) async throws -> ImportResult {
    let (start, startedAt) = (ContinuousClock.now, Date())
    var generator = SystemRandomNumberGenerator()
    let id = RunID(startedAt: startedAt, using: &generator)
    let folder = "\(options.runsFolder)/\(id.text)"
    let spool = SourceSpool()
    do {
      let session = try await begin(
        id, in: folder, spool: spool, startedAt: startedAt, start: start,
        isInterrupted: isInterrupted, notice: notice, confirm: confirm)
      return await session.carryOut(progress: progress)
    } catch {
      // Nothing has been sent: neither a copy of the source nor an empty journal is of any use.
      await spool.removeFolder()
      throw error
    }
  }

  private func begin(
    _ id: RunID, in folder: String, spool: SourceSpool, startedAt: Date,
    start: ContinuousClock.Instant, isInterrupted: @escaping @Sendable () -> Bool,
    notice: (ServerNotice) -> Void, confirm: (SideEffects) async -> Bool
  ) async throws -> RunSession {
    let (sources, identities) = try await identified(in: folder, spool: spool)
    for (number, source) in identities.enumerated() where source.size > 0 {
      if let first = identities[..<number].first(where: { $0.sha256 == source.sha256 }) {
        throw PlanningError.sameFileTwice(first.name, source.name)
      }
    }
    var opened: [OpenSource] = []
    for source in sources { opened.append(try await source.open()) }

    var client = client
    client.variant = try await client.detectVariant(options.api)
    let account = AccountID(server: client.server, login: client.credentials.login)
    let registry = RunRegistry(stateFolder: options.stateFolder, account: account)
    // Two runs into one account at once would each take the other's contacts for its own.
    let lock = try await registry.lock(for: id)
    let earlier = try await EarlierRuns(registry)
    try earlier.refuseUnfinished(identities)

    let planned = try await plan(sources, opened, identities, client: client, notice: notice)
    let owners = try await agree(
      on: planned, login: client.credentials.login, confirm: confirm)
    let index = try await options.sendsAgain ? nil : earlier.duplicates(for: id)

    let foundation = SessionFoundation(
      client: client, options: options, earlier: earlier, lock: lock, folder: folder,
      sources: planned, index: index, isInterrupted: isInterrupted, startedAt: startedAt,
      start: start)
    let highestPID = try await foundation.highestPID(owners: owners)
    let settings = RunSettings(
      reading: sources[0].settings, options: options,
      paths: sources.map { URL(filePath: $0.path ?? $0.file).path })
    let mapping = self.sources[0]
    let description = RunDescription(
      id: id, startedAt: startedAt.iso8601, sourceFiles: identities,
      mappingText: mapping.mapping == nil ? Mapping.cardsYAML : mapping.mappingText,
      server: client.server, login: client.credentials.login, account: account,
      variant: client.variant.name, watermark: highestPID, ferryVersion: options.version,
      settings: settings.texts)
    let path = "\(folder)/journal.sqlite"
    // Where it cannot be made the journal says why.
    do { try await spool.makeFolder(folder) } catch is OutputError {}
    // One commit has all that a resume needs to find what was sent, whatever a disk forgets after it.
    let journal = options.journaling(
      try await Journal.create(at: path, run: description, owners: owners))
    let session = try await foundation.session(
      .import, journal: journal, highestPID: highestPID)
    try await registry.register(description, journal: URL(filePath: path).path)
    return session
  }

  /// The sources with what proves them to be the same later; what cannot be read twice is kept.
  private func identified(
    in folder: String, spool: SourceSpool
  ) async throws -> (sources: [SourceRequest], identities: [RunDescription.SourceFile]) {
    var sources = sources
    var identities: [RunDescription.SourceFile] = []
    for number in sources.indices {
      let file = sources[number].file
      if !InputFile.canBeReadTwice(file) {
        let path = "\(folder)/source-\(number + 1)"
        try await spool.makeFolder(folder)
        try await spool.keep(file, at: path)
        sources[number].path = path
      }
      identities.append(try await SourceIdentity().identify(file, path: sources[number].path))
    }
    return (sources, identities)
  }

  private func plan(
    _ sources: [SourceRequest], _ opened: [OpenSource],
    _ identities: [RunDescription.SourceFile], client: CRMClient,
    notice: (ServerNotice) -> Void
  ) async throws -> [PlannedSource] {
    var planned: [PlannedSource] = []
    var seen: [ServerNotice] = []
    for number in sources.indices {
      let preflight = try await Preflight(
        client: client, source: opened[number], options: options)
      for told in preflight.notices where !seen.contains(told) {
        seen.append(told)
        notice(told)
      }
      planned.append(
        PlannedSource(
          request: sources[number], identity: identities[number], preflight: preflight))
    }
    return planned
  }

  /// Stops before harm: too many invalid rows, or effects on others that the user does not want.
  ///
  /// - Returns: The logins of other owners who may get contacts.
  private func agree(
    on sources: [PlannedSource], login: String, confirm: (SideEffects) async -> Bool
  ) async throws -> Set<String> {
    let namesOwners = sources.contains { $0.preflight.source.mapping.namesOwners }
    var survey = SourceSurvey()
    if namesOwners || options.maxRejects != nil {
      for source in sources { try await survey.add(source.reopened(), options: options) }
    }
    if let limit = options.maxRejects,
      limit.isExceeded(rejected: survey.rejected, of: survey.records)
    {
      throw PlanningError.tooManyRejects(survey.rejected, of: survey.records)
    }
    let effects = survey.sideEffects(login: login, makesEntries: options.createsGuides)
    if effects.areAny, await !confirm(effects) { throw PlanningError.declined(effects) }
    let preflight = sources[0].preflight
    // The rows of an owner whom nobody knows go to the mapping's, unless they are set aside.
    let owners = survey.owners(besides: login).compactMap {
      preflight.login(of: $0) ?? preflight.source.schema.owner
    }
    return Set(owners.filter { $0.lowercased() != login.lowercased() })
  }
}
