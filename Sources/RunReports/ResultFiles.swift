package import ContactFormats
package import ContactModel
import Foundation

/// Writes the rows of one source file, sorted by what became of them, to files one can feed back.
///
/// A row keeps its original columns, in the source's dialect and encoding, followed by `ferry_row`
/// (its record number), `ferry_code`, `ferry_reason` and `ferry_pid`. So `rejected.csv`, once
/// corrected, is imported with the same mapping as it is: on reading, `ferry_…` is ignored.
///
/// - Columns named `ferry_…` in the source are replaced, not doubled.
/// - A row with fewer fields than the header is filled up; what a row has beyond the header stands
///   behind the `ferry_…` columns, so that these are where their names are and nothing is lost.
/// - A source without a header gets none.
/// - A source that is not CSV gives UTF-8 CSV.
///
/// A file exists only if it has a row, and appears complete or not at all. The calls block: not for
/// the cooperative thread pool.
package final class ResultFiles {
  private let folder: String
  private let prefix: String
  private let mode: UInt16
  private let language: Language
  private let columns: ResultColumns
  private let profile: SourceProfile
  private let cells: OutcomeCells
  private var digits = DecimalDigits()
  private var sinks: [ResultKind: ResultSink] = [:]
  /// The sink of the row before, since neighbors mostly end alike.
  private var latest: (kind: ResultKind, sink: ResultSink)?

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
    columns = ResultColumns(header: profile.header)
    cells = OutcomeCells(in: language)
  }

  /// Appends the rows of a batch, in input order.
  ///
  /// - Parameters:
  ///   - batch: The records as they were read.
  ///   - outcomes: What became of each of them.
  ///   - issues: What was noticed about them, in any order; named in the rows that were rejected.
  /// - Throws: ``OutputError``; then no file of this set may be committed.
  package func append(
    _ batch: RecordBatch, outcomes: [Outcome], issues: [Issue]
  ) throws(OutputError) {
    precondition(outcomes.count == batch.count, "an outcome for every record")
    let errors = Dictionary(
      grouping: issues.filter { $0.severity == .error }, by: { Int($0.record) })
    for record in 0..<batch.count {
      let outcome = outcomes[record]
      guard let (kind, texts) = cells.texts(of: outcome) else { continue }
      let sink = try sink(for: kind)
      columns.writeOwn(record: record, of: batch, to: &sink.writer)
      digits.write(batch.recordNumber(record))
      sink.writer.append(digits.bytes.span)
      if outcome == .rejected, let errors = errors[record] {
        sink.writer.append(codes(of: errors))
        sink.writer.append(reasons(of: errors))
      } else {
        sink.writer.append(texts.code.span)
        sink.writer.append(texts.reason.span)
      }
      if let pid = outcome.pid {
        digits.write(pid)
        sink.writer.append(digits.bytes.span)
      } else {
        sink.writer.append("")
      }
      columns.writeExcess(record: record, of: batch, to: &sink.writer)
      try sink.endRow()
    }
  }

  /// Gives the files their names, in the order of ``ResultKind``.
  ///
  /// An earlier file of a kind that has no row now is removed: after a run was resumed, a file of
  /// uncertain rows would not be true any more.
  ///
  /// - Returns: The files that exist.
  /// - Throws: ``OutputError``; files not yet named are discarded.
  package func commit() throws(OutputError) -> [ResultFile] {
    var files: [ResultFile] = []
    latest = nil
    for kind in ResultKind.allCases {
      if let sink = sinks.removeValue(forKey: kind) {
        files.append(
          ResultFile(
            kind: kind, name: prefix + kind.fileName, rowCount: sink.rowCount,
            written: try sink.commit()))
      } else {
        unlink(path(of: kind))
      }
    }
    return files
  }

  /// Gives up all files; earlier ones stay.
  package func discard() {
    for sink in sinks.values { sink.file.discard() }
    sinks = [:]
    latest = nil
  }

  private func path(of kind: ResultKind) -> String { "\(folder)/\(prefix)\(kind.fileName)" }

  private func sink(for kind: ResultKind) throws(OutputError) -> ResultSink {
    if let latest, latest.kind == kind { return latest.sink }
    if let sink = sinks[kind] {
      latest = (kind, sink)
      return sink
    }
    let sink = ResultSink(
      file: try OutputFile(path: path(of: kind), mode: mode), profile: profile)
    sinks[kind] = sink
    if !profile.header.isEmpty { columns.writeHeader(to: &sink.writer) }
    return sink
  }

  private func codes(of issues: [Issue]) -> String {
    var codes: [String] = []
    for issue in issues where !codes.contains(issue.code.identifier) {
      codes.append(issue.code.identifier)
    }
    return codes.joined(separator: " ")
  }

  private func reasons(of issues: [Issue]) -> String {
    issues.map { issue in
      let message = IssueText.message(for: issue, in: language)
      guard issue.sourceColumn >= 0 else { return message }
      return "\(profile.columnName(Int(issue.sourceColumn))): \(message)"
    }.joined(separator: "; ")
  }
}

/// One result file being written.
private final class ResultSink {
  let file: OutputFile
  var writer: CSVWriter
  private(set) var rowCount = 0
  private var encoder: ContactFormats.TextEncoder
  private var needsByteOrderMark: Bool

  init(file: OutputFile, profile: SourceProfile) {
    self.file = file
    let isCSV = profile.format == .csv
    writer = CSVWriter(dialect: isCSV ? profile.dialect : CSVDialect())
    let encoding = isCSV ? profile.encoding : .utf8
    encoder = ContactFormats.TextEncoder(encoding)
    needsByteOrderMark = isCSV && profile.hasByteOrderMark && encoding == .utf8
  }

  func endRow() throws(OutputError) {
    writer.endRecord()
    rowCount += 1
    if writer.count >= 1 << 16 { try flush() }
  }

  func commit() throws(OutputError) -> WrittenFile {
    try flush()
    return try file.commit()
  }

  private func flush() throws(OutputError) {
    if needsByteOrderMark {
      try file.append(TextEncoding.utf8ByteOrderMark)
      needsByteOrderMark = false
    }
    try file.append(encoder.encode(writer.takeBytes()))
  }
}
