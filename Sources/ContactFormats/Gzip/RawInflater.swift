/// Unpacks bare DEFLATE data (RFC 1951), one chunk at a time: a member of a ZIP package.
///
/// The package's directory holds the CRC-32 and the lengths; checking them is up to the caller
/// (``CyclicRedundancyCheck``).
///
/// ```swift
/// var inflater = RawInflater()
/// while !inflater.isAtEnd, place < packed.count {
///   place += try inflater.inflate(packed.span, from: place, into: &bytes, atMost: 65_536)
/// }
/// try inflater.finish()
/// ```
struct RawInflater: ~Copyable {
  /// Whether the last block has been unpacked; nothing more is taken then.
  private(set) var isAtEnd = false
  private var decoder = DeflateDecoder(wrapping: .none)

  /// Unpacks from a chunk until it or the data ends or `limit` bytes have been appended.
  ///
  /// - Parameters:
  ///   - chunk: Packed bytes.
  ///   - start: Where in the chunk to go on.
  ///   - bytes: Where the unpacked bytes are appended.
  ///   - limit: How many of them at most, however well the data was packed.
  /// - Returns: How many bytes of the chunk have been taken. While some are left and ``isAtEnd`` is
  ///   false, call again, with those first.
  /// - Throws: ``FormatError`` with `brokenPackage` at the place where the data is damaged; what came
  ///   before has been handed over.
  mutating func inflate(
    _ chunk: Span<UInt8>, from start: Int, into bytes: inout [UInt8], atMost limit: Int
  ) throws(FormatError) -> Int {
    guard !isAtEnd else { return 0 }
    do throws(DeflateDecoder.Damage) {
      let step = try decoder.step(chunk, from: start, into: &bytes, atMost: limit)
      isAtEnd = step.isEnd
      return step.consumed
    } catch {
      throw FormatError(.brokenPackage, found: error.description)
    }
  }

  /// Says whether the data was complete.
  ///
  /// - Throws: ``FormatError`` with `brokenPackage` if it is cut off or damaged at its very end.
  mutating func finish() throws(FormatError) {
    do throws(DeflateDecoder.Damage) {
      try decoder.check()
    } catch {
      throw FormatError(.brokenPackage, found: error.description)
    }
    guard isAtEnd else { throw FormatError(.brokenPackage, found: "unexpected end of data") }
  }
}
