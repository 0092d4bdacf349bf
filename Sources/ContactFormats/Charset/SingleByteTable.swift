/// An encoding of one byte a character, in both directions; its lower half is ASCII.
struct SingleByteTable: Sendable {
  /// The scalars of the bytes 0x80…0xFF, in order; U+FFFD where no character is assigned.
  let upperHalf: [UInt32]

  /// For every byte its UTF-8 form: the bytes from the lowest, their number in the top byte, and
  /// ``unassignedFlag`` where the byte has no character.
  let utf8Forms: [UInt32]

  /// The byte of each scalar of the upper half.
  let bytes: [UInt32: UInt8]

  /// The byte of every scalar below U+0800, which are those with at most two bytes in UTF-8; 0 for
  /// none.
  let shortForms: [UInt8]

  /// Set in the form of a byte that no character is assigned to.
  static let unassignedFlag: UInt32 = 0x8000_0000

  /// - Parameter upperHalf: The characters of the bytes 0x80…0xFF.
  init(_ upperHalf: String) {
    let scalars = upperHalf.unicodeScalars.map(\.value)
    precondition(scalars.count == 128, "a table of half a code page has 128 characters")
    let bytes = Dictionary(
      uniqueKeysWithValues: scalars.enumerated().filter { $0.element != 0xFFFD }
        .map { ($0.element, UInt8($0.offset + 0x80)) })
    self.upperHalf = scalars
    self.bytes = bytes
    utf8Forms = (0..<256).map { Self.utf8Form(of: $0 < 0x80 ? UInt32($0) : scalars[$0 - 0x80]) }
    shortForms = (0..<0x800).map { $0 < 0x80 ? UInt8($0) : bytes[$0] ?? 0 }
  }

  private static func utf8Form(of scalar: UInt32) -> UInt32 {
    switch scalar {
    case ..<0x80:
      return 1 << 24 | scalar
    case ..<0x800:
      return 2 << 24 | (0x80 | scalar & 0x3F) << 8 | (0xC0 | scalar >> 6)
    default:
      let form =
        3 << 24 | (0x80 | scalar & 0x3F) << 16 | (0x80 | (scalar >> 6) & 0x3F) << 8
        | (0xE0 | scalar >> 12)
      return scalar == 0xFFFD ? form | unassignedFlag : form
    }
  }
}
