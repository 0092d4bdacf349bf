package import CRMClient
import ContactModel
import Foundation
import PersonAPI
import RunJournal
package import RunReports

/// An import that asks the server everything and sends nothing.
///
/// It goes the import's way up to the request: the variant, the active fields, owners, guide entries
/// and clients are looked up, values are reviewed, and requests are filled and counted. Nothing is
/// journaled, since nothing is done.
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
  /// - Throws: ``InputError``, `MappingError`, ``PlanningError``, `CRMError`, and whatever `onBatch`
  ///   throws.
  package func run(
    notice: (ServerNotice) -> Void = { _ in },
    onBatch: (PreparedBatch) async throws -> Void = { _ in }
  ) async throws -> RunSummary {
    let clock = ContinuousClock()
    let (start, startedAt) = (clock.now, Date())
    let opened = try await request.open()
    var client = client
    client.variant = try await client.detectVariant(options.api)
    let preflight = try await Preflight(
      client: client, source: opened, options: options, isDryRun: true)
    preflight.notices.forEach(notice)
    let (source, variant) = (preflight.source, client.variant)
    var fitting = preflight.fitting
    var builder = AddListBatchBuilder(
      schema: source.schema, credentials: client.credentials, variant: variant,
      limits: options.limits(for: variant))
    var tally = SourceTally(file: request.file, showsValues: options.showsValues)
    var requests = 0
    try await source.batches.deliver { prepared in
      let batch = try await fitting.fit(prepared)
      tally.add(batch)
      for record in 0..<batch.source.count where !batch.isRejected[record] {
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
    var outcomes = OutcomeCounts()
    outcomes[.rejected] = tally.rejected
    outcomes[.notAttempted] = tally.records - tally.rejected
    return RunSummary(
      kind: .dryRun, startedAt: startedAt.iso8601, duration: clock.now - start,
      ferryVersion: options.version, server: client.server, variant: variant.name,
      files: [
        tally.summary(
          byteCount: await source.stream.byteCount, profile: await source.stream.profile)
      ],
      outcomes: outcomes, issues: tally.issues, requestCount: requests)
  }
}
