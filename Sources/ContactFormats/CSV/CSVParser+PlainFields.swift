/// The fast way: whole fields, found 64 bytes at a time.
extension CSVParser {
  /// How many bytes behind a place can be read, and written, without asking: the rest of a block and
  /// what ``copyRun(from:to:count:)`` copies too much.
  static let slack = 128
  /// How much of a chunk is looked at in one go, so that there is always room for its fields.
  private static let window = 16 * 1024

  /// Reads fields as long as they lie in the chunk whole and are plain: without quotes, or with
  /// quotes that close before a delimiter or a line end.
  ///
  /// - Parameters:
  ///   - source: The chunk.
  ///   - start: Where a field begins in it.
  /// - Returns: Where the first field begins that was not read.
  mutating func readPlainFields(_ source: UnsafeRawBufferPointer, from start: Int) -> Int {
    let end = min(start + Self.window, source.count - Self.slack)
    guard let base = source.baseAddress, start < end else { return start }
    makeRoom(for: Self.window + Self.slack)
    makeFieldRoom(for: Self.window + Self.slack)
    // Moved out while their pointers are in use, so that `self` stays free to change.
    var (texts, ends): ([UInt8], [UInt32]) = ([], [])
    swap(&texts, &arena)
    swap(&ends, &fieldEnds)
    defer {
      swap(&texts, &arena)
      swap(&ends, &fieldEnds)
    }
    return texts.withUnsafeMutableBytes { texts in
      ends.withUnsafeMutableBufferPointer { ends in
        guard let texts = texts.baseAddress, let ends = ends.baseAddress else { return start }
        return readPlainFields(
          SpecialPositions(in: base, from: start, to: end, pattern), texts: texts, ends: ends)
      }
    }
  }

  private mutating func readPlainFields(
    _ positions: SpecialPositions, texts: UnsafeMutableRawPointer,
    ends: UnsafeMutablePointer<UInt32>
  ) -> Int {
    // Locals: what is stored through a pointer might change a property, so the compiler would read
    // and write the properties at every step. Sums of places inside memory are not checked for
    // overflow.
    var positions = positions
    let source = positions.source
    let (delimiter, quote) = (dialect.delimiter, dialect.quote)
    var fieldStart = positions.start
    var (out, count) = (used, fieldCount)
    // A record is too long where the ends of its text and of its fields together come here.
    var limit = recordStart + completeFields + Self.longestRecord
    while true {
      var place = positions.next()
      if place < 0 { break }
      // The LF of a CRLF has been passed already.
      if place < fieldStart { continue }
      var byte = source.load(fromByteOffset: place, as: UInt8.self)
      let length = place &- fieldStart
      if byte == quote {
        // Inside a field it is a letter.
        if length > 0 { continue }
        guard let field = readQuotedField(&positions, at: place, texts: texts, out: out),
          field.out &+ count < limit
        else { break }
        (place, out) = (field.end, field.out)
        byte = source.load(fromByteOffset: place, as: UInt8.self)
        line += field.breaks
        hasContent = true
      } else {
        if byte == Byte.nul || out &+ length &+ count >= limit { break }
        Self.copyRun(from: source + fieldStart, to: texts + out, count: length)
        out &+= length
      }
      ends[count] = UInt32(truncatingIfNeeded: out)
      count &+= 1
      fieldStart = place &+ 1
      if byte != delimiter {
        if byte == Byte.carriageReturn,
          source.load(fromByteOffset: fieldStart, as: UInt8.self) == Byte.lineFeed
        {
          fieldStart += 1
        }
        (used, fieldCount) = (out, count)
        endRecord { Int(ends[$0]) }
        line += 1
        recordLine = line
        (out, count) = (used, fieldCount)
        limit = recordStart + completeFields + Self.longestRecord
        if isBatchFull { break }
      }
    }
    (used, fieldCount) = (out, count)
    return fieldStart
  }

  /// Reads a quoted field up to the delimiter or line end behind it.
  ///
  /// - Parameters:
  ///   - positions: Where special bytes are; those of the field are passed.
  ///   - start: Where the opening quote is.
  ///   - texts: The arena.
  ///   - out: Where in it the field's text goes.
  /// - Returns: Where the field ends in the source and in the arena, and how many lines end in it;
  ///   `nil` if it is not plain or does not end here.
  private func readQuotedField(
    _ positions: inout SpecialPositions, at start: Int, texts: UnsafeMutableRawPointer, out: Int
  ) -> (end: Int, out: Int, breaks: Int)? {
    guard dialect.escape == nil else { return nil }
    let (source, quote) = (positions.source, dialect.quote)
    var (runStart, out, breaks) = (start + 1, out, 0)
    while true {
      let place = positions.next()
      guard place >= 0 else { return nil }
      switch source.load(fromByteOffset: place, as: UInt8.self) {
      case quote:
        Self.copyRun(from: source + runStart, to: texts + out, count: place - runStart)
        out += place - runStart
        guard positions.next() == place + 1 else { return nil }
        let next = source.load(fromByteOffset: place + 1, as: UInt8.self)
        if next == dialect.delimiter || isLineEnd(next) { return (place + 1, out, breaks) }
        guard next == quote else { return nil }
        // The second of the pair begins the next run.
        runStart = place + 1
      case Byte.carriageReturn: breaks += 1
      case Byte.lineFeed:
        if source.load(fromByteOffset: place - 1, as: UInt8.self) != Byte.carriageReturn {
          breaks += 1
        }
      case Byte.nul: return nil
      default: break
      }
    }
  }

  /// Copies bytes, and some behind them, to where they do no harm.
  @inline(__always)
  private static func copyRun(
    from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
  ) {
    typealias Vector = SIMD16<UInt8>
    target.storeBytes(of: source.loadUnaligned(as: Vector.self), as: Vector.self)
    (target + 16).storeBytes(of: (source + 16).loadUnaligned(as: Vector.self), as: Vector.self)
    var done = 32
    while done < count {
      (target + done).storeBytes(
        of: (source + done).loadUnaligned(as: Vector.self), as: Vector.self)
      done &+= 16
    }
  }
}
