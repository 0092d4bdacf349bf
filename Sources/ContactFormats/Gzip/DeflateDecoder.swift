import CZlib

/// A stream of DEFLATE data (RFC 1951) on its way through zlib, shared by gzip files and ZIP members.
///
/// ``Inflater`` and ``RawInflater`` say what the data is wrapped in; this type feeds zlib, keeps each
/// call within its limit and delays an error until all that came before it has been handed over.
struct DeflateDecoder: ~Copyable {
  /// What the compressed data is wrapped in.
  enum Wrapping: Int32 {
    /// A gzip member: header, data, CRC-32 and length (RFC 1952); zlib checks both.
    case gzip = 31
    /// Nothing, as inside a ZIP package.
    case none = -15
  }

  /// What became of a call.
  struct Step {
    /// How many bytes of the chunk were taken.
    var consumed: Int
    /// Whether the stream ended there: a gzip member with its checks, or the last block.
    var isEnd: Bool
  }

  /// How much one call unpacks at most, so that a generous limit does not ask for so much memory.
  private static let largestPiece = 256 * 1024

  /// zlib keeps a pointer to its stream, which therefore must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  /// What zlib found wrong; thrown by the next call, when everything before it has been taken.
  private var damage: String?
  /// Whether the last byte not yet reported as taken is inside zlib already, see ``step(_:from:into:atMost:)``.
  private var isOneAhead = false

  init(wrapping: Wrapping) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(
      stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if status != Z_OK { damage = "zlib \(status)" }
  }

  deinit {
    // Does nothing but say so where the stream could not be set up.
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Unpacks from a chunk until the chunk or the stream ends or `limit` bytes have been appended.
  ///
  /// zlib can have taken the whole chunk and still owe text when the limit is reached. The chunk's
  /// last byte then counts as not taken, so that a caller who goes on while bytes are left asks for
  /// that text; the byte has to come again, and is not given to zlib a second time.
  ///
  /// - Throws: What is wrong, in zlib's words, as soon as nothing before the place is left.
  mutating func step(
    _ chunk: Span<UInt8>, from start: Int, into bytes: inout [UInt8], atMost limit: Int
  ) throws(Damage) -> Step {
    if let damage { throw Damage(description: damage) }
    guard start < chunk.count, limit > 0 else { return Step(consumed: 0, isEnd: false) }
    let skipped = isOneAhead ? 1 : 0
    let input = UInt32(clamping: chunk.count - start - skipped)
    let space = UInt32(clamping: min(limit, Self.largestPiece))
    var status = Z_OK
    let unpacked = [UInt8](unsafeUninitializedCapacity: Int(space)) { output, count in
      chunk.withUnsafeBufferPointer { packed in
        // zlib only reads what `next_in` points to; its declaration does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: packed.baseAddress?.advanced(by: start + skipped))
        stream.pointee.avail_in = input
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = space
        status = CZlib.inflate(stream, Z_NO_FLUSH)
        count = Int(space - stream.pointee.avail_out)
      }
    }
    if bytes.isEmpty { bytes = unpacked } else { bytes += unpacked }
    var consumed = skipped + Int(input - stream.pointee.avail_in)
    isOneAhead = false
    switch status {
    case Z_STREAM_END: return Step(consumed: consumed, isEnd: true)
    case Z_OK, Z_BUF_ERROR:
      if unpacked.count == Int(space), stream.pointee.avail_in == 0, consumed > 0 {
        isOneAhead = true
        consumed -= 1
      }
      return Step(consumed: consumed, isEnd: false)
    default:
      let found = stream.pointee.msg.map { String(cString: $0) } ?? "zlib \(status)"
      damage = found
      if unpacked.isEmpty { throw Damage(description: found) }
      return Step(consumed: consumed, isEnd: false)
    }
  }

  /// Whether something wrong was found that has not been thrown for want of another call.
  func check() throws(Damage) {
    if let damage { throw Damage(description: damage) }
  }

  /// Makes ready for another stream right behind one that ended.
  mutating func restart() {
    let status = inflateReset(stream)
    if status != Z_OK { damage = "zlib \(status)" }
  }

  /// Compressed data that cannot be unpacked any further.
  struct Damage: Error {
    /// What is wrong, in zlib's words.
    let description: String
  }
}
