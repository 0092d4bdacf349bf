extension SingleByteTable {
  /// How many bytes are decoded before they are appended; their text stays in the nearest cache.
  private static let pieceSize = 2048

  /// Decodes bytes and appends their text.
  ///
  /// - Returns: How many bytes had no character and became U+FFFD.
  /// - Complexity: O(*n*); ASCII is copied a word at a time, everything else costs a look into the
  ///   table and a store of four bytes, of which those not needed are overwritten by the next.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) -> Int {
    var seen: UInt32 = 0
    utf8Forms.withUnsafeBufferPointer { forms in
      // Three bytes at most for one, and a word's width of slack, since words are stored whole.
      withUnsafeTemporaryAllocation(byteCount: Self.pieceSize * 3 + 8, alignment: 8) { target in
        var start = 0
        while start < bytes.count {
          let end = min(start + Self.pieceSize, bytes.count)
          let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
          let count = Self.decode(piece, by: forms, to: target, seen: &seen)
          text.append(contentsOf: UnsafeRawBufferPointer(rebasing: target[..<count]))
          start = end
        }
      }
    }
    guard seen & Self.unassignedFlag != 0 else { return 0 }
    return bytes.count { utf8Forms[Int($0)] & Self.unassignedFlag != 0 }
  }

  /// Decodes a piece into a buffer that is long enough for it.
  ///
  /// - Parameters:
  ///   - bytes: The piece.
  ///   - forms: The table.
  ///   - target: Room for three bytes for each, and eight more.
  ///   - seen: Collects the forms' flags.
  /// - Returns: How many bytes were written.
  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, by forms: UnsafeBufferPointer<UInt32>,
    to target: UnsafeMutableRawBufferPointer, seen: inout UInt32
  ) -> Int {
    let source = UnsafeRawBufferPointer(bytes)
    var (index, written, flags) = (0, 0, UInt32(0))
    func put(_ byte: UInt8) {
      let form = forms[Int(byte)]
      target.storeBytes(of: form.littleEndian, toByteOffset: written, as: UInt32.self)
      written &+= Int(form >> 24 & 3)
      flags |= form
    }
    while index &+ 8 <= bytes.count {
      let word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      if word & UTF8Scanner.highBits == 0 {
        target.storeBytes(of: word.littleEndian, toByteOffset: written, as: UInt64.self)
        written &+= 8
      } else {
        for offset in 0..<8 as Range<UInt64> {
          put(UInt8(truncatingIfNeeded: word >> (offset * 8)))
        }
      }
      index &+= 8
    }
    while index < bytes.count {
      put(bytes[index])
      index &+= 1
    }
    seen |= flags
    return written
  }
}
