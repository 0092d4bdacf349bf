/// The places of special bytes in a piece of memory, in order.
///
/// A block of 64 bytes is compared at once; then each special byte costs a few instructions,
/// whatever stands between them.
struct SpecialPositions {
  /// Where the memory begins; places count from here.
  let source: UnsafeRawPointer
  /// The first place that is looked at.
  let start: Int
  private let end: Int
  private let pattern: SpecialBytes
  /// The place of the block at hand, and its special bytes that are still to come, a bit each.
  private var block: Int
  private var marks: UInt64

  /// - Parameters:
  ///   - source: The memory; 63 bytes behind `end` can be read too.
  ///   - start: Where to begin.
  ///   - end: No block begins here or behind.
  ///   - pattern: What is special.
  init(in source: UnsafeRawPointer, from start: Int, to end: Int, _ pattern: SpecialBytes) {
    self.source = source
    self.start = start
    self.end = end
    self.pattern = pattern
    block = start
    marks = pattern.blockMatches(at: source + start)
  }

  /// The next special byte's place, or -1 if there is none before the end.
  @inline(__always)
  mutating func next() -> Int {
    // Places lie inside the memory: no sum of them overflows, and none is checked for it.
    while marks == 0 {
      block &+= 64
      if block >= end { return -1 }
      marks = pattern.blockMatches(at: source + block)
    }
    let place = block &+ marks.trailingZeroBitCount
    marks &= marks &- 1
    return place
  }
}
