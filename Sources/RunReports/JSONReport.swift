import ContactFormats
package import ContactModel
import JSONSyntax

/// A run's summary as JSON (`report.json`, `--json`), for programs.
///
/// The keys are part of ferry's interface: new ones may come, none goes or changes its meaning.
///
/// - `version`: 1
/// - `kind`: `check`, `dry-run`, `import` or `resume`; `run`: the run's name or null
/// - `ferry`: the version of ferry; `startedAt`; `seconds`; `server` and `variant` or null
/// - `records`: how many records were read; `balanced`: whether each has exactly one outcome
/// - `outcomes`: a number for each of `created`, `updated`, `unchanged`, `duplicate`, `rejected`,
///   `failed`, `uncertain`, `notAttempted`; `doubled`: contacts stored twice; `written`: of a
///   conversion only, how many records its result holds (they were to be sent nowhere, and so count
///   as not attempted)
/// - `requests`; `recordsPerSecond`; `stopReason`: a sentence or null
/// - of a run that sends: `resumable`; `waited` (`settling`, `server`: seconds); `doubledContacts`: the
///   first of them (`file`, `record`, `pid`, `laterPid`); `readBack`: `foundByKey`, `foundByValues`,
///   `compared`, `unread`, `differences` (`contacts`, `values`, `fields` with `field` and `count`,
///   `examples` with `file`, `record`, `pid`, `field`, and `expected` and `found` only where values
///   are shown)
/// - `files`: `name`, `bytes`, `records`, `format`, `encoding`, `delimiter` (CSV only), `columns`,
///   `unmapped` (`column`, `values`)
/// - `issues`: `code`, `severity`, `message`, `count`, `columns` (`column` or null, `count`) and
///   `examples` (`file`, `line`, `record`, `column`, `field`, `message`, and `value` only where
///   values are shown)
/// - `resultFiles`: `kind`, `name`, `rows`, `bytes`, `sha256`
package struct JSONReport: Sendable {
  let summary: RunSummary
  private let language: Language

  /// A report of a summary, in a language.
  package init(_ summary: RunSummary, in language: Language) {
    self.summary = summary
    self.language = language
  }

  /// The document, in UTF-8, with a line break at its end.
  package var bytes: [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.member("version", 1)
    json.member("kind", summary.kind.rawValue)
    json.member("run", summary.runID)
    json.member("ferry", summary.ferryVersion)
    json.member("startedAt", summary.startedAt)
    json.key("seconds")
    json.number(Self.thousandths(of: summary.duration))
    json.member("server", summary.server)
    json.member("variant", summary.variant)
    json.member("records", summary.recordCount)
    json.key("balanced")
    json.bool(summary.isBalanced)
    json.member("outcomes", summary.outcomes)
    if summary.kind == .convert { json.member("written", summary.outcomes[.notAttempted]) }
    json.member("doubled", summary.doubledCount)
    json.member("requests", summary.requestCount)
    json.member("recordsPerSecond", summary.recordsPerSecond)
    json.member("stopReason", summary.stopReason)
    if summary.kind.sends { writeReadBack(to: &json) }
    json.array("files", of: summary.files) { Self.write($1, to: &$0) }
    json.array("issues", of: summary.issues.codes) { write($1, to: &$0) }
    json.array("resultFiles", of: summary.resultFiles) { Self.write($1, to: &$0) }
    json.endObject()
    json.endLine()
    return json.take()
  }

  private static func write(_ file: SourceSummary, to json: inout JSONWriter) {
    json.member("name", file.name)
    json.member("bytes", file.byteCount)
    json.member("records", file.recordCount)
    json.member("format", file.profile.format.rawValue)
    json.member("encoding", file.profile.encoding.rawValue)
    json.member("byteOrderMark", file.profile.hasByteOrderMark)
    json.member("gzip", file.profile.isCompressed)
    json.member("sheet", file.profile.sheet)
    if file.profile.format == .csv { write(file.profile.dialect, to: &json) }
    json.key("columns")
    json.beginArray()
    for column in file.profile.header { json.string(column) }
    json.endArray()
    json.array("unmapped", of: file.unmapped) { json, column in
      json.member("column", column.name)
      json.member("values", column.valueCount)
    }
  }

  private static func write(_ dialect: CSVDialect, to json: inout JSONWriter) {
    json.member("delimiter", String(UnicodeScalar(dialect.delimiter)))
    json.member("quote", String(UnicodeScalar(dialect.quote)))
    json.member("escape", dialect.escape.map { String(UnicodeScalar($0)) })
    json.member("lineEnd", dialect.lineEnd.rawValue)
    json.member("headerLine", dialect.hasHeader ? dialect.preambleLines + 1 : nil)
    json.member("trailingDelimiter", dialect.hasTrailingDelimiter)
  }

  private func write(_ code: IssueCode, to json: inout JSONWriter) {
    json.member("code", code.identifier)
    json.member("severity", code.severity.rawValue)
    json.member("message", IssueText.message(for: code, in: language))
    json.member("count", summary.issues[code])
    json.array("columns", of: summary.issues.columns(of: code)) { json, place in
      json.member("column", place.column)
      json.member("count", place.count)
    }
    json.array("examples", of: summary.issues.examples(of: code)) { json, example in
      json.member("file", example.location.file)
      json.member("line", example.location.line)
      json.member("record", example.location.record)
      json.member("column", example.location.column)
      json.member("field", example.issue.field?.name)
      json.member("message", IssueText.message(for: example.issue, in: language))
      if let value = example.value { json.member("value", value) }
      if let text = example.storedText { json.member("stored", text) }
    }
  }

  static func write(_ file: ResultFile, to json: inout JSONWriter) {
    json.member("kind", file.kind.rawValue)
    json.member("name", file.name)
    json.member("rows", file.rowCount)
    json.member("bytes", file.written.byteCount)
    json.member("sha256", file.written.sha256)
  }

  /// Seconds with three decimals, whatever the locale.
  static func thousandths(of duration: Duration) -> String {
    let seconds = Double(duration.components.seconds)
    let whole = Int((seconds * 1000 + Double(duration.components.attoseconds) / 1e15).rounded())
    let rest = String(whole % 1000)
    return "\(whole / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
