/// The character encodings that files come in.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// The Cyrillic code page of Windows, which spreadsheets in Russia still write.
  case windows1251 = "windows-1251"

  /// Finds an encoding by any of its usual names, in any case.
  package init?(name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "windows-1251", "cp1251", "win1251", "windows1251", "1251": self = .windows1251
    default: return nil
    }
  }

  /// The byte order mark of UTF-8, which Excel needs to recognize the encoding.
  package static let utf8ByteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
