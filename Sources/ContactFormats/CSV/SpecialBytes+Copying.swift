extension SpecialBytes {
  /// Copies bytes as long as none is special outside quotes.
  ///
  /// - Parameters:
  ///   - source: The bytes.
  ///   - target: Where they go. If some byte is special, what is written there means nothing.
  ///   - count: How many there are; not one more is read or written.
  /// - Returns: Whether none was special.
  @inline(__always)
  func copyPlain(
    _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
  ) -> Bool {
    if count >= 16 { return copyVectors(source, to: target, count: count) }
    if count >= 8 {
      // The second word may lie over a part of the first.
      let (first, second) = (
        source.loadUnaligned(as: UInt64.self),
        source.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      )
      target.storeBytes(of: first, as: UInt64.self)
      target.storeBytes(of: second, toByteOffset: count - 8, as: UInt64.self)
      return matches(in: first) | matches(in: second) == 0
    }
    for index in 0..<count {
      let byte = source.load(fromByteOffset: index, as: UInt8.self)
      if contains(byte) { return false }
      target.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
    }
    return true
  }

  @inline(__always)
  private func copyVectors(
    _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
  ) -> Bool {
    var found = SIMDMask<SIMD16<Int8>>(repeating: false)
    var place = 0
    while place < count {
      // The last vector may lie over a part of the one before.
      let offset = min(place, count - 16)
      let vector = source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      target.storeBytes(of: vector, toByteOffset: offset, as: SIMD16<UInt8>.self)
      found .|= vectorMatches(vector)
      place &+= 16
    }
    // `any(_:)` looks at lane by lane.
    let halves = unsafeBitCast(found, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] == 0
  }
}
