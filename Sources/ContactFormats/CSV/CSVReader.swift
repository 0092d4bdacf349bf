package import ContactModel

/// Splits delimited text into records, one chunk of bytes at a time.
///
/// The reader is a push parser: it owns no file and never waits. A record may span any number of
/// chunks, and what it makes of a text does not depend on where the chunks end.
///
/// ```swift
/// var reader = CSVReader(dialect: dialect)
/// var place = 0
/// while place < chunk.count {
///   place += reader.read(chunk.span, from: place)
///   if reader.isBatchFull, let batch = reader.takeBatch() { use(batch) }
/// }
/// reader.finish()                       // at the end of the text
/// if let batch = reader.takeBatch() { use(batch) }
/// ```
///
/// Follows RFC 4180, except:
/// - LF, CRLF and a lone CR all end a record, also mixed.
/// - Blank lines are skipped (they count as lines).
/// - Records may differ in their number of fields; against ``expectedFields`` that is an issue.
/// - NULs are dropped, with a warning, as if they were not there.
/// - Between quotes, the dialect's escape makes a letter of a quote, or of itself, behind it.
/// - A quote inside an unquoted field is a letter. Blanks between a closing quote and the field's
///   end are dropped. Other text there is appended, with a warning, as spreadsheets do.
/// - A quoted field that has no end within ``CSVParser/longestQuotedField`` bytes, or none at all, or
///   that seems to end before other text on another line than it began, was not one: its quote
///   becomes a letter, its text is read again from there, and an issue names the line. One stray
///   quote costs one record, not the rest of the file.
package struct CSVReader: FormatReader, ~Copyable {
  private var parser: CSVParser
  private var isFinished = false
  private let recordsPerBatch: Int
  /// Records that were completed together with the header; they come first.
  private var behindHeader: RecordBatch?
  /// Whether the first record still has to say that the header is damaged.
  private var notesDamagedHeader = false

  /// - Parameters:
  ///   - dialect: How the text is written.
  ///   - recordsPerBatch: How many records make a batch full.
  package init(dialect: CSVDialect, recordsPerBatch: Int = 512) {
    self.recordsPerBatch = recordsPerBatch
    parser = CSVParser(dialect: dialect, recordsPerBatch: recordsPerBatch)
  }

  /// Sets up the reader for a file: finds the dialect and the header in its beginning.
  ///
  /// - Parameters:
  ///   - text: The beginning, in UTF-8.
  ///   - isWhole: Whether it is the whole text.
  ///   - settings: What the user fixed.
  ///   - hasReplacements: Whether bytes that are no text were replaced by U+FFFD.
  ///   - consumed: How many bytes of the text have been read.
  /// - Throws: ``FormatError`` if the header has no end, or is not where it is said to be.
  init(
    beginningOf text: [UInt8], isWhole: Bool, settings: ReaderSettings, hasReplacements: Bool,
    consumed: inout Int
  ) throws(FormatError) {
    // All of it: a quote that is never closed is given up only after some tens of kilobytes.
    let dialect = CSVDialect.detect(in: text, isWhole: isWhole, settings: settings)
    self.init(dialect: dialect)
    consumed = PhysicalLines.start(ofLine: dialect.preambleLines, in: text)
    guard dialect.hasHeader else { return }
    let isBelowEnd = isWhole && consumed == text.count
    (header, consumed) = readHeader(text.span, from: consumed, isWhole: isWhole)
    guard !header.isEmpty else {
      throw FormatError(
        isBelowEnd ? .noHeaderLine : .endlessHeader, line: dialect.preambleLines + 1)
    }
    expectedFields = header.count
    behindHeader = behindHeader?.notingWidths(expected: header.count)
    if hasReplacements, header.contains(where: { $0.contains("\u{FFFD}") }) {
      notesDamagedHeader = true
    }
  }

  /// How the text is written.
  package var dialect: CSVDialect { parser.dialect }

  /// The columns' names; empty where the text has none.
  package private(set) var header: [String] = []

  /// How many fields a record should have; `nil` (the default) accepts any number.
  package var expectedFields: Int? {
    get { parser.expectedFields }
    set { parser.expectedFields = newValue }
  }

  /// Whether enough records are complete; reading stops until they are taken.
  package var isBatchFull: Bool { behindHeader != nil || parser.isBatchFull }

  /// Reads from a chunk until it ends or a batch is full.
  ///
  /// - Parameters:
  ///   - chunk: The next bytes of the text, in order, in UTF-8.
  ///   - start: Where in the chunk to begin.
  /// - Returns: How many bytes were consumed.
  /// - Complexity: O(*n*); allocates only when the batch grows.
  package mutating func read(_ chunk: Span<UInt8>, from start: Int) -> Int {
    if behindHeader != nil { return 0 }
    return chunk.withUnsafeBufferPointer { bytes in
      parser.read(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start...])))
    }
  }

  /// Ends the text: completes a last record that has no line end, and gives up an open quote.
  package mutating func finish() {
    guard !isFinished else { return }
    isFinished = true
    parser.finish()
  }

  /// Takes the records completed so far, or `nil` where there are none.
  package mutating func takeBatch() -> RecordBatch? {
    let batch = behindHeader.take()?.withHeader(header) ?? parser.takeBatch(header: header)
    guard notesDamagedHeader, let batch else { return batch }
    notesDamagedHeader = false
    return batch.noting(Issue(.damagedHeader, record: 0))
  }

  /// Reads the first record as the header; records count from 1 behind it.
  ///
  /// - Parameters:
  ///   - text: The beginning of the text, long enough to hold the first record.
  ///   - start: Where the first record, or a blank line before it, begins.
  ///   - isWhole: Whether it is the whole text.
  /// - Returns: The names, and how many bytes were consumed.
  private mutating func readHeader(
    _ text: Span<UInt8>, from start: Int, isWhole: Bool
  ) -> (names: [String], consumed: Int) {
    parser.recordsPerBatch = 1
    defer { parser.recordsPerBatch = recordsPerBatch }
    let consumed = start + read(text, from: start)
    if isWhole, consumed == text.count { parser.finish() }
    guard let batch = takeBatch() else { return ([], consumed) }
    parser.firstRecord = batch.count
    notesDamagedHeader = batch.issues.contains { $0.record == 0 }
    // A quote in the header that never closes completes many records at once.
    if batch.count > 1 { behindHeader = batch.withoutFirst }
    return ((0..<batch.fieldCount(ofRecord: 0)).map { batch.text(record: 0, field: $0) }, consumed)
  }
}

