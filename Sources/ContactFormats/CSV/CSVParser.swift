import ContactModel

/// The state machine of ``CSVReader``: bytes in, fields out.
///
/// ADVICE: the loops below copy eight bytes at a time and look for the interesting ones in the
/// copied word. The arena therefore always has room for what is left of the chunk and one word
/// more (``makeRoom(for:)``); decoded text is never longer than its source.
struct CSVParser: ~Copyable {
  /// Beyond this a quoted field is taken for a stray quote.
  static let longestQuotedField = 64 * 1024
  /// Beyond this a record's remaining text is dropped, with an issue; memory stays bounded.
  static let longestRecord = 1 << 20
  /// A batch with so many bytes is full, however few records it has.
  static let largestBatch = 1 << 20

  enum State {
    /// At the first byte of a field.
    case fieldStart
    /// In a field without quotes, or behind the quotes of one.
    case unquoted
    /// Between the quotes of a field.
    case quoted
    /// Behind a quote inside a quoted field: the field's end, or the first of a pair.
    case quoteInQuoted
    /// Dropping the rest of a record that is too long.
    case discarding
  }

  let dialect: CSVDialect
  var recordsPerBatch: Int
  var expectedFields: Int?

  var state = State.fieldStart
  /// Decoded text; only the first ``used`` bytes mean something.
  var arena: [UInt8] = []
  var used = 0
  var fieldEnds: [UInt32] = []
  var recordEnds: [UInt32] = []
  var recordLines: [Int] = []
  var issues: [Issue] = []
  /// The number of the next batch's first record.
  var firstRecord = 1
  /// The physical line being read, and the one the current record began on.
  var line = 1
  var recordLine = 1
  /// A CR ended the record; an LF right behind it belongs to it.
  var skipsLineFeed = false
  /// Whether the current record has anything but an empty unquoted field.
  var hasContent = false
  /// What was already noted for the current record's quotes; each is noted once.
  var notedStrayQuote = false
  var notedUnterminatedQuote = false
  /// Whether a quoted field is open in the part of a record that is dropped, and since when.
  var isDiscardingQuoted = false
  var discardedInQuotes = 0
  var lastDiscarded: UInt8 = 0
  /// Where the current record, and the current quoted field's text, begin in the arena.
  var recordStart = 0
  var quotedStart = 0
  var quotedLine = 1
  /// Complete records of the current batch end here; what follows belongs to an open record.
  var completeBytes = 0
  var completeFields = 0

  private let pattern: SpecialBytes

  init(dialect: CSVDialect, recordsPerBatch: Int) {
    self.dialect = dialect
    self.recordsPerBatch = recordsPerBatch
    pattern = SpecialBytes(delimiter: dialect.delimiter, quote: dialect.quote)
  }

  /// A batch has enough records, or enough bytes: long records must not fill the memory.
  var isBatchFull: Bool {
    recordEnds.count >= recordsPerBatch || completeBytes >= Self.largestBatch
  }

  /// Makes the arena large enough for so many more bytes and a word of slack.
  mutating func makeRoom(for count: Int) {
    let needed = used + count + 8
    guard arena.count < needed else { return }
    arena.append(contentsOf: repeatElement(0, count: max(needed - arena.count, arena.count)))
  }

