/// The way to the fast reader.
extension JSONLinesReader {
  /// Hands `body` a reader of plain objects that writes into the builder's arena.
  ///
  /// - Parameters:
  ///   - bytes: The bytes to read.
  ///   - start: Where in them to begin.
  ///   - endsAtLine: Whether a line end ends an object.
  ///   - body: Takes the reader, the ends of the fields it read last, and the builder.
  mutating func withFlatReader(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, endsAtLine: Bool,
    _ body: (inout JSONFlatReader, UnsafePointer<UInt32>, inout OpenRecordBuilder) -> Void
  ) {
    builder.makeRoom(for: bytes.count - start)
    // Moved out while its pointer is in use, so that the builder stays free to change.
    var arena: [UInt8] = []
    swap(&arena, &builder.arena)
    let glues = parser.glues
    let used = builder.used
    arena.withUnsafeMutableBytes { target in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ColumnTable.limit) { ends in
        glues.slots.withUnsafeBytes { slots in
          glues.counts.withUnsafeBufferPointer { counts in
            guard let target = target.baseAddress, let ends = ends.baseAddress,
              let slots = slots.baseAddress
            else { return }
            var reader = JSONFlatReader(
              source: bytes, target: target, ends: ends, slots: slots, counts: counts,
              endsAtLine: endsAtLine, index: start, out: used)
            body(&reader, UnsafePointer(ends), &builder)
          }
        }
      }
    }
    swap(&arena, &builder.arena)
  }

}

extension JSONFlatReader {
  /// The beginning of the next line, if nothing but blanks stands before it.
  mutating func endOfLine() -> Int? {
    while index < source.count, source[index] == Byte.space || source[index] == Byte.tab {
      index &+= 1
    }
    guard index < source.count else { return nil }
    if source[index] == Byte.lineFeed { return index &+ 1 }
    guard source[index] == Byte.carriageReturn, index &+ 1 < source.count else { return nil }
    return source[index &+ 1] == Byte.lineFeed ? index &+ 2 : index &+ 1
  }
}
