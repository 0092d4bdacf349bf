/// The character encodings that files come in.
///
/// The raw value is the name registered with IANA, in lower case; `x-mac-cyrillic`, which is not
/// registered, is what the WHATWG Encoding Standard calls it.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// What Windows calls Unicode.
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  /// The Cyrillic code page of Windows, which spreadsheets in Russia still write.
  case windows1251 = "windows-1251"
  /// Russian mail and Unix until about 2005 (RFC 1489).
  case koi8R = "koi8-r"
  /// The Russian code page of DOS, which old accounting programs write.
  case cp866 = "ibm866"
  /// Mac OS before version 10, and Excel for Mac today.
  case macCyrillic = "x-mac-cyrillic"
  /// The Cyrillic part of ISO 8859.
  case iso8859_5 = "iso-8859-5"
  /// The first Cyrillic code page of DOS, used in Bulgaria and Serbia.
  case cp855 = "ibm855"
  /// The Western European code page of Windows.
  case windows1252 = "windows-1252"

  /// Whether a character takes at least two bytes.
  package var isWide: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

  /// The bytes that mark a file as written in this encoding; none for encodings of one byte.
  ///
  /// U+FEFF in the encoding (the Unicode Standard, §23.8). Excel needs it to recognize UTF-8.
  package var byteOrderMark: [UInt8] {
    switch self {
    case .utf8: Self.utf8ByteOrderMark
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    default: []
    }
  }

  /// The byte order mark of UTF-8.
  package static let utf8ByteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The encoding whose byte order mark a text begins with.
  static func marked(by beginning: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    let candidates: [TextEncoding] = [.utf8, .utf16LittleEndian, .utf16BigEndian]
    return candidates.first { beginning.starts(with: $0.byteOrderMark) }
  }
}
