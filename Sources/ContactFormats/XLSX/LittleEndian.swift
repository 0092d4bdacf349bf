extension Array<UInt8> {
  /// The number in so many bytes, the lowest first; `nil` where they are not all there, or where the
  /// number is larger than any length or place can be.
  func littleEndian(at place: Int, byteCount: Int) -> Int? {
    guard place >= 0, byteCount <= 8, place <= count - byteCount else { return nil }
    var number: UInt64 = 0
    for index in stride(from: byteCount - 1, through: 0, by: -1) {
      number = number << 8 | UInt64(self[place + index])
    }
    return Int(exactly: number)
  }

  /// Appends a number's lowest bytes, the lowest first.
  mutating func appendLittleEndian(_ number: Int, byteCount: Int) {
    for index in 0..<byteCount { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}

extension RandomAccessBytes {
  /// The bytes of a range.
  ///
  /// - Throws: ``FormatError`` with ``FormatError/Code/brokenPackage`` if the range does not lie in the
  ///   file; ranges come from the file itself.
  func bytes(from start: Int, count length: Int) throws(FormatError) -> [UInt8] {
    guard start >= 0, length >= 0, start <= count, length <= count - start else {
      throw FormatError(.brokenPackage, found: "it is cut off")
    }
    var bytes: [UInt8] = []
    if length > 0 { try read(start..<start + length, into: &bytes) }
    guard bytes.count == length else {
      throw FormatError(.brokenPackage, found: "it is cut off")
    }
    return bytes
  }
}
