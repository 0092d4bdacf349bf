import ContactFormats
import ContactModel
import RunReports

/// A file of records that is under way.
///
/// Calls block.
final class RecordFile {
  let file: OutputFile
  /// How many records it has.
  private(set) var count = 0
  /// What writes it, until all is written: a thousand files that are done take no memory.
  private var writer: RecordWriter?

  /// - Throws: `OutputError` if the file could not be written later.
  convenience init(
    path: String, mode: UInt16, settings: WriterSettings, header: [String]
  ) throws(OutputError) {
    self.init(try OutputFile(path: path, mode: mode), settings: settings, header: header)
  }

  init(_ file: OutputFile, settings: WriterSettings, header: [String]) {
    self.file = file
    writer = RecordWriter(settings: settings, header: header)
  }

  /// Writes the records of a batch for which `isWritten` says so.
  ///
  /// - Returns: What could not be written as it is.
  @discardableResult
  func append(
    _ records: RecordBatch, where isWritten: (Int) -> Bool = { _ in true }
  ) throws(OutputError) -> [Issue] {
    writer?.append(records, where: isWritten)
    count += (0..<records.count).count(where: isWritten)
    try file.append(writer?.takeBytes() ?? [])
    return writer?.takeIssues() ?? []
  }

  /// Writes what stands behind the last record and flushes the file to the disk.
  ///
  /// - Returns: What a manifest says of it.
  @discardableResult
  func seal() throws(OutputError) -> Manifest.Entry {
    if var writer = writer.take() {
      writer.finish()
      try file.append(writer.takeBytes())
    }
    let written = try file.seal()
    return Manifest.Entry(
      name: ExportFiles.name(of: written.path), rowCount: count, written: written)
  }
}