extension RecordBatch {
  /// The records behind the first, counted from 1.
  fileprivate var withoutFirst: RecordBatch {
    let fields = Int(recordEnds[0])
    let start = fields == 0 ? 0 : Int(fieldEnds[fields - 1])
    return RecordBatch(
      bytes: Array(bytes[start...]), fieldEnds: fieldEnds[fields...].map { $0 - UInt32(start) },
      recordEnds: recordEnds.dropFirst().map { $0 - UInt32(fields) },
      lines: Array(lines.dropFirst()), firstRecord: 1,
      issues: issues.filter { $0.record > 0 }.map { issue in
        var issue = issue
        issue.record -= 1
        return issue
      })
  }

  /// The same records with an issue more.
  fileprivate func noting(_ issue: Issue) -> RecordBatch {
    RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: [issue] + issues, header: header,
      hasFieldLines: hasFieldLines)
  }

  /// The same records, those of another width than the header noted: when they were read it was not
  /// known.
  fileprivate func notingWidths(expected: Int) -> RecordBatch {
    let widths = (0..<count).compactMap { record -> Issue? in
      let fields = fieldCount(ofRecord: record)
      if fields < expected { return Issue(.tooFewFields, record: record, detail: fields) }
      let isEmpty = (expected..<max(fields, expected)).allSatisfy {
        fieldRange(record: record, field: $0).isEmpty
      }
      return isEmpty ? nil : Issue(.tooManyFields, record: record, detail: fields)
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: (issues + widths).sorted { $0.record < $1.record },
      header: header, hasFieldLines: hasFieldLines)
  }

  /// The same records under their columns' names.
  fileprivate func withHeader(_ header: [String]) -> RecordBatch {
    RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: issues, header: header)
  }
}
