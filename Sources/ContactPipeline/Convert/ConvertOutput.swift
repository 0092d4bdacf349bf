import ContactFormats
import ContactModel
import RunReports

/// The files a conversion writes, on a thread of their own.
actor ConvertOutput {
  private let request: ConvertRequest
  private let columns: [String]
  private var main: Sink?
  private var rejects: Sink?
  private let executor = BlockingExecutor(label: "ferry.convert")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(request: ConvertRequest, columns: [String]) {
    self.request = request
    self.columns = columns
  }

  /// Begins the files; what cannot be written is found out before the work.
  ///
  /// - Returns: The columns whose names the output's encoding lacks letters for.
  func open(profile: SourceProfile) throws(OutputError) -> [String] {
    let writer = RecordWriter(settings: request.output, header: columns)
    let unencodable = writer.unencodableNames
    main = Sink(
      file: try OutputFile(path: request.path, mode: request.mode, isHashed: false),
      writer: writer)
    if let path = request.rejectsPath { try openRejects(path, profile) }
    return unencodable
  }

  private func openRejects(_ path: String, _ profile: SourceProfile) throws(OutputError) {
    let format = profile.format == .xlsx ? .csv : profile.format
    // Without a header of its own the writer leaves rows as wide as they are: one that is too short
    // must not come out as if it were whole.
    var writer = RecordWriter(
      settings: WriterSettings(
        format: format, encoding: profile.encoding, hasByteOrderMark: profile.hasByteOrderMark,
        dialect: profile.dialect, isCompressed: path.lowercased().hasSuffix(".gz")),
      header: [])
    if !profile.format.hasOpenColumns, !profile.header.isEmpty {
      writer.append(RecordBatch(row: profile.header))
    }
    rejects = Sink(
      file: try OutputFile(path: path, mode: request.mode, isHashed: false), writer: writer)
  }

  /// Writes the records of a batch; returns what could not be written as it was.
  func append(_ batch: ConvertSource.Batch) throws(OutputError) -> [Issue] {
    let isRejected = batch.prepared.isRejected
    let issues = try main?.append(batch.records) { !isRejected[$0] } ?? []
    if isRejected.contains(true) {
      do throws(OutputError) {
        // What is in the source's format already is held by it.
        _ = try rejects?.append(batch.prepared.source) { isRejected[$0] }
      } catch {
        throw error.ofRejects
      }
    }
    return issues
  }

  /// Ends the files and gives them their names.
  func commit() throws(OutputError) {
    // Rejects first: once the result is there, nothing that is not in it is missing.
    do throws(OutputError) { try rejects?.commit() } catch { throw error.ofRejects }
    try main?.commit()
  }
}

extension OutputError {
  /// The error of a rejects file: whoever stops reading the result has seen enough, but rejects that
  /// nobody takes are lost.
  fileprivate var ofRejects: OutputError {
    code == .brokenPipe ? OutputError(.unexpected, path: path, reason: reason) : self
  }
}

/// A file and what writes its text.
private final class Sink {
  private let file: OutputFile
  private var writer: RecordWriter

  init(file: OutputFile, writer: consuming RecordWriter) {
    self.file = file
    self.writer = writer
  }

  func append(
    _ batch: RecordBatch, where isWritten: (Int) -> Bool
  ) throws(OutputError) -> [Issue] {
    writer.append(batch, where: isWritten)
    try file.append(writer.takeBytes())
    return writer.takeIssues()
  }

  func commit() throws(OutputError) {
    writer.finish()
    try file.append(writer.takeBytes())
    try file.commit()
  }
}

extension RecordBatch {
  /// A batch of one record.
  fileprivate init(row: [String]) {
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    for field in row {
      bytes += Array(field.utf8)
      ends.append(UInt32(bytes.count))
    }
    self.init(
      bytes: bytes, fieldEnds: ends, recordEnds: [UInt32(ends.count)], lines: [1], firstRecord: 1)
  }
}
