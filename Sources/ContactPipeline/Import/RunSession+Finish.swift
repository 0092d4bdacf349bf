import CRMClient
import ContactModel
import Foundation
import PersonAPI
import RunJournal
package import RunReports

extension RunSession {
  /// Writes reports and result files and ends the journal's session.
  func finish(
    _ run: borrowing ImportRun, files: [SourceSummary], writers: [ResultWriter],
    findings: ClosingSweep.Findings?
  ) async -> ImportResult {
    let (options, journal, figures) = (context.options, context.journal, run.figures)
    var errors = figures.errors
    var summary = RunSummary(
      kind: kind, runID: journal.run.id.text, startedAt: startedAt.iso8601,
      duration: ContinuousClock.now - start, ferryVersion: options.version,
      server: context.client.server, variant: context.client.variant.name, files: files,
      outcomes: run.state.outcomes, issues: run.tally.issues, requestCount: figures.requests)
    summary.stopReason = figures.stop.map { $0.sentence(in: options.language) }
    summary.waits = figures.waits
    var lists = RunFindings()
    do {
      lists = try await self.lists(findings)
    } catch {
      errors.append(error)
    }
    summary.doubledCount = lists.doubled.count
    summary.readBack = lists.summary(
      figures, findings, isComparing: options.verifies ?? true, showsValues: options.showsValues)
    let status = RunStatus(stop: figures.stop, hasFailed: !errors.isEmpty)
    summary.isResumable = status.isResumable
    do {
      try await RunFolderWriter(folder: folder, options: options)
        .finish(&summary, results: writers, findings: lists, madeAt: Date().iso8601)
    } catch {
      errors.append(error)
    }
    do {
      let ended = Date().iso8601
      let status = RunStatus(stop: figures.stop, hasFailed: !errors.isEmpty)
      try await journal.recordEnd(status, at: ended)
      try await registry.update(
        journal.run.id, status: status, outcomes: summary.outcomes, at: ended)
      try await journal.close()
    } catch {
      errors.append(error)
    }
    withExtendedLifetime(lock) {}
    return ImportResult(summary: summary, folder: folder, stop: figures.stop, errors: errors)
  }

  /// Everything that reading back has shown, by file and record.
  private func lists(_ findings: ClosingSweep.Findings?) async throws -> RunFindings {
    var lists = RunFindings()
    let names = sources.map(\.identity.name)
    lists.doubled = try await context.journal.doubledRows().filter { !$0.isRemoved }.map { row in
      DoubledContact(
        file: names[row.file], record: row.record, pid: row.pid, laterPID: row.laterPID)
    }
    guard let findings, context.options.verifies ?? true else { return lists }
    let changed = try await Verification(sources: sources).differences(of: findings.changed)
    lists.differences = changed.map { row in
      row.fields.map { field in
        StoredDifference(
          file: names[row.file], record: row.record, pid: row.pid, field: field.field,
          expected: field.expected, found: field.found)
      }
    }
    return lists
  }
}

/// What reading back has shown, row by row.
struct RunFindings: Sendable {
  /// Rows that are stored twice.
  var doubled: [DoubledContact] = []
  /// The fields of each contact that are not as foretold.
  var differences: [[StoredDifference]] = []

  /// What reports say of it.
  func summary(
    _ course: SendingCourse, _ findings: ClosingSweep.Findings?, isComparing: Bool,
    showsValues: Bool
  ) -> ReadBackSummary {
    var summary = ReadBackSummary(differences: DifferenceTally(showsValues: showsValues))
    summary.foundByKey = course.found[.importKey] ?? 0
    summary.foundByValues = course.found[.values] ?? 0
    if isComparing {
      summary.comparedCount = findings?.comparedCount ?? 0
      summary.unreadCount = findings?.unreadCount ?? 0
    }
    for contact in differences { summary.differences.add(contact) }
    for contact in doubled { summary.add(contact) }
    return summary
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
