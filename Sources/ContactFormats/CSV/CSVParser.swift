import ContactModel

/// The state machine of ``CSVReader``: bytes in, fields out.
///
/// There are two ways through a text, which come to the same result. ``readPlainFields(_:from:)``
/// takes fields that lie inside the chunk whole, 64 bytes at a time; ``step(_:from:)`` takes anything
/// else, such as a field that is cut by a chunk's end, one field a call. A field that turns out not
/// to be plain is left to the other way from its beginning.
///
/// ADVICE: both copy more than they need and then go on from the right place. The arena therefore
/// always has room for what is left of the chunk and some more (``makeRoom(for:)``); decoded text is
/// never longer than its source.
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
    /// Between the quotes of a field; the arena has its text as it stands in the source.
    case quoted
    /// Behind an escape inside a quoted field: the next byte is a letter, whatever it is.
    case escapeInQuoted
    /// Behind a quote inside a quoted field: the field's end, or the first of a pair.
    case quoteInQuoted
    /// Behind the quotes of a field, where only blanks have come.
    case behindQuotes
    /// Behind a quote that was probably not meant to end the field; it is read again.
    case misquoted
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
  /// Where fields end in the arena; only the first ``fieldCount`` mean something.
  var fieldEnds: [UInt32] = []
  var fieldCount = 0
  var recordEnds: [UInt32] = []
  var recordLines: [Int] = []
  var issues: [Issue] = []
  /// The number of the next batch's first record.
  var firstRecord = 1
  /// The physical line being read, and the one the current record began on.
  var line: Int
  var recordLine: Int
  /// A CR ended the record; an LF right behind it belongs to it.
  var skipsLineFeed = false
  /// Whether the current record has anything but an empty unquoted field.
  var hasContent = false
  /// What was already noted for the current record; each is noted once.
  var notedStrayQuote = false
  var notedUnterminatedQuote = false
  /// Whether a NUL was dropped since the last record that was noted for it.
  var hasDroppedNUL = false
  /// Whether a quoted field is open in the part of a record that is dropped, and since when.
  var isDiscardingQuoted = false
  var discardedInQuotes = 0
  var lastDiscarded: UInt8 = 0
  /// Where the current record, and the current quoted field's text, begin in the arena.
  var recordStart = 0
  var quotedStart = 0
  var quotedLine = 1
  /// Where its text ends, without blanks behind the quotes.
  var quotedEnd = 0
  /// Whether the current quoted field has pairs that stand for one letter.
  var hasPairs = false
  /// Complete records of the current batch end here; what follows belongs to an open record.
  var completeBytes = 0
  var completeFields = 0

  let pattern: SpecialBytes

  /// - Parameters:
  ///   - dialect: How the text is written.
  ///   - recordsPerBatch: How many records make a batch full.
  init(dialect: CSVDialect, recordsPerBatch: Int) {
    self.dialect = dialect
    self.recordsPerBatch = recordsPerBatch
    pattern = SpecialBytes(dialect)
    line = dialect.preambleLines + 1
    recordLine = line
  }

  /// A batch has enough records, or enough bytes: long records must not fill the memory.
  var isBatchFull: Bool {
    recordEnds.count >= recordsPerBatch || completeBytes + completeFields >= Self.largestBatch
  }

  /// How long the current record is so far: its text, and a byte for the end of each field, so that
  /// records of nothing but delimiters are bounded too.
  var recordSize: Int { used - recordStart + fieldCount - completeFields }

  /// Makes the arena large enough for so many more bytes and some slack.
  mutating func makeRoom(for count: Int) {
    let needed = used + count + Self.slack
    if arena.count < needed { arena.grow(to: max(needed, 2 * arena.count), keeping: used) }
  }

  /// Makes room for so many more field ends.
  mutating func makeFieldRoom(for count: Int) {
    let needed = fieldCount + count
    if fieldEnds.count < needed {
      fieldEnds.grow(to: max(needed, 2 * fieldEnds.count), keeping: fieldCount)
    }
  }

  /// Ends the current field where the arena's text ends.
  mutating func appendFieldEnd() {
    makeFieldRoom(for: 1)
    fieldEnds[fieldCount] = UInt32(used)
    fieldCount += 1
  }

  /// Parses until the bytes end or the batch is full; returns how many bytes were consumed.
  mutating func read(_ bytes: UnsafeRawBufferPointer) -> Int {
    var index = 0
    while index < bytes.count, !isBatchFull {
      if state == .fieldStart, !skipsLineFeed {
        index = readPlainFields(bytes, from: index)
        if isBatchFull { break }
      }
      if index < bytes.count { index = step(bytes, from: index) }
    }
    return index
  }

  func isLineEnd(_ byte: UInt8) -> Bool {
    byte == Byte.lineFeed || byte == Byte.carriageReturn
  }
}
