package import ContactModel

/// Writes batches of records as a file of any format, into a buffer the caller empties.
///
/// ```swift
/// var writer = RecordWriter(settings: settings, header: header)
/// writer.append(batch)
/// try file.append(writer.takeBytes())
/// writer.finish()
/// try file.append(writer.takeBytes())
/// ```
///
/// What a format or an encoding cannot hold is an issue of its batch (``takeIssues()``), never lost
/// without a word.
package struct RecordWriter: ~Copyable {
  private var writer: any FormatWriter
  private var encoder: TextEncoder
  private var deflater: Deflater?
  private var bytes: [UInt8] = []
  private var issues: [Issue] = []
  private let encodes: Bool
  /// Which of the columns' names have characters that the encoding lacks.
  package private(set) var unencodableNames: [String] = []

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - settings: How it is written.
  ///   - header: The columns' names. JSON lines and cards go by the header of each batch, which may
  ///     be longer; tables cannot.
  package init(settings: WriterSettings, header: [String]) {
    switch settings.format {
    case .csv: writer = CSVWriter(dialect: settings.dialect, isExcelSafe: settings.isExcelSafe)
    case .jsonLines: writer = JSONLinesWriter(columns: header)
    case .vCard: writer = VCardWriter(version: settings.cardVersion)
    case .xCard: writer = XCardWriter()
    case .xlsx: writer = XLSXWriter()
    }
    encodes = settings.format == .csv && settings.encoding != .utf8
    encoder = TextEncoder(encodes ? settings.encoding : .utf8)
    deflater = settings.isCompressed ? Deflater() : nil
    if settings.format == .csv, settings.hasByteOrderMark {
      emit(encoder.encoding.byteOrderMark)
    }
    writer.begin(header: header)
    drain()
    if encoder.replacementCount > 0 {
      unencodableNames = header.filter {
        Self.replacements(in: Array($0.utf8), encoder.encoding) > 0
      }
    }
  }

  /// How many bytes wait to be taken, before compression.
  package var count: Int { bytes.count + writer.count }

  /// Writes the records of a batch for which `isWritten` says so; all of them without it.
  ///
  /// - Complexity: O(*n*) in the batch's bytes.
  package mutating func append(_ batch: RecordBatch, where isWritten: (Int) -> Bool = { _ in true })
  {
    for record in 0..<batch.count where isWritten(record) {
      writer.append(batch, record: record, firstField: 0)
    }
    issues += writer.takeIssues()
    let replacementsBefore = encoder.replacementCount
    drain()
    if encoder.replacementCount > replacementsBefore {
      noteUnencodable(in: batch, where: isWritten)
    }
  }

  /// Writes what stands behind the last record.
  package mutating func finish() {
    writer.finish()
    drain()
    if let rest = deflater?.finish() { bytes += rest }
  }

  /// Takes what has been written so far, ready for the disk.
  package mutating func takeBytes() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    return taken
  }

  /// Takes what could not be written as it was; records are numbered as in the batch last appended.
  package mutating func takeIssues() -> [Issue] {
    var taken: [Issue] = []
    swap(&taken, &issues)
    return taken
  }

  private mutating func drain() {
    let written = writer.takeBytes()
    emit(encodes ? encoder.encode(written) : written)
  }

  private mutating func emit(_ plain: [UInt8]) {
    guard !plain.isEmpty else { return }
    if let packed = deflater?.append(plain) {
      bytes += packed
    } else if bytes.isEmpty {
      bytes = plain
    } else {
      bytes += plain
    }
  }

  /// Finds the fields in which a character had to be replaced.
  private mutating func noteUnencodable(in batch: RecordBatch, where isWritten: (Int) -> Bool) {
    for record in 0..<batch.count where isWritten(record) {
      for (column, index) in batch.fieldIndexes(ofRecord: record).enumerated() {
        let count = Self.replacements(
          in: Array(batch.bytes[batch.fieldRange(at: index)]), encoder.encoding)
        guard count > 0 else { continue }
        issues.append(
          Issue(.unencodableCharacters, record: record, sourceColumn: column, detail: count))
      }
    }
  }

  /// How many characters of a text an encoding lacks.
  private static func replacements(in text: [UInt8], _ encoding: TextEncoding) -> Int {
    var trial = TextEncoder(encoding)
    _ = trial.encode(text)
    return trial.replacementCount
  }
}
