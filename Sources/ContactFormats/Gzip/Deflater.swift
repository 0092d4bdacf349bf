import CZlib

/// Writes gzip (RFC 1952), one piece at a time.
///
/// The same text gives the same bytes, whenever and wherever it is packed: the header holds neither
/// a time nor a name, and says that the system is unknown (§2.3.1) instead of naming this one.
///
/// ```swift
/// var deflater = Deflater()
/// file.append(deflater.append(text))
/// file.append(deflater.finish())
/// ```
struct Deflater: ~Copyable {
  /// zlib keeps a pointer to its stream, which therefore must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  /// The header's fields, which zlib reads when it writes the first bytes.
  private let header: UnsafeMutablePointer<gz_header>
  private var isFinished = false

  /// - Parameter level: From 0, stored, to 9, smallest; 6 is what gzip uses. Others count as the
  ///   nearest of these.
  init(level: Int = 6) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    header = .allocate(capacity: 1)
    header.initialize(to: gz_header())
    header.pointee.os = Self.unknownSystem
    let status = deflateInit2_(
      stream, Int32(min(max(level, 0), 9)), Z_DEFLATED, Self.gzipWindow, Self.memoryLevel,
      Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    // It fails for want of memory only, where Swift's own allocations stop the program, too.
    precondition(status == Z_OK, "zlib cannot be set up: \(status)")
    deflateSetHeader(stream, header)
  }

  deinit {
    deflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    header.deinitialize(count: 1)
    header.deallocate()
  }

  /// Packs the next bytes.
  ///
  /// - Returns: What is packed so far and has not been returned yet; often nothing.
  mutating func append(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = []
    var place = 0
    // zlib counts in 32 bits.
    while place < bytes.count {
      let end = min(bytes.count, place + Self.largestPiece)
      deflate(bytes[place..<end], flush: Z_NO_FLUSH, into: &packed)
      place = end
    }
    return packed
  }

  /// Ends the file and returns the rest of it; a second call returns nothing.
  mutating func finish() -> [UInt8] {
    guard !isFinished else { return [] }
    isFinished = true
    var packed: [UInt8] = []
    deflate([], flush: Z_FINISH, into: &packed)
    return packed
  }

  private mutating func deflate(
    _ bytes: ArraySlice<UInt8>, flush: Int32, into packed: inout [UInt8]
  ) {
    bytes.withUnsafeBufferPointer { plain in
      // zlib only reads what `next_in` points to; its declaration does not say so.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: plain.baseAddress)
      stream.pointee.avail_in = UInt32(plain.count)
      repeat {
        packed += [UInt8](unsafeUninitializedCapacity: Self.outputSize) { output, count in
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(Self.outputSize)
          // Cannot fail: the stream is sound and there is room.
          _ = CZlib.deflate(stream, flush)
          count = Self.outputSize - Int(stream.pointee.avail_out)
        }
        // A full buffer may mean that there is more.
      } while stream.pointee.avail_out == 0
      stream.pointee.next_in = nil
    }
  }

  /// 32 KB of window, the largest, and 16 to ask for gzip's header and trailer.
  private static let gzipWindow: Int32 = 15 + 16
  /// zlib's default.
  private static let memoryLevel: Int32 = 8
  private static let unknownSystem: Int32 = 255
  private static let largestPiece = 1 << 30
  private static let outputSize = 64 * 1024
}
