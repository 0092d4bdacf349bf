import ContactModel

/// Ends of fields and records, and what to do when one does not come.
extension CSVParser {
  /// Acts on the delimiter or line end behind a field.
  mutating func endField(at byte: UInt8) {
    if isLineEnd(byte) {
      skipsLineFeed = byte == Byte.carriageReturn
      if state != .discarding { appendFieldEnd() }
      endRecord()
      line += 1
      recordLine = line
    } else {
      hasContent = true
      appendFieldEnd()
      state = .fieldStart
      if recordSize > Self.longestRecord { startDiscarding() }
    }
  }

  /// Completes the current record, whose last field has ended, unless it is a blank line.
  mutating func endRecord() {
    let ends = fieldEnds
    endRecord { Int(ends[$0]) }
  }

  /// Completes the current record.
  ///
  /// - Parameter fieldEnd: Where a field ends in the arena, by its number in the batch; for callers
  ///   that have the field ends in hand.
  mutating func endRecord(fieldEnd: (Int) -> Int) {
    if recordSize > Self.longestRecord, state != .discarding { noteTooLong() }
    let count = fieldCount - completeFields
    if count == 1, used == recordStart, !hasContent {
      fieldCount -= 1
    } else {
      dropTrailingField(of: count, fieldEnd)
      if let expectedFields { noteWidth(expected: expectedFields, fieldEnd) }
      completeRecord()
    }
    state = .fieldStart
    hasContent = false
    notedStrayQuote = false
    notedUnterminatedQuote = false
    isDiscardingQuoted = false
    recordStart = used
  }

  /// Drops the empty field behind a trailing delimiter, where records have one.
  private mutating func dropTrailingField(of count: Int, _ fieldEnd: (Int) -> Int) {
    guard dialect.hasTrailingDelimiter, count > 1, count > expectedFields ?? 0,
      fieldEnd(fieldCount - 2) == used
    else { return }
    fieldCount -= 1
  }

  /// Notes a record of the wrong width; empty fields too many are no matter.
  private mutating func noteWidth(expected: Int, _ fieldEnd: (Int) -> Int) {
    let count = fieldCount - completeFields
    if count < expected {
      issues.append(Issue(.tooFewFields, record: recordEnds.count, detail: count))
    } else if count > expected, fieldEnd(completeFields + expected - 1) < used {
      issues.append(Issue(.tooManyFields, record: recordEnds.count, detail: count))
    }
  }

  private mutating func completeRecord() {
    if hasDroppedNUL {
      issues.append(Issue(.nulBytes, record: recordEnds.count))
      hasDroppedNUL = false
    }
    recordEnds.append(UInt32(fieldCount))
    recordLines.append(recordLine)
    completeFields = fieldCount
    completeBytes = used
  }

  /// Notes something about the current record's quotes, each kind once.
  mutating func note(_ code: IssueCode) {
    if code == .strayQuote {
      guard !notedStrayQuote else { return }
      notedStrayQuote = true
    } else {
      guard !notedUnterminatedQuote else { return }
      notedUnterminatedQuote = true
    }
    issues.append(Issue(code, record: recordEnds.count))
  }

  /// Gives up the rest of a record that is too long to be one.
  mutating func startDiscarding() {
    if state == .unquoted || state == .behindQuotes { appendFieldEnd() }
    lastDiscarded = state == .fieldStart ? dialect.delimiter : 0
    state = .discarding
    hasContent = true
    noteTooLong()
  }

  private mutating func noteTooLong() {
    issues.append(Issue(.recordTooLong, record: recordEnds.count, detail: recordSize))
  }

  /// Takes back the opening quote of a field that does not end, or not where it seemed to: it
  /// becomes a letter, and the text behind it, which the arena has as it stands in the source, is
  /// read again.
  ///
  /// That happens once to a text, or nearly so: what stands between two single quotes are pairs, and
  /// pairs open nothing that goes on.
  mutating func reopenQuotedField() {
    var text = Array(arena[quotedStart..<used])
    if state == .misquoted { text.insert(dialect.quote, at: quotedEnd - quotedStart) }
    used = quotedStart
    arena[used] = dialect.quote
    used += 1
    line = quotedLine
    state = .unquoted
    note(.unterminatedQuote)
    text.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count { index = step(bytes, from: index) }
    }
  }

  /// Ends the text.
  mutating func finish() {
    while state == .quoted || state == .escapeInQuoted { reopenQuotedField() }
    if state == .quoteInQuoted { quotedEnd = used }
    if state == .quoteInQuoted || state == .behindQuotes { closeAtEnd() }
    dropEndOfFileMark()
    if used > recordStart || fieldCount > completeFields || hasContent {
      if state != .discarding { appendFieldEnd() }
      endRecord()
    }
    let last = issues.last { $0.code == .nulBytes }?.record
    if hasDroppedNUL, !recordEnds.isEmpty, last.map(Int.init) != recordEnds.count - 1 {
      // Behind the last record.
      issues.append(Issue(.nulBytes, record: recordEnds.count - 1))
    }
  }

  /// Drops the ^Z with which DOS programs end a text, where it is all that stands on the last line.
  private mutating func dropEndOfFileMark() {
    guard used == recordStart + 1, fieldCount == completeFields, state == .unquoted,
      arena[recordStart] == 0x1A
    else { return }
    used = recordStart
    state = .fieldStart
  }

  /// Closes a quoted field behind whose quotes the text ends.
  private mutating func closeAtEnd() {
    var texts: [UInt8] = []
    swap(&texts, &arena)
    texts.withUnsafeMutableBytes { closeQuotedField($0) }
    swap(&texts, &arena)
    state = .unquoted
  }

  /// Takes the complete records; an open one stays and moves to the front of the arena.
  mutating func takeBatch(header: [String]) -> RecordBatch? {
    guard !recordEnds.isEmpty else { return nil }
    let batch = RecordBatch(
      bytes: Array(arena[..<completeBytes]), fieldEnds: Array(fieldEnds[..<completeFields]),
      recordEnds: recordEnds, lines: recordLines, firstRecord: firstRecord,
      issues: issues.filter { $0.record < recordEnds.count }, header: header)
    issues.removeAll { $0.record < batch.count }
    for index in issues.indices { issues[index].record -= Int32(batch.count) }
    firstRecord += recordEnds.count
    recordEnds.removeAll(keepingCapacity: true)
    recordLines.removeAll(keepingCapacity: true)
    moveOpenRecordToFront()
    return batch
  }

  private mutating func moveOpenRecordToFront() {
    let moved = used - completeBytes
    for index in 0..<moved { arena[index] = arena[completeBytes + index] }
    for index in completeFields..<fieldCount {
      fieldEnds[index - completeFields] = fieldEnds[index] - UInt32(completeBytes)
    }
    fieldCount -= completeFields
    used = moved
    recordStart -= completeBytes
    quotedStart -= completeBytes
    quotedEnd -= completeBytes
    (completeBytes, completeFields) = (0, 0)
  }
}

extension UnsafeRawBufferPointer {
  /// How many physical lines end in these bytes: at LF, CRLF, or a CR alone.
  var lineBreakCount: Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in self {
      if byte == Byte.carriageReturn { count += 1 }
      if byte == Byte.lineFeed, previous != Byte.carriageReturn { count += 1 }
      previous = byte
    }
    return count
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// How many physical lines end in these bytes.
  var lineBreakCount: Int { UnsafeRawBufferPointer(rebasing: self).lineBreakCount }
}
