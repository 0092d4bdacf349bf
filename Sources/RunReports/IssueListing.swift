import ContactFormats
package import ContactModel

/// Every issue as a row of CSV (`check --report csv`), batch by batch.
///
/// UTF-8, commas, LF, with a header: `file,line,record,column,field,severity,code,message,value`.
/// `value` stays empty unless the user asked to see values.
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
    ] {
      writer.append(name)
    }
    writer.endRecord()
  }

  /// Appends the issues of a batch, in the order of its records.
  package mutating func append(_ issues: [Issue], of batch: RecordBatch, file: String) {
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
      writer.endRecord()
    }
  }

  /// Takes what has been written so far, for a file.
  package mutating func takeBytes() -> [UInt8] { writer.takeBytes() }
}
