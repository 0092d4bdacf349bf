/// Bytes that grow at their end and are cleared again and again.
///
/// An array does the same, but an append of five bytes costs it several times as much as the bytes
/// do, and XML hands text over in pieces that small.
struct GrowingBytes: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes there are.
  private(set) var count = 0

  init(capacity: Int = 4096) {
    start = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { start.deallocate() }

  /// All bytes; valid until the next change.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// A byte.
  ///
  /// - Precondition: `index` is less than ``count``.
  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "a byte that is there")
    return start[index]
  }

  /// Appends bytes that stand elsewhere.
  mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
    guard let source = more.baseAddress else { return }
    if capacity - count < more.count { grow(by: more.count) }
    (start + count).update(from: source, count: more.count)
    count += more.count
  }

  /// Appends one byte.
  mutating func append(_ byte: UInt8) {
    if capacity == count { grow(by: 1) }
    start[count] = byte
    count += 1
  }

  /// Removes everything behind the first bytes.
  ///
  /// - Precondition: `count` is not more than there are.
  mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count, "bytes are only removed")
    self.count = count
  }

  private mutating func grow(by more: Int) {
    let larger = max(capacity * 2, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: start, count: count)
    start.deallocate()
    (start, capacity) = (moved, larger)
  }
}
