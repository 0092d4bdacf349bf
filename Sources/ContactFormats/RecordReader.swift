package import ContactModel

/// Reads a file's bytes into batches of records, finding out by itself how it is written.
///
/// The reader is pushed: it owns no file and never waits. Give it chunks in order and take batches
/// in between; the last batch comes after ``finish()``.
///
/// ```swift
/// var reader = RecordReader(settings: ReaderSettings())
/// for chunk in chunks {
///   try reader.push(chunk.span)
///   while let batch = reader.nextBatch() { use(batch) }
/// }
/// try reader.finish()
/// while let batch = reader.nextBatch() { use(batch) }
/// ```
///
/// Nothing is parsed before ``sampleSize`` bytes (or the end) have come: format, encoding, dialect
/// and header are found in that sample and then stand in ``profile``.
package struct RecordReader: ~Copyable {
  /// How many bytes are looked at to find the format and the dialect.
  package static let sampleSize = 64 * 1024

  /// What was found out about the source; `nil` until enough of it has come.
  package private(set) var profile: SourceProfile?
  private let settings: ReaderSettings
  private var sample: [UInt8] = []
  private var decoder: TextDecoder
  private var csv: CSVReader?
  /// Decoded text not yet parsed, from ``place`` on.
  private var text: [UInt8] = []
  private var place = 0
  private var isFinished = false

  package init(settings: ReaderSettings) {
    self.settings = settings
    decoder = TextDecoder(encoding: settings.encoding)
  }

  /// Takes the next bytes of the file.
  ///
  /// - Throws: ``FormatError`` if this is not a file ferry can read.
  package mutating func push(_ chunk: Span<UInt8>) throws(FormatError) {
    if csv != nil {
      dropParsedText()
      decoder.decode(chunk, into: &text)
      return
    }
    chunk.withUnsafeBufferPointer { sample.append(contentsOf: $0) }
    if sample.count >= Self.sampleSize { try start(isWhole: false) }
  }

  /// Ends the file; afterwards ``nextBatch()`` gives what is left.
  ///
  /// - Throws: ``FormatError`` if there was nothing in it that can be read.
  package mutating func finish() throws(FormatError) {
    guard !isFinished else { return }
    if csv == nil { try start(isWhole: true) }
    decoder.finish(into: &text)
    isFinished = true
    if let encoding = decoder.encoding { profile?.encoding = encoding }
  }

  /// The next batch of records: a full one, or after ``finish()`` whatever is left; otherwise `nil`.
  package mutating func nextBatch() -> RecordBatch? {
    guard csv != nil else { return nil }
    var pending: [UInt8] = []
    swap(&pending, &text)
    place += csv?.read(pending.span, from: place) ?? 0
    swap(&pending, &text)
    if isFinished, place == text.count { csv?.finish() }
    guard isFinished || csv?.isBatchFull == true, let batch = csv?.takeBatch() else { return nil }
    return decoder.replacementCount == 0 ? batch : batch.notingReplacements()
  }

  private mutating func dropParsedText() {
    if place == text.count {
      text.removeAll(keepingCapacity: true)
    } else {
      text.removeSubrange(..<place)
    }
    place = 0
  }

  /// Finds out what the source is and reads its header.
  private mutating func start(isWhole: Bool) throws(FormatError) {
    let format = try detectFormat()
    // Spans are taken of locals, so that `self` stays free to change while they are in use.
    let head = sample
    sample = []
    decoder.decode(head.span, into: &text)
    if isWhole { decoder.finish(into: &text) }
    var dialect = CSVDialect.detect(
      in: Array(text.prefix(Self.sampleSize)), isWhole: isWhole && text.count <= Self.sampleSize)
    if let delimiter = settings.delimiter { dialect.delimiter = delimiter }
    dialect.hasHeader = settings.hasHeader
    var reader = CSVReader(dialect: dialect)
    var header: [String] = []
    if settings.hasHeader {
      let decoded = text
      (header, place) = reader.readHeader(decoded.span, isWhole: isWhole)
      guard !header.isEmpty else { throw FormatError(.endlessHeader) }
      reader.expectedFields = header.count
    }
    csv = consume reader
    profile = SourceProfile(
      format: format, encoding: decoder.encoding ?? .utf8,
      hasByteOrderMark: decoder.hasByteOrderMark, dialect: dialect, header: header)
  }

  private func detectFormat() throws(FormatError) -> FileFormat {
    let detected = FileFormat.detect(in: sample)
    switch detected {
    case .empty: throw FormatError(.empty)
    case .notText(let name): throw FormatError(.binary, found: name)
    case .wideText(let name): throw FormatError(.unsupportedEncoding, found: name)
    case .format(let format):
      // Text may begin like another format and still be what the user says it is; a ZIP may not.
      if settings.format == .csv, format != .xlsx { return .csv }
      let expected = settings.format ?? format
      guard expected == .csv, format == .csv else {
        throw FormatError(.unsupportedFormat, found: (format == .csv ? expected : format).name)
      }
      return .csv
    }
  }
}

extension RecordBatch {
  /// The batch with an issue for every field that holds U+FFFD: bytes that could not be decoded.
  fileprivate func notingReplacements() -> RecordBatch {
    var found: [Issue] = issues
    for record in 0..<count {
      for (column, index) in fieldIndexes(ofRecord: record).enumerated() {
        let field = bytes[fieldRange(at: index)]
        guard field.contains(TextDecoder.replacement[0]) else { continue }
        let count = field.indices.dropLast(2).count {
          field[$0...].starts(with: TextDecoder.replacement)
        }
        if count > 0 {
          found.append(
            Issue(.undecodableBytes, record: record, sourceColumn: column, detail: count))
        }
      }
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: found.sorted { $0.record < $1.record })
  }
}
