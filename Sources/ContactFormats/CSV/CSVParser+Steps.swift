import ContactModel

/// The careful way: any field, in any piece, a state at a time.
extension CSVParser {
  /// Parses to the end of a field, to where an open quote is given up, or to the end of the bytes.
  ///
  /// - Returns: Where to go on.
  mutating func step(_ source: UnsafeRawBufferPointer, from start: Int) -> Int {
    makeRoom(for: source.count - start)
    var index = start
    // The arena is moved out while its pointer is in use, so that `self` stays free to change.
    var texts: [UInt8] = []
    swap(&texts, &arena)
    texts.withUnsafeMutableBytes { texts in
      while index < source.count {
        let byte = source[index]
        if byte == Byte.nul {
          hasDroppedNUL = true
          index += 1
          continue
        }
        if skipsLineFeed {
          skipsLineFeed = false
          if byte == Byte.lineFeed {
            index += 1
            continue
          }
        }
        switch state {
        case .fieldStart:
          if byte == dialect.quote {
            state = .quoted
            hasContent = true
            hasPairs = false
            (quotedStart, quotedLine) = (used, line)
            index += 1
          } else {
            state = .unquoted
          }
        case .unquoted:
          index = copyUnquoted(source, from: index, to: texts)
          if index < source.count { index = endUnquoted(source[index], at: index, to: texts) }
        case .quoted:
          // One byte too many is copied at most, so that where a field is given up depends on its
          // text alone and not on the chunks.
          let room = max(0, Self.longestQuotedField + 1 - (used - quotedStart))
          let end = min(source.count, index + room)
          index = copyQuoted(
            UnsafeRawBufferPointer(rebasing: source[..<end]), from: index, to: texts)
          if used - quotedStart > Self.longestQuotedField { return }
          if index < end { index = passQuotedSpecial(source[index], at: index, to: texts) }
        case .escapeInQuoted:
          append(byte, to: texts)
          state = .quoted
          index += 1
        case .quoteInQuoted:
          index = leaveQuotes(byte, at: index, to: texts)
        case .behindQuotes:
          index = passBehindQuotes(byte, at: index, to: texts)
        case .misquoted:
          return
        case .discarding:
          index = discard(source, from: index)
          if index < source.count, isLineEnd(source[index]) {
            endField(at: source[index])
            index += 1
          }
        }
        if state == .fieldStart { return }
      }
    }
    swap(&texts, &arena)
    let isOpen = state == .quoted || state == .escapeInQuoted
    if state == .misquoted || (isOpen && used - quotedStart > Self.longestQuotedField) {
      reopenQuotedField()
    }
    if state == .unquoted || state == .behindQuotes, recordSize > Self.longestRecord {
      startDiscarding()
    }
    return index
  }

  private mutating func append(_ byte: UInt8, to texts: UnsafeMutableRawBufferPointer) {
    texts[used] = byte
    used += 1
  }

  /// Copies a run without special bytes; returns the place of the first special one.
  private mutating func copyUnquoted(
    _ source: UnsafeRawBufferPointer, from start: Int, to texts: UnsafeMutableRawBufferPointer
  ) -> Int {
    // Locals: what is stored through a pointer might change a property, so the compiler would read
    // and write the properties at every step.
    let pattern = pattern
    var (index, out) = (start, used)
    while index + 8 <= source.count {
      let word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      texts.storeBytes(of: word.littleEndian, toByteOffset: out, as: UInt64.self)
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
      texts[out] = source[index]
      index += 1
      out += 1
    }
    used = out
    return index
  }

  /// Acts on a special byte outside quotes.
  private mutating func endUnquoted(
    _ byte: UInt8, at index: Int, to texts: UnsafeMutableRawBufferPointer
  ) -> Int {
    if byte == Byte.nul { return index }
    if byte == dialect.quote {
      append(byte, to: texts)
    } else {
      endField(at: byte)
    }
    return index + 1
  }

