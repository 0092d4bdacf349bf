import CZlib

/// Packs bytes with DEFLATE (RFC 1951), piece by piece, without a state that lives in between.
///
/// Each piece ends on a whole byte (a "sync flush") and is given the end of the one before as its
/// dictionary, so that the pieces joined are one stream. A writer that packs this way is a plain
/// value; it costs a few bytes a piece. The same pieces give the same bytes.
enum RawDeflater {
  /// How far back DEFLATE can refer.
  static let windowSize = 32 * 1024
  private static let rawWindow: Int32 = -15
  private static let memoryLevel: Int32 = 8
  private static let level: Int32 = 6

  /// Packs a piece.
  ///
  /// - Parameters:
  ///   - piece: At most 1 GB.
  ///   - window: The last ``windowSize`` bytes before the piece, or all of them.
  ///   - isLast: Whether the stream ends with it.
  ///   - packed: Where the packed bytes are appended.
  static func append(
    _ piece: [UInt8], after window: [UInt8], isLast: Bool, to packed: inout [UInt8]
  ) {
    var stream = z_stream()
    let status = deflateInit2_(
      &stream, level, Z_DEFLATED, rawWindow, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    // It fails for want of memory only, where Swift's own allocations stop the program, too.
    precondition(status == Z_OK, "zlib cannot be set up: \(status)")
    defer { deflateEnd(&stream) }
    if !window.isEmpty { deflateSetDictionary(&stream, window, UInt32(window.count)) }
    // The flush adds an empty block to what the bound allows for.
    let room = Int(deflateBound(&stream, UInt(piece.count))) + 16
    packed += piece.withUnsafeBufferPointer { plain in
      [UInt8](unsafeUninitializedCapacity: room) { output, count in
        // zlib only reads what `next_in` points to; its declaration does not say so.
        stream.next_in = UnsafeMutablePointer(mutating: plain.baseAddress)
        stream.avail_in = UInt32(piece.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(room)
        _ = CZlib.deflate(&stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
        precondition(stream.avail_in == 0 && stream.avail_out > 0, "the bound holds")
        count = room - Int(stream.avail_out)
      }
    }
  }
}
