/// Bytes of a body under construction, with room behind them that is filled without allocating.
struct BodyBuffer: Sendable {
  /// How many bytes have been written.
  private(set) var count: Int
  /// What has been written, then room.
  private var bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    count = bytes.count
  }

  /// What has been written.
  var contents: ArraySlice<UInt8> { bytes[..<count] }

  /// Drops everything behind a place.
  mutating func truncate(to count: Int) { self.count = min(self.count, count) }

  /// Makes room for so many bytes more.
  mutating func reserve(_ room: Int) {
    let missing = count + room - bytes.count
    if missing > 0 {
      bytes.append(contentsOf: repeatElement(0, count: max(missing, bytes.count)))
    }
  }

  /// Writes bytes as they are.
  ///
  /// - Precondition: There is room for them.
  mutating func write(_ text: Span<UInt8>) {
    let room = count..<(count + text.count)
    bytes.withUnsafeMutableBytes { output in
      text.withUnsafeBytes { text in
        UnsafeMutableRawBufferPointer(rebasing: output[room]).copyMemory(from: text)
      }
    }
    count = room.upperBound
  }

  /// Writes bytes that stand in the buffer already once more.
  ///
  /// - Precondition: There is room for them.
  mutating func `repeat`(_ range: Range<Int>) {
    precondition(range.upperBound <= count, "only what has been written")
    bytes.withUnsafeMutableBytes { output in
      let room = UnsafeMutableRawBufferPointer(rebasing: output[count..<(count + range.count)])
      room.copyMemory(from: UnsafeRawBufferPointer(rebasing: output[range]))
    }
    count += range.count
  }

  /// Writes one byte.
  ///
  /// - Precondition: There is room for it.
  mutating func write(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  /// Writes a number that is not negative in decimal digits.
  ///
  /// - Precondition: There is room for them.
  mutating func write(decimal number: Int) {
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      write(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  /// Writes bytes as the contents of a JSON string.
  ///
  /// - Precondition: There is room for `JSONTextEncoder.maximumCount(of:)` bytes.
  mutating func writeEscaped(_ value: Span<UInt8>) {
    let start = count
    count = bytes.withUnsafeMutableBytes { JSONTextEncoder.write(value, to: $0, at: start) }
  }

  /// Writes bytes percent-encoded.
  ///
  /// - Precondition: There is room for `FormEncoder.maximumCount(of:)` bytes.
  mutating func writeEncoded(_ value: Span<UInt8>) {
    let start = count
    count = bytes.withUnsafeMutableBytes { FormEncoder.write(value, to: $0, at: start) }
  }
}