  /// Copies to the next byte that means something between quotes and returns its place; line breaks
  /// are counted when the field ends.
  private mutating func copyQuoted(
    _ source: UnsafeRawBufferPointer, from start: Int, to texts: UnsafeMutableRawBufferPointer
  ) -> Int {
    let pattern = pattern
    var (index, out) = (start, used)
    while index + 8 <= source.count {
      let word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      texts.storeBytes(of: word.littleEndian, toByteOffset: out, as: UInt64.self)
      let found = pattern.quotedMatches(in: word)
      if found != 0 {
        let count = found.trailingZeroBitCount >> 3
        used = out + count
        return index + count
      }
      index += 8
      out += 8
    }
    while index < source.count, !pattern.containsQuoted(source[index]) {
      texts[out] = source[index]
      index += 1
      out += 1
    }
    used = out
    return index
  }

  /// Acts on a special byte between quotes.
  ///
  /// A pair that stands for one letter is kept as it is until the field ends, so that a field that
  /// never does can be read again.
  private mutating func passQuotedSpecial(
    _ byte: UInt8, at index: Int, to texts: UnsafeMutableRawBufferPointer
  ) -> Int {
    if byte == dialect.quote {
      state = .quoteInQuoted
    } else if byte == dialect.escape {
      append(byte, to: texts)
      hasPairs = true
      state = .escapeInQuoted
    } else {
      return index
    }
    return index + 1
  }

  /// Decides what a quote inside quotes was, by the byte behind it.
  private mutating func leaveQuotes(
    _ byte: UInt8, at index: Int, to texts: UnsafeMutableRawBufferPointer
  ) -> Int {
    if byte == dialect.quote {
      append(byte, to: texts)
      append(byte, to: texts)
      hasPairs = true
      state = .quoted
      return index + 1
    }
    quotedEnd = used
    state = .behindQuotes
    return index
  }

  /// Acts on a byte behind the quotes of a field: blanks before the field's end are none of it,
  /// anything else makes them, and itself, a part.
  private mutating func passBehindQuotes(
    _ byte: UInt8, at index: Int, to texts: UnsafeMutableRawBufferPointer
  ) -> Int {
    if byte == Byte.space, byte != dialect.delimiter {
      append(byte, to: texts)
      return index + 1
    }
    let blanks = used - quotedEnd
    if byte == dialect.delimiter || isLineEnd(byte) {
      closeQuotedField(texts)
      endField(at: byte)
      return index + 1
    }
    let text = UnsafeRawBufferPointer(rebasing: texts[quotedStart..<quotedEnd])
    if text.lineBreakCount > 0 {
      state = .misquoted
    } else {
      closeQuotedField(texts)
      for _ in 0..<blanks { append(Byte.space, to: texts) }
      note(.strayQuote)
      state = .unquoted
    }
    return index
  }

  /// Ends the current quoted field's text: leaves out blanks behind it, puts a letter for each pair,
  /// and counts the lines that end in it.
  mutating func closeQuotedField(_ texts: UnsafeMutableRawBufferPointer) {
    line += UnsafeRawBufferPointer(texts)[quotedStart..<quotedEnd].lineBreakCount
    used = quotedEnd
    guard hasPairs else { return }
    var (index, out) = (quotedStart, quotedStart)
    while index < quotedEnd {
      if isPair(at: index, in: texts) { index += 1 }
      texts[out] = texts[index]
      index += 1
      out += 1
    }
    used = out
  }

  /// Whether a letter and the one behind it stand for the second alone.
  private func isPair(at index: Int, in texts: UnsafeMutableRawBufferPointer) -> Bool {
    guard index + 1 < quotedEnd else { return false }
    let (first, second) = (texts[index], texts[index + 1])
    if first == dialect.quote { return second == dialect.quote }
    return first == dialect.escape && (second == dialect.quote || second == dialect.escape)
  }

  /// Passes over the rest of a record that is too long; returns the place of its line end, or of a
  /// NUL.
  ///
  /// Line ends between quotes belong to the record, as long as the quotes are not too long to be
  /// any: what has been passed by then is not read again.
  private mutating func discard(_ source: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index < source.count {
      let byte = source[index]
      if byte == Byte.nul { return index }
      if isDiscardingQuoted {
        discardQuoted(byte)
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

  private mutating func discardQuoted(_ byte: UInt8) {
    discardedInQuotes += 1
    let isEscaped = lastDiscarded == dialect.escape
    if (byte == dialect.quote && !isEscaped) || discardedInQuotes > Self.longestQuotedField {
      isDiscardingQuoted = false
    } else if byte == Byte.carriageReturn
      || (byte == Byte.lineFeed && lastDiscarded != Byte.carriageReturn)
    {
      line += 1
    }
  }
}
