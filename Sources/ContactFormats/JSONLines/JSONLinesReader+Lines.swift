import ContactModel

/// Objects one a line.
extension JSONLinesReader {
  mutating func consumeLines(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, stopsWhenFull: Bool
  ) -> Int {
    var index = start
    while index < bytes.count {
      if skipsLineFeed {
        skipsLineFeed = false
        if bytes[index] == Byte.lineFeed {
          index += 1
          continue
        }
      }
      if pending.isEmpty, !isTooLong {
        index = readPlainLines(bytes, from: index, stopsWhenFull: stopsWhenFull)
        if index == bytes.count || (stopsWhenFull && isBatchFull) { return index }
      }
      let end = bytes[index...].firstIndex(where: JSONByte.isLineEnd) ?? bytes.count
      let piece = UnsafeBufferPointer(rebasing: bytes[index..<end])
      index = end
      guard index < bytes.count else {
        keep(piece)
        break
      }
      addLine(endingWith: piece)
      line += 1
      skipsLineFeed = bytes[index] == Byte.carriageReturn
      index += 1
      if stopsWhenFull, isBatchFull { break }
    }
    return index
  }

  mutating func endLastLine() {
    addLine(endingWith: UnsafeBufferPointer(start: nil, count: 0))
  }

  private mutating func addLine(endingWith piece: UnsafeBufferPointer<UInt8>) {
    if !pending.isEmpty || piece.count > Self.longestRecord {
      keep(piece)
      var text: [UInt8] = []
      swap(&text, &pending)
      text.withUnsafeBufferPointer { addWholeLine($0) }
    } else {
      addWholeLine(piece)
    }
    isTooLong = false
  }

  private mutating func addWholeLine(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.contains(where: { !JSONByte.isBlank($0) }) else { return }
    if isTooLong {
      addRaw(text, line: line, .recordTooLong, detail: text.count)
    } else {
      addRecord(text, line: line)
    }
  }

  /// Keeps a piece of a value for later, as far as it is not too long.
  mutating func keep(_ piece: UnsafeBufferPointer<UInt8>) {
    let room = Self.longestRecord - pending.count
    if piece.count > room { isTooLong = true }
    pending.append(contentsOf: piece.prefix(room))
  }

  /// Reads lines that hold plain objects; returns the beginning of the first line that does not.
  private mutating func readPlainLines(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, stopsWhenFull: Bool
  ) -> Int {
    // Where nothing is plain, trying costs time.
    if plainMisses > 3, line & 15 != 0 { return start }
    var place = start
    var line = line
    withFlatReader(bytes, from: start, endsAtLine: true) { reader, ends, builder in
      while !(stopsWhenFull && builder.isBatchFull) {
        guard reader.readObject(), let end = reader.endOfLine(),
          end - place <= Self.longestRecord
        else { return }
        builder.addRecord(
          ends: UnsafeBufferPointer(start: ends, count: reader.fieldCount), used: reader.out,
          line: line)
        line += 1
        place = end
        reader.index = end
      }
    }
    self.line = line
    if place > start { hasFoundValue = true }
    plainMisses = place > start ? 0 : plainMisses + 1
    return place
  }
}
