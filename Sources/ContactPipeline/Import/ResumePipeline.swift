package import CRMClient
import ContactMapping
import ContactModel
import Foundation
import PersonAPI
import RunJournal
import RunReports

/// Takes up a run that did not come to its end, from its journal: however it ended, nothing is lost and
/// nothing sent twice.
///
/// What became of the requests that were open is looked up first. Then the source is gone through again:
/// records with an outcome keep it, the others are sent.
package struct ResumePipeline: Sendable {
  private let path: String
  private let client: CRMClient
  private let options: ImportOptions

  /// - Parameters:
  ///   - path: The run's journal.
  ///   - client: The server the run was begun with.
  ///   - options: How it is to go on; what the run was begun with stays as it was.
  package init(journal path: String, client: CRMClient, options: ImportOptions) {
    self.path = path
    self.client = client
    self.options = options
  }

  /// Carries the run to its end; see ``ImportPipeline/run(isInterrupted:notice:confirm:progress:)``.
  ///
  /// - Throws: Before anything is sent; then the journal is as it was.
  package func run(
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    notice: (ServerNotice) -> Void = { _ in },
    progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) async throws -> ImportResult {
    try await begin(isInterrupted: isInterrupted, notice: notice).carryOut(progress: progress)
  }

  private func begin(
    isInterrupted: @escaping @Sendable () -> Bool, notice: (ServerNotice) -> Void
  ) async throws -> RunSession {
    let (start, startedAt) = (ContinuousClock.now, Date())
    // Only looked at until the account is locked: another ferry may be at work on it.
    let look = try await Journal.open(at: path)
    let run = look.run
    let status = try await look.end().status
    // What an undo has deleted would not be sent again.
    let isTakenBack = try await !look.undoneCounts().isEmpty
    try await look.close()
    let account = AccountID(server: client.server, login: client.credentials.login)
    guard account == run.account else {
      throw PlanningError.otherAccount(server: run.server, login: run.login)
    }
    let registry = RunRegistry(stateFolder: options.stateFolder, account: account)
    guard status.isResumable, !isTakenBack else {
      // It may have died between its end and the note of it in the state folder.
      if let lock = try? await registry.lock(for: run.id) {
        _ = try? await registry.settledEntries()
        withExtendedLifetime(lock) {}
      }
      throw PlanningError.notResumable(run.id.text)
    }
    let lock = try await registry.lock(for: run.id)
    let journal = options.journaling(try await Journal.open(at: path))

    let settings = RunSettings(run.settings, fileCount: run.sourceFiles.count)
    let options = settings.applied(to: options)
    var client = client
    let requests = try await sources(of: run, settings)
    var opened: [OpenSource] = []
    for request in requests { opened.append(try await request.open()) }
    client.variant = try await client.detectVariant(options.api)
    var planned: [PlannedSource] = []
    for (number, source) in opened.enumerated() {
      let preflight = try await Preflight(client: client, source: source, options: options)
      if number == 0 { preflight.notices.forEach(notice) }
      planned.append(
        PlannedSource(
          request: requests[number], identity: run.sourceFiles[number], preflight: preflight))
    }
    let earlier = try await EarlierRuns(registry)
    let index = try await options.sendsAgain ? nil : earlier.duplicates(for: run.id)
    let foundation = SessionFoundation(
      client: client, options: options, earlier: earlier, lock: lock,
      folder: String(path.dropLast("/journal.sqlite".count)), sources: planned, index: index,
      isInterrupted: isInterrupted, startedAt: startedAt, start: start)
    let highestPID = try await foundation.highestPID(owners: try await journal.owners())
    try await registry.register(run, journal: URL(filePath: path).path)
    return try await foundation.session(.resume, journal: journal, highestPID: highestPID)
  }

  /// The run's sources, proven to be the same bytes.
  private func sources(
    of run: RunDescription, _ settings: RunSettings
  ) async throws -> [SourceRequest] {
    let mapping = try Mapping(bytes: Array(run.mappingText.utf8), fileName: "journal.sqlite")
    var requests: [SourceRequest] = []
    for (number, file) in run.sourceFiles.enumerated() {
      let path = settings.paths[number]
      let found = try await SourceIdentity().identify(file.name, path: path)
      guard found.sha256 == file.sha256, found.size == file.size else {
        throw PlanningError.sourceChanged(path)
      }
      var request = SourceRequest(
        file: file.name, settings: settings.reading, mapping: mapping,
        mappingText: run.mappingText)
      request.path = path
      requests.append(request)
    }
    return requests
  }
}