  /// Parses until the bytes end or the batch is full; returns how many bytes were consumed.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var index = 0
    while index < bytes.count, !isBatchFull {
      index = step(bytes, from: index, stopsWhenFull: true)
    }
    return index
  }

  /// Parses from `start` to an open quote's end, a full batch, or the end of the bytes.
  mutating func step(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, stopsWhenFull: Bool
  ) -> Int {
    makeRoom(for: bytes.count - start)
    var index = start
    // The arena is moved out while its pointer is in use, so that `self` stays free to change.
    var target: [UInt8] = []
    swap(&target, &arena)
    target.withUnsafeMutableBufferPointer { out in
      let source = UnsafeRawBufferPointer(bytes)
      let raw = UnsafeMutableRawBufferPointer(out)
      while index < bytes.count {
        if skipsLineFeed {
          skipsLineFeed = false
          if bytes[index] == Byte.lineFeed {
            index += 1
            continue
          }
        }
        switch state {
        case .fieldStart:
          if bytes[index] == dialect.quote {
            state = .quoted
            hasContent = true
            (quotedStart, quotedLine) = (used, line)
            index += 1
          } else {
            state = .unquoted
          }
        case .unquoted:
          index = copyUnquoted(source, from: index, to: raw)
          if index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == dialect.quote {
              out[used] = byte
              used += 1
            } else {
              endField(at: byte)
              if stopsWhenFull, isBatchFull { return }
            }
          }
        case .quoted:
          // One byte too many is copied at most, so that where a field is given up depends on its
          // text alone and not on the chunks.
          let room = Self.longestQuotedField + 1 - (used - quotedStart)
          let end = min(bytes.count, index + room)
          index = copyQuoted(
            UnsafeRawBufferPointer(rebasing: source[..<end]), from: index, to: raw)
          if used - quotedStart > Self.longestQuotedField { return }
          if index < end {
            state = .quoteInQuoted
            index += 1
          }
        case .quoteInQuoted:
          index = leaveQuotes(bytes, at: index, to: raw)
        case .discarding:
          index = discard(bytes, from: index)
          if index < bytes.count {
            endField(at: bytes[index])
            index += 1
            if stopsWhenFull, isBatchFull { return }
          }
        }
      }
    }
    swap(&target, &arena)
    if state == .quoted, used - quotedStart > Self.longestQuotedField { reopenQuotedField() }
    if state == .unquoted, used - recordStart > Self.longestRecord { startDiscarding() }
    return index
  }

  func isLineEnd(_ byte: UInt8) -> Bool {
    byte == Byte.lineFeed || byte == Byte.carriageReturn
  }

  /// Copies a run without special bytes; returns the place of the first special one.
  private mutating func copyUnquoted(
    _ source: UnsafeRawBufferPointer, from start: Int, to target: UnsafeMutableRawBufferPointer
  ) -> Int {
    // Locals: what is stored through a pointer might change a property, so the compiler would read
    // and write the properties at every step.
    let pattern = pattern
    var (index, out) = (start, used)
    while index + 8 <= source.count {
      let word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      target.storeBytes(of: word.littleEndian, toByteOffset: out, as: UInt64.self)
      let found = pattern.matches(in: word)
      if found != 0 {
        let count = found.trailingZeroBitCount >> 3
        used = out + count
        return index + count
      }
      index += 8
      out += 8
    }
    while index < source.count, !pattern.contains(source[index]) {
      target[out] = source[index]
      index += 1
      out += 1
    }
    used = out
    return index
  }

  /// Copies to the next quote and returns its place; line breaks are counted when the field ends.
  private mutating func copyQuoted(
    _ source: UnsafeRawBufferPointer, from start: Int, to target: UnsafeMutableRawBufferPointer
  ) -> Int {
    let (pattern, quote) = (pattern, dialect.quote)
    var (index, out) = (start, used)
    while index + 8 <= source.count {
      let word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      target.storeBytes(of: word.littleEndian, toByteOffset: out, as: UInt64.self)
      let found = pattern.quoteMatches(in: word)
      if found != 0 {
        let count = found.trailingZeroBitCount >> 3
        used = out + count
        return index + count
      }
      index += 8
      out += 8
    }
    while index < source.count, source[index] != quote {
      target[out] = source[index]
      index += 1
      out += 1
    }
    used = out
    return index
  }

  /// Passes over the rest of a record that is too long; returns the place of its line end.
  ///
  /// Line ends between quotes belong to the record, as long as the quotes are not too long to be
  /// any: what has been passed by then is not read again.
  private mutating func discard(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if isDiscardingQuoted {
        discardedInQuotes += 1
        if byte == dialect.quote || discardedInQuotes > Self.longestQuotedField {
          isDiscardingQuoted = false
        } else if byte == Byte.carriageReturn
          || (byte == Byte.lineFeed && lastDiscarded != Byte.carriageReturn)
        {
          line += 1
        }
      } else if byte == dialect.quote,
        lastDiscarded == dialect.delimiter || lastDiscarded == dialect.quote
      {
        // At the beginning of a field, or the second of a pair.
        isDiscardingQuoted = true
        if lastDiscarded == dialect.delimiter { discardedInQuotes = 0 }
      } else if isLineEnd(byte) {
        return index
      }
      lastDiscarded = byte
      index += 1
    }
    return index
  }

  /// Decides what a quote inside quotes was, by the byte behind it.
  private mutating func leaveQuotes(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, to target: UnsafeMutableRawBufferPointer
  ) -> Int {
    let byte = bytes[index]
    if byte == dialect.quote {
      target[used] = byte
      used += 1
      state = .quoted
      return index + 1
    }
    let breaks = UnsafeRawBufferPointer(target)[quotedStart..<used].lineBreakCount
    line += breaks
    state = .unquoted
    if byte != dialect.delimiter, !isLineEnd(byte) {
      // Text behind a closing quote on another line: more likely two rows that a stray quote made one.
      note(breaks == 0 ? .strayQuote : .unterminatedQuote)
    }
    return index
  }
}
