/// The upper half of windows-1251, in both directions.
///
/// Source: the mapping table of the Unicode Consortium, `CP1251.TXT`, version 2.01. Byte 0x98 is
/// not assigned.
enum Windows1251 {
  /// The scalars of the bytes 0x80…0xFF, in order; U+FFFD where no character is assigned.
  static let upperHalf: [UInt32] = Array(
    """
    ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\
    \u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї\
    АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ\
    абвгдежзийклмнопрстуфхцчшщъыьэюя
    """.unicodeScalars.map(\.value))

  /// For every byte its UTF-8 form: the bytes from the lowest, and their number in the top byte.
  static let utf8Forms: [UInt32] = (0..<256).map { byte in
    let scalar = byte < 0x80 ? UInt32(byte) : upperHalf[byte - 0x80]
    switch scalar {
    case ..<0x80:
      return 1 << 24 | scalar
    case ..<0x800:
      return 2 << 24 | (0x80 | scalar & 0x3F) << 8 | (0xC0 | scalar >> 6)
    default:
      return 3 << 24 | (0x80 | scalar & 0x3F) << 16 | (0x80 | (scalar >> 6) & 0x3F) << 8
        | (0xE0 | scalar >> 12)
    }
  }

  /// The byte of each scalar of the upper half.
  static let bytes: [UInt32: UInt8] = Dictionary(
    uniqueKeysWithValues: upperHalf.enumerated()
      .filter { $0.element != 0xFFFD }
      .map { ($0.element, UInt8($0.offset + 0x80)) })

  /// The byte of every scalar below U+0800, which are those with two bytes in UTF-8; 0 for none.
  static let shortForms: [UInt8] = (0..<0x800).map { bytes[$0] ?? 0 }

  /// The byte that no character is assigned to.
  static let unassigned: UInt8 = 0x98
}
