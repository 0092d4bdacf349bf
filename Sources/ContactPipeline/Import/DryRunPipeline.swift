package import CRMClient
import ContactModel
import Foundation
import PersonAPI
import RunJournal
package import RunReports

/// An import that asks the server everything and sends nothing.
///
/// It goes the import's way up to the request: the variant, the active fields, owners, guide entries
/// and clients are looked up, values are reviewed, rows that an earlier run created are recognised, and
/// requests are filled and counted. Nothing is journaled, since nothing is done.
package struct DryRunPipeline: Sendable {
  private let request: SourceRequest
  private let client: CRMClient
  private let options: ImportOptions

  package init(request: SourceRequest, client: CRMClient, options: ImportOptions) {
    self.request = request
    self.client = client
    self.options = options
  }

  /// Goes through the whole source.
  ///
  /// - Parameters:
  ///   - notice: Is told what the user should know about the server.
  ///   - onBatch: Is handed every batch as it would be sent, in input order.
  /// - Returns: The figures; records that would be sent count as not attempted, and the requests are
  ///   those that would carry them.
  /// - Throws: ``InputError``, `MappingError`, ``PlanningError`` also where an import would be refused,
  ///   `CRMError`, `JournalError`, and whatever `onBatch` throws.
  package func run(
    notice: (ServerNotice) -> Void = { _ in },
    onBatch: (PreparedBatch) async throws -> Void = { _ in }
  ) async throws -> RunSummary {
    let clock = ContinuousClock()
    let (start, startedAt) = (clock.now, Date())
    let opened = try await request.open()
    var client = client
    client.variant = try await client.detectVariant(options.api)
    var generator = SystemRandomNumberGenerator()
    let id = RunID(startedAt: startedAt, using: &generator)
    let registry = RunRegistry(
      stateFolder: options.stateFolder,
      account: AccountID(server: client.server, login: client.credentials.login))
    // The index of what was created is brought up to date, as by an import.
    let lock = try await registry.entries().isEmpty ? nil : registry.lock(for: id)
    defer { withExtendedLifetime(lock) {} }
    let index = try await lock == nil ? nil : duplicates(in: registry, for: id)
    let preflight = try await Preflight(
      client: client, source: opened, options: options, isDryRun: true)
    preflight.notices.forEach(notice)
    let (source, variant) = (preflight.source, client.variant)
    var fitting = preflight.fitting
    let naming = RowNaming(
      schema: source.schema, keyField: options.keyField, run: id, file: 0)
    var builder = AddListBatchBuilder(
      schema: source.schema, credentials: client.credentials, variant: variant,
      limits: options.limits(for: variant))
    var tally = SourceTally(file: request.file, showsValues: options.showsValues)
    var requests = 0
    var outcomes = OutcomeCounts()
    try await source.batches.deliver { prepared in
      let fitted = naming.name(try await fitting.fit(prepared))
      let batch = fitted.prepared
      tally.add(batch)
      var isSent = batch.isRejected.map { !$0 }
      let asked = isSent.indices.filter { isSent[$0] }
      for (record, row) in try await index?.find(asked, of: fitted, excluding: id) ?? [] {
        isSent[record] = false
        outcomes.add(row.outcome)
      }
      for record in isSent.indices where isSent[record] {
        var result = builder.append(batch.contacts, contact: record)
        if result == .full {
          _ = builder.finish()
          requests += 1
          result = builder.append(batch.contacts, contact: record)
        }
        if result == .tooLarge {
          tally.addLate([Issue(.valueTooLarge, record: record)], of: batch.source)
        }
      }
      try await onBatch(batch)
      return true
    }
    if builder.rowCount > 0 { requests += 1 }
    outcomes[.rejected] = tally.rejected
    outcomes[.notAttempted] = tally.records - outcomes.total
    return RunSummary(
      kind: .dryRun, startedAt: startedAt.iso8601, duration: clock.now - start,
      ferryVersion: options.version, server: client.server, variant: variant.name,
      files: [
        tally.summary(
          byteCount: await source.stream.byteCount, profile: await source.stream.profile)
      ],
      outcomes: outcomes, issues: tally.issues, requestCount: requests)
  }

  /// What earlier runs created; throws where an import of the source would be refused.
  private func duplicates(in registry: RunRegistry, for id: RunID) async throws -> DuplicateIndex? {
    let earlier = try await EarlierRuns(registry)
    if InputFile.canBeReadTwice(request.file) {
      try earlier.refuseUnfinished([
        try await SourceIdentity().identify(request.file, path: request.path)
      ])
    }
    return try await options.sendsAgain ? nil : earlier.duplicates(for: id)
  }
}
