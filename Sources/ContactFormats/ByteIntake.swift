/// The bytes of a file on their way in, unpacked where it is compressed.
struct ByteIntake: ~Copyable {
  /// How many bytes are unpacked at a time, so that a small file cannot fill the memory.
  static let largestPiece = 128 * 1024

  /// Whether the file turned out to be compressed with gzip.
  private(set) var isCompressed = false
  private var pending: [UInt8] = []
  private var place = 0
  private var inflater: Inflater?
  private var isKnown = false
  private var isEnded = false

  /// Takes the next bytes of the file.
  mutating func push(_ chunk: Span<UInt8>) {
    if place > 0 {
      pending.removeSubrange(..<place)
      place = 0
    }
    chunk.withUnsafeBufferPointer { pending.append(contentsOf: $0) }
  }

  /// Says that nothing more will be pushed.
  mutating func end() { isEnded = true }

  /// Whether everything pushed has been taken.
  var isEmpty: Bool { place == pending.count }

  /// Replaces `bytes` by the next ones, unpacked; returns `false` when there are none yet.
  mutating func take(into bytes: inout [UInt8]) throws(FormatError) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    if !isKnown {
      guard pending.count >= Inflater.signature.count || isEnded else { return false }
      isKnown = true
      isCompressed = pending.starts(with: Inflater.signature)
      if isCompressed { inflater = Inflater() }
    }
    guard isCompressed else {
      swap(&bytes, &pending)
      return !bytes.isEmpty
    }
    // Moved out, so that `self` is free while its span is in use.
    let packed = pending
    while bytes.isEmpty, place < packed.count {
      place += try unpack(packed.span, into: &bytes)
    }
    return !bytes.isEmpty
  }

  private mutating func unpack(
    _ packed: Span<UInt8>, into bytes: inout [UInt8]
  ) throws(FormatError) -> Int {
    let start = place
    return try inflater?.inflate(packed, from: start, into: &bytes, atMost: Self.largestPiece) ?? 0
  }

  /// Says whether a compressed file was complete.
  mutating func finish() throws(FormatError) { try inflater?.finish() }
}
