/// Text that grows, with room behind it, so that eight bytes at a time can be copied to its end.
struct CardArena: Sendable {
  /// The text, then bytes that mean nothing.
  private var bytes: [UInt8] = []
  /// How many bytes of text there are.
  private(set) var count = 0

  /// The longest run that ``copyPlain(_:from:behind:stopsAtSemicolon:)`` copies.
  private static let longestRun = 4096

  /// A run of bytes that were copied behind the text.
  struct Run {
    /// The place in the source that ended it.
    var place: Int
    /// How many bytes were copied.
    var count: Int
    /// Whether all of them are UTF-8.
    var isUTF8: Bool
  }

  /// The byte at a place in the text.
  subscript(place: Int) -> UInt8 { bytes[place] }

  /// The text from a place to its end.
  func text(from start: Int) -> [UInt8] { Array(bytes[start..<count]) }

  /// Takes the whole text; the room stays.
  mutating func take() -> [UInt8] {
    defer { count = 0 }
    return Array(bytes[..<count])
  }

  mutating func append(_ text: UnsafeRawBufferPointer) {
    makeRoom(for: text.count)
    let start = count
    bytes.withUnsafeMutableBytes { $0[start...].copyBytes(from: text) }
    count += text.count
  }

  mutating func append(_ text: ArraySlice<UInt8>) { text.withUnsafeBytes { append($0) } }

  /// Copies ranges of one text to the end of another.
  struct Copier {
    fileprivate let source: UnsafeRawBufferPointer
    fileprivate let target: UnsafeMutableRawBufferPointer
    /// How long the other text is by now.
    fileprivate(set) var count: Int

    /// Copies a range.
    ///
    /// - Precondition: All ranges together are not longer than the text they are of.
    mutating func copy(_ range: Range<Int>) {
      precondition(
        range.upperBound + 8 <= source.count && count + range.count + 8 <= target.count,
        "a range of the text, and room for it")
      // Whole words: there is always room for one behind the text.
      var offset = 0
      while offset < range.count {
        let word = source.loadUnaligned(
          fromByteOffset: range.lowerBound + offset, as: UInt64.self)
        target.storeBytes(of: word, toByteOffset: count + offset, as: UInt64.self)
        offset += 8
      }
      count += range.count
    }
  }

  /// Appends ranges of another text, as many as it takes.
  mutating func append(from other: borrowing CardArena, _ body: (inout Copier) -> Void) {
    makeRoom(for: other.count)
    let start = count
    count = bytes.withUnsafeMutableBytes { target in
      other.bytes.withUnsafeBytes { source in
        var copier = Copier(source: source, target: target, count: start)
        body(&copier)
        return copier.count
      }
    }
  }

  /// Takes the text back from a place on.
  mutating func truncate(to newCount: Int) { count = newCount }

  /// Makes bytes that were copied behind the text a part of it.
  mutating func extend(by added: Int) { count += added }

  private mutating func makeRoom(for added: Int) {
    let needed = count + added + 8
    guard bytes.count < needed else { return }
    bytes.append(
      contentsOf: repeatElement(0, count: max(needed - bytes.count, bytes.count)))
  }

  /// Copies up to a byte that means something; the text stays as long as it is.
  ///
  /// That is a line end or another control character, a backslash, and a semicolon if it is asked
  /// for.
  ///
  /// - Parameters:
  ///   - source: Where it is copied from.
  ///   - start: Where in it to begin.
  ///   - offset: How far behind the text the run is put.
  ///   - stopsAtSemicolon: Whether a semicolon ends the run.
  /// - Returns: What was copied; `nil` if no such byte comes soon.
  mutating func copyPlain(
    _ source: UnsafeRawBufferPointer, from start: Int, behind offset: Int, stopsAtSemicolon: Bool
  ) -> Run? {
    makeRoom(for: offset + Self.longestRun)
    let target = count + offset
    return bytes.withUnsafeMutableBytes {
      Self.copyPlain(source, from: start, to: $0, at: target, stopsAtSemicolon: stopsAtSemicolon)
    }
  }

  private static func copyPlain(
    _ source: UnsafeRawBufferPointer, from start: Int, to target: UnsafeMutableRawBufferPointer,
    at place: Int, stopsAtSemicolon: Bool
  ) -> Run? {
    let semicolons: UInt64 = stopsAtSemicolon ? ~0 : 0
    let end = min(source.count, start + longestRun) - 8
    var (index, out) = (start, place)
    var seen: UInt64 = 0
    while index <= end {
      let word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      target.storeBytes(of: word.littleEndian, toByteOffset: out, as: UInt64.self)
      let marks =
        CardBytes.controls(in: word) | CardBytes.matches(in: word, of: CardBytes.backslash)
        | (CardBytes.matches(in: word, of: CardBytes.semicolon) & semicolons)
      if marks == 0 {
        seen |= word
        index += 8
        out += 8
        continue
      }
      seen |= word & ((marks & (0 &- marks)) &- 1)
      let length = marks.trailingZeroBitCount >> 3
      let count = out + length - place
      let isUTF8 =
        seen & UTF8Scanner.highBits == 0
        || UnsafeRawBufferPointer(rebasing: target[place..<(place + count)])
          .withMemoryRebound(to: UInt8.self, UTF8Scanner.isValid)
      return Run(place: index + length, count: count, isUTF8: isUTF8)
    }
    return nil
  }
}
