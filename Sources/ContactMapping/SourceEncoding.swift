/// The encodings a mapping can name, under their IANA names.
package enum SourceEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1251 = "windows-1251"
  case koi8R = "koi8-r"
  case cp866 = "ibm866"
  case macCyrillic = "x-mac-cyrillic"
  case iso8859Part5 = "iso-8859-5"
  case cp855 = "ibm855"
  case windows1252 = "windows-1252"

  /// Finds an encoding by any of its usual names, in any case, with `-`, `_`, a blank or nothing
  /// between its parts.
  ///
  /// UTF-16 without an order of bytes is the little-endian one that Windows writes; Latin-1 is read
  /// as windows-1252, which holds all of it.
  init?(name: String) {
    let plain = name.lowercased().filter { !"-_ ".contains($0) }
    guard let encoding = SourceEncoding.names[plain] else { return nil }
    self = encoding
  }

  private static let names: [String: SourceEncoding] = [
    "utf8": .utf8, "utf8bom": .utf8, "utf8sig": .utf8, "65001": .utf8, "cp65001": .utf8,
    "utf16le": .utf16LittleEndian, "utf16": .utf16LittleEndian, "unicode": .utf16LittleEndian,
    "ucs2": .utf16LittleEndian, "ucs2le": .utf16LittleEndian, "1200": .utf16LittleEndian,
    "utf16be": .utf16BigEndian, "ucs2be": .utf16BigEndian, "1201": .utf16BigEndian,
    "windows1251": .windows1251, "cp1251": .windows1251, "win1251": .windows1251,
    "1251": .windows1251,
    "koi8r": .koi8R, "koi8": .koi8R, "cp20866": .koi8R, "20866": .koi8R,
    "ibm866": .cp866, "cp866": .cp866, "866": .cp866, "dos": .cp866, "dos866": .cp866,
    "oem866": .cp866,
    "xmaccyrillic": .macCyrillic, "maccyrillic": .macCyrillic, "10007": .macCyrillic,
    "cp10007": .macCyrillic,
    "iso88595": .iso8859Part5, "88595": .iso8859Part5, "28595": .iso8859Part5,
    "cp28595": .iso8859Part5,
    "ibm855": .cp855, "cp855": .cp855, "855": .cp855, "oem855": .cp855,
    "windows1252": .windows1252, "cp1252": .windows1252, "win1252": .windows1252,
    "1252": .windows1252, "iso88591": .windows1252, "88591": .windows1252, "latin1": .windows1252,
  ]
}
