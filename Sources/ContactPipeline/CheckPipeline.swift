import ContactFormats
import ContactModel
package import PersonAPI
package import RunReports

/// The dry run: reads, maps and judges a source, and sends nothing.
///
/// ```swift
/// let summary = try await CheckPipeline(request: request, startedAt: now).run()
/// ```
package struct CheckPipeline: Sendable {
  private let request: SourceRequest
  private let startedAt: String
  private let version: String
  private let variant: Variant
  private let showsValues: Bool

  /// - Parameters:
  ///   - request: The source and its mapping.
  ///   - startedAt: Now, as text in ISO 8601.
  ///   - version: ferry's version, for the report.
  ///   - variant: The kind of server whose treatment of values is foretold.
  ///   - showsValues: Whether examples may hold people's data.
  package init(
    request: SourceRequest, startedAt: String, version: String, variant: Variant = .dotted,
    showsValues: Bool = false
  ) {
    self.request = request
    self.startedAt = startedAt
    self.version = version
    self.variant = variant
    self.showsValues = showsValues
  }

  /// Checks the whole source.
  ///
  /// - Parameter onBatch: Is handed every batch, in input order.
  /// - Returns: The figures; records fit to be sent count as not attempted.
  /// - Throws: ``InputError``, `MappingError`, and whatever `onBatch` throws.
  package func run(
    onBatch: (PreparedBatch) async throws -> Void = { _ in }
  ) async throws -> RunSummary {
    let clock = ContinuousClock()
    let start = clock.now
    let source = try await request.open(foretelling: variant)
    var tally = SourceTally(file: request.file, showsValues: showsValues)
    try await source.batches.deliver { batch in
      tally.add(batch)
      try await onBatch(batch)
      return true
    }
    var outcomes = OutcomeCounts()
    outcomes[.rejected] = tally.rejected
    outcomes[.notAttempted] = tally.records - tally.rejected
    let summary = tally.summary(
      byteCount: await source.stream.byteCount, profile: await source.stream.profile)
    return RunSummary(
      kind: .check, startedAt: startedAt, duration: clock.now - start, ferryVersion: version,
      variant: variant.name, files: [summary], outcomes: outcomes, issues: tally.issues)
  }
}
