import ContactModel
import Foundation
import RunJournal
import RunReports

extension RunSession {
  /// Writes reports and result files and ends the journal's session.
  func finish(
    _ run: borrowing ImportRun, files: [SourceSummary], writers: [ResultWriter],
    findings: ClosingSweep.Findings?
  ) async -> ImportResult {
    let options = context.options
    var errors = run.errors
    var summary = RunSummary(
      kind: kind, runID: context.journal.run.id.text, startedAt: startedAt.iso8601,
      duration: ContinuousClock.now - start, ferryVersion: options.version,
      server: context.client.server, variant: context.client.variant.name, files: files,
      outcomes: run.state.outcomes, issues: run.tally.issues, requestCount: run.requests)
    summary.stopReason = run.stop.map { $0.sentence(in: options.language) }
    do {
      let doubled = try await context.journal.doubledRows()
      summary.doubledCount = doubled.count
    } catch {
      errors.append(error)
    }
    do {
      try await RunFolderWriter(folder: folder, options: options)
        .finish(&summary, results: writers, madeAt: Date().iso8601)
    } catch {
      errors.append(error)
    }
    do {
      let status = RunStatus(stop: run.stop, hasFailed: !errors.isEmpty)
      try await context.journal.recordEnd(status, at: Date().iso8601)
      try await registry.update(context.journal.run.id, status: status)
      try await context.journal.close()
    } catch {
      errors.append(error)
    }
    withExtendedLifetime(lock) {}
    return ImportResult(summary: summary, folder: folder, stop: run.stop, errors: errors)
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
