import ContactFormats
package import ContactModel

/// Every issue as a row of CSV (`check --report csv`), batch by batch.
///
/// UTF-8, commas, LF, with a header: `file,line,record,column,field,severity,code,message,value,
/// stored`. The last two stay empty unless the user asked to see values: the value in the file, and
/// the text the CRM stores instead of it.
package struct IssueListing: Sendable {
  private let language: Language
  private let showsValues: Bool
  private var writer = CSVWriter(dialect: CSVDialect())

  /// A listing that holds its header and no issue yet.
  package init(in language: Language, showsValues: Bool = false) {
    self.language = language
    self.showsValues = showsValues
    for name in [
      "file", "line", "record", "column", "field", "severity", "code", "message", "value",
      "stored",
    ] {
      writer.append(name)
    }
    writer.endRecord()
  }

  /// Appends the issues of a batch, in the order of its records.
  ///
  /// - Parameters:
  ///   - issues: What was noticed about the batch's records.
  ///   - batch: The records.
  ///   - file: The file they come from, as the user named it.
  ///   - storedText: What the CRM stores for the value an issue is about; `nil` where the issue is about
  ///     something else. Asked only if values are shown.
  package mutating func append(
    _ issues: [Issue], of batch: RecordBatch, file: String,
    storedText: (Issue) -> String? = { _ in nil }
  ) {
    // A stable order: by record, and within a record as they were noticed.
    let ordered = issues.enumerated().sorted {
      ($0.element.record, $0.offset) < ($1.element.record, $1.offset)
    }
    for (_, issue) in ordered {
      let location = SourceLocation(of: issue, in: batch, file: file)
      writer.append(location.file)
      writer.append(String(location.line))
      writer.append(location.record.map(String.init) ?? "")
      writer.append(location.column ?? "")
      writer.append(issue.field?.name ?? "")
      writer.append(issue.severity.rawValue)
      writer.append(issue.code.identifier)
      writer.append(IssueText.message(for: issue, in: language))
      let hasValue = showsValues && issue.sourceColumn >= 0 && Int(issue.record) < batch.count
      writer.append(
        hasValue ? batch.text(record: Int(issue.record), field: Int(issue.sourceColumn)) : "")
      writer.append(showsValues ? storedText(issue) ?? "" : "")
      writer.endRecord()
    }
  }

  /// Takes what has been written so far, for a file.
  package mutating func takeBytes() -> [UInt8] { writer.takeBytes() }
}
