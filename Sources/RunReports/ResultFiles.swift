package import ContactFormats
package import ContactModel
import Foundation

/// Writes the rows of one source file, sorted by what became of them, to files one can feed back.
///
/// The files are of the source's kind, and a row keeps what it was read with; ferry adds the
/// record's number, the outcome's code and reason, and the contact's pid. So `rejected.csv`, once
/// corrected, is imported with the same mapping as it is: on reading, what ferry added is ignored.
/// ``TableResultSink`` says how that looks in tables, ``RecordResultSink`` how in JSON lines and
/// cards.
///
/// A file exists only if it has a row, and appears complete or not at all. The calls block: not for
/// the cooperative thread pool.
package final class ResultFiles {
  private let folder: String
  private let prefix: String
  private let mode: UInt16
  private let language: Language
  private let profile: SourceProfile
  private let cells: OutcomeCells
  private var sinks: [ResultKind: any ResultSink] = [:]
  /// The sink of the row before, since neighbors mostly end alike.
  private var latest: (kind: ResultKind, sink: any ResultSink)?

  /// Prepares the files; none is made before its first row.
  ///
  /// - Parameters:
  ///   - folder: The run's folder, which exists.
  ///   - prefix: Stands before the names, to keep several source files apart: `contacts.`.
  ///   - profile: How the source is written.
  ///   - language: The language of `ferry_reason`.
  ///   - mode: The files' rights.
  package init(
    folder: String, prefix: String = "", profile: SourceProfile, language: Language,
    mode: UInt16 = 0o600
  ) {
    self.folder = folder
    self.prefix = prefix
    self.mode = mode
    self.language = language
    self.profile = profile
    cells = OutcomeCells(in: language)
  }

  /// Appends the rows of a batch, in input order.
  ///
  /// - Parameters:
  ///   - batch: The records as they were read.
  ///   - outcomes: What became of each of them.
  ///   - issues: What was noticed about them, in any order; named in the rows that were rejected.
  ///   - remarks: What is known of single rows besides, by their place in the batch.
  /// - Throws: ``OutputError`` where a file has to be given up. The others go on, and so does the
  ///   next call: on a full disk the rows that are not attempted, which the source has anyway, must
  ///   not take those with them that say what was created.
  package func append(
    _ batch: RecordBatch, outcomes: [Outcome], issues: [Issue], remarks: [Int: RowRemark] = [:]
  ) throws(OutputError) {
    precondition(outcomes.count == batch.count, "an outcome for every record")
    let failuresBefore = failures.count
    let errors = Dictionary(
      grouping: issues.filter { $0.severity == .error }, by: { Int($0.record) })
    for record in 0..<batch.count {
      let outcome = outcomes[record]
      guard let (kind, texts) = cells.texts(of: outcome), let sink = sink(for: kind) else {
        continue
      }
      var note = OutcomeNote(
        row: batch.recordNumber(record), code: texts.code, reason: texts.reason, pid: outcome.pid)
      if outcome == .rejected, let errors = errors[record] {
        note.code = Array(codes(of: errors).utf8)
        note.reason = Array(reasons(of: errors, in: batch).utf8)
      } else if !remarks.isEmpty, let remark = remarks[record] {
        note.reason = Array(OutcomeText.reason(of: outcome, remark: remark, in: language).utf8)
      }
      do throws(OutputError) {
        try sink.append(record, of: batch, note: note)
      } catch {
        giveUp(kind, error)
      }
    }
    for (kind, sink) in sinks {
      do throws(OutputError) {
        try sink.endBatch(header: batch.header)
      } catch {
        giveUp(kind, error)
      }
    }
    if failures.count > failuresBefore, let last = failures.last { throw last }
  }

  /// Gives the files their names, in the order of ``ResultKind``.
  ///
  /// An earlier file of a kind that has no row now is removed: after a run was resumed, a file of
  /// uncertain rows would not be true any more.
  ///
  /// - Returns: The files that exist; what could not be written stands in ``failures``.
  package func commit() -> [ResultFile] {
    var files: [ResultFile] = []
    latest = nil
    for kind in ResultKind.allCases {
      guard let sink = sinks.removeValue(forKey: kind) else {
        unlink(path(of: kind))
        continue
      }
      do throws(OutputError) {
        files.append(
          ResultFile(
            kind: kind, name: name(of: kind), rowCount: sink.rowCount,
            written: try sink.commit()))
      } catch {
        failures.append(error)
        unlink(path(of: kind))
      }
    }
    return files
  }

  /// Why files had to be given up, in the order it happened.
  package private(set) var failures: [OutputError] = []
  private var givenUp: Set<ResultKind> = []

  private func giveUp(_ kind: ResultKind, _ error: OutputError) {
    failures.append(error)
    givenUp.insert(kind)
    sinks.removeValue(forKey: kind)?.file.discard()
    latest = nil
  }

  /// Gives up all files; earlier ones stay.
  package func discard() {
    for sink in sinks.values { sink.file.discard() }
    sinks = [:]
    latest = nil
  }

  private func name(of kind: ResultKind) -> String { prefix + kind.fileName(for: profile.format) }

  private func path(of kind: ResultKind) -> String { "\(folder)/\(name(of: kind))" }

  /// The file of a kind, begun with its first row; `nil` once it has been given up.
  private func sink(for kind: ResultKind) -> (any ResultSink)? {
    guard !givenUp.contains(kind) else { return nil }
    if let latest, latest.kind == kind { return latest.sink }
    if let sink = sinks[kind] {
      latest = (kind, sink)
      return sink
    }
    let file: OutputFile
    do throws(OutputError) {
      file = try OutputFile(path: path(of: kind), mode: mode)
    } catch {
      giveUp(kind, error)
      return nil
    }
    let sink: any ResultSink =
      profile.format.hasOpenColumns
      ? RecordResultSink(file: file, profile: profile)
      : TableResultSink(file: file, profile: profile)
    sinks[kind] = sink
    return sink
  }

  private func codes(of issues: [Issue]) -> String {
    var codes: [String] = []
    for issue in issues where !codes.contains(issue.code.identifier) {
      codes.append(issue.code.identifier)
    }
    return codes.joined(separator: " ")
  }

  private func reasons(of issues: [Issue], in batch: RecordBatch) -> String {
    issues.map { issue in
      let message = IssueText.message(for: issue, in: language)
      guard issue.sourceColumn >= 0 else { return message }
      return "\(batch.columnName(Int(issue.sourceColumn))): \(message)"
    }.joined(separator: "; ")
  }
}
