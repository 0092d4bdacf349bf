import ContactModel

/// Ends of fields and records, and what to do when one does not come.
extension CSVParser {
  /// Acts on the delimiter or line end behind a field.
  mutating func endField(at byte: UInt8) {
    if isLineEnd(byte) {
      skipsLineFeed = byte == Byte.carriageReturn
      endRecord()
      line += 1
      recordLine = line
    } else {
      hasContent = true
      fieldEnds.append(UInt32(used))
      state = .fieldStart
      if used - recordStart > Self.longestRecord { startDiscarding() }
    }
  }

  /// Completes the current record, unless it is a blank line.
  mutating func endRecord() {
    if state != .discarding {
      fieldEnds.append(UInt32(used))
      if used - recordStart > Self.longestRecord { noteTooLong() }
    }
    let count = fieldEnds.count - completeFields
    if count == 1, used == recordStart, !hasContent {
      fieldEnds.removeLast()
    } else {
      if let expectedFields, count != expectedFields { noteWidth(count, expected: expectedFields) }
      recordEnds.append(UInt32(fieldEnds.count))
      recordLines.append(recordLine)
      completeFields = fieldEnds.count
      completeBytes = used
    }
    state = .fieldStart
    hasContent = false
    notedStrayQuote = false
    notedUnterminatedQuote = false
    isDiscardingQuoted = false
    recordStart = used
  }

  /// Notes a record of the wrong width; empty fields too many are no matter.
  private mutating func noteWidth(_ count: Int, expected: Int) {
    if count < expected {
      issues.append(Issue(.tooFewFields, record: recordEnds.count, detail: count))
    } else if Int(fieldEnds[completeFields + expected - 1]) < used {
      issues.append(Issue(.tooManyFields, record: recordEnds.count, detail: count))
    }
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
    if state == .unquoted { fieldEnds.append(UInt32(used)) }
    lastDiscarded = state == .fieldStart ? dialect.delimiter : 0
    state = .discarding
    hasContent = true
    noteTooLong()
  }

  private mutating func noteTooLong() {
    issues.append(Issue(.recordTooLong, record: recordEnds.count, detail: used - recordStart))
  }

  /// Takes back the opening quote of a field that does not end: it becomes a letter, and the text
  /// behind it is read again.
  ///
  /// The text is rebuilt from the arena, which loses nothing: between quotes the only change on
  /// the way in is that a doubled quote became one.
  mutating func reopenQuotedField() {
    var text: [UInt8] = []
    text.reserveCapacity(used - quotedStart + 16)
    for byte in arena[quotedStart..<used] {
      text.append(byte)
      if byte == dialect.quote { text.append(byte) }
    }
    used = quotedStart
    arena[used] = dialect.quote
    used += 1
    line = quotedLine
    state = .unquoted
    note(.unterminatedQuote)
    text.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count { index = step(bytes, from: index, stopsWhenFull: false) }
    }
  }

  /// Ends the text.
  mutating func finish() {
    while state == .quoted { reopenQuotedField() }
    if used > recordStart || fieldEnds.count > completeFields || hasContent { endRecord() }
  }

  /// Takes the complete records; an open one stays and moves to the front of the arena.
  mutating func takeBatch() -> RecordBatch? {
    guard !recordEnds.isEmpty else { return nil }
    let batch = RecordBatch(
      bytes: Array(arena[..<completeBytes]), fieldEnds: Array(fieldEnds[..<completeFields]),
      recordEnds: recordEnds, lines: recordLines, firstRecord: firstRecord,
      issues: issues.filter { $0.record < recordEnds.count })
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
    let openEnds = fieldEnds[completeFields...].map { $0 - UInt32(completeBytes) }
    fieldEnds.removeAll(keepingCapacity: true)
    fieldEnds.append(contentsOf: openEnds)
    used = moved
    recordStart -= completeBytes
    quotedStart -= completeBytes
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
