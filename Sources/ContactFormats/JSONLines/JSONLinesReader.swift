import ContactModel

/// Reads JSON objects into records: one a line, in one array, or one after the other over any lines.
///
/// Which of the three it is (``JSONLayout``) is found in the beginning. The bytes are taken as they
/// are, in UTF-8; nested values become columns as ``JSONRecordParser`` says.
///
/// Follows RFC 8259 and the JSON Lines format, except:
/// - A line ends at LF, CR LF or CR; empty lines are skipped.
/// - Bytes that are not UTF-8, and escapes that are half of a surrogate pair, are replaced by U+FFFD
///   where that makes a value readable (`.undecodableBytes`).
/// - A key that is repeated in its object is an issue; its last value counts.
///
/// What cannot be read becomes a record too, with an issue and its text in the column
/// ``rawColumn``, so that it can be given back to be mended: a broken value costs that value. Where
/// values may go on over lines, a broken one ends where its brackets do, or else where the next one
/// seems to begin (``JSONResumption``).
struct JSONLinesReader: FormatReader, ~Copyable {
  /// The column that holds the text of a record that could not be read.
  static let rawColumn = "ferry.raw"
  /// The longest text of one record.
  static let longestRecord = 1 << 20

  var builder = OpenRecordBuilder()
  var parser = JSONRecordParser()
  /// The physical line being read.
  var line = 1
  /// A CR ended the line; an LF right behind it belongs to it.
  var skipsLineFeed = false
  /// The beginning of a value that goes on in the next chunk; ``longestRecord`` bytes at most.
  var pending: [UInt8] = []
  /// Whether the value is longer than that; the rest is dropped.
  var isTooLong = false
  /// Where an array or a row of values stands.
  var elements = JSONElementState()
  /// What has to be read again, before anything else: it was taken for a part of a broken value.
  var replay: [UInt8] = []

  /// How many times in a row no line was plain.
  var plainMisses = 0

  private var layout: JSONLayout?
  /// Text taken but not read: the sample, and what is read again.
  private var backlog: [UInt8] = []
  private var place = 0
  private var isFinished = false
  var hasFoundValue = false

  var isBatchFull: Bool { builder.isBatchFull }
  var header: [String] { builder.columns.names }

  mutating func read(_ chunk: Span<UInt8>, from start: Int) throws(FormatError) -> Int {
    chunk.withUnsafeBufferPointer { bytes in
      guard layout != nil else {
        backlog.append(contentsOf: bytes[start...])
        layout = JSONLayout.detect(in: backlog, isWhole: false)
        if layout != nil { readBacklog(stopsWhenFull: true) }
        return bytes.count - start
      }
      var index = start
      repeat {
        readBacklog(stopsWhenFull: true)
        guard !isBatchFull else { break }
        index = consume(bytes, from: index, stopsWhenFull: true)
        takeReplay()
      } while index < bytes.count || !backlog.isEmpty
      return index - start
    }
  }

  mutating func finish() throws(FormatError) {
    guard !isFinished else { return }
    isFinished = true
    if layout == nil { layout = JSONLayout.detect(in: backlog, isWhole: true) }
    repeat {
      readBacklog(stopsWhenFull: false)
      if layout == .lines { endLastLine() } else { endLastElement(inArray: layout == .array) }
      takeReplay()
    } while !backlog.isEmpty
    if !hasFoundValue { throw FormatError(.notJSONObjects) }
  }

  mutating func takeBatch() -> RecordBatch? { builder.takeBatch() }

  private mutating func takeReplay() {
    guard !replay.isEmpty else { return }
    backlog = replay + backlog[place...]
    place = 0
    replay = []
  }

  private mutating func readBacklog(stopsWhenFull: Bool) {
    while place < backlog.count, !(stopsWhenFull && isBatchFull) {
      // Moved out, so that `self` stays free to change while its pointer is in use.
      let bytes = backlog
      bytes.withUnsafeBufferPointer {
        place = consume($0, from: place, stopsWhenFull: stopsWhenFull)
      }
      takeReplay()
    }
    if place == backlog.count { (backlog, place) = ([], 0) }
  }

  /// Reads to the end of the bytes, to a full batch, or to something that has to be read again.
  private mutating func consume(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, stopsWhenFull: Bool
  ) -> Int {
    layout == .lines
      ? consumeLines(bytes, from: start, stopsWhenFull: stopsWhenFull)
      : consumeElements(
        bytes, from: start, inArray: layout == .array, stopsWhenFull: stopsWhenFull)
  }

  /// Makes a record of a value's text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - line: The line it begins on.
  mutating func addRecord(_ text: UnsafeBufferPointer<UInt8>, line: Int) {
    switch parser.parse(text.span, line: line, into: &builder) {
    case .record: hasFoundValue = true
    case .other(let isArray):
      if isArray { hasFoundValue = true }
      addRaw(text, line: line, .notAnObject)
    case .invalid(let offset):
      if addWithoutLoneSurrogates(text, line: line) { return }
      addRaw(text, line: line, .invalidRecord, detail: offset + 1)
    case .undecodable: addRepaired(text, line: line)
    }
  }

  /// Adds a record that is one but for halves of surrogate pairs; `false` if it is something else.
  private mutating func addWithoutLoneSurrogates(
    _ text: UnsafeBufferPointer<UInt8>, line: Int
  ) -> Bool {
    guard let (repaired, count) = JSONRepair.replacingLoneSurrogates(text),
      case .record = parser.parse(repaired.span, line: line, into: &builder)
    else { return false }
    hasFoundValue = true
    builder.noteLast(.undecodableBytes, detail: count)
    return true
  }

  private mutating func addRepaired(_ text: UnsafeBufferPointer<UInt8>, line: Int) {
    let (repaired, count) = JSONRepair.repaired(text)
    switch parser.parse(repaired.span, line: line, into: &builder) {
    case .record:
      hasFoundValue = true
      builder.noteLast(.undecodableBytes, detail: count)
    case .other: addRaw(text, line: line, .notAnObject)
    case .invalid(let offset): addRaw(text, line: line, .invalidRecord, detail: offset + 1)
    case .undecodable: addRaw(text, line: line, .invalidRecord, detail: 1)
    }
  }

  /// Makes a record that holds a text as it is, with the issue that says why.
  mutating func addRaw(
    _ text: UnsafeBufferPointer<UInt8>, line: Int, _ code: IssueCode, detail: Int = 0
  ) {
    builder.beginRecord(line: line)
    if let column = builder.columns.number(of: Self.rawColumn) {
      let kept = UnsafeBufferPointer(rebasing: text.prefix(Self.longestRecord))
      builder.append(to: column) { $0.append(contentsOf: JSONRepair.repaired(kept).text) }
    }
    builder.note(code, detail: detail)
    builder.endRecord()
  }
}
