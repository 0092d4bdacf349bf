extension TextEncoding {
  /// Finds an encoding by any of its usual names, in any case.
  ///
  /// The names are those of IANA's registry, of the WHATWG Encoding Standard and of common programs;
  /// hyphens and underscores do not matter. As there, ISO 8859-1 is read as windows-1252,
  /// which has all of its letters; ASCII is read as UTF-8, which has all of ASCII. UTF-16 without a
  /// byte order is little-endian unless the text begins with the other mark, see ``TextDecoder``.
  package init?(name: String) {
    let letters = name.lowercased().filter { !"-_".contains($0) }
    guard let found = Self.allCases.first(where: { $0.names.contains(letters) }) else { return nil }
    self = found
  }

  /// The usual names in lower case, without hyphens and underscores.
  private var names: [String] {
    switch self {
    case .utf8:
      ["utf8", "utf8bom", "utf8sig", "unicode11utf8", "65001", "cp65001", "usascii", "ascii"]
    case .utf16LittleEndian:
      ["utf16le", "utf16", "ucs2", "ucs2le", "iso10646ucs2", "unicode", "1200", "cp1200"]
    case .utf16BigEndian: ["utf16be", "ucs2be", "unicodefffe", "1201", "cp1201"]
    case .windows1251: ["windows1251", "cp1251", "win1251", "win", "xcp1251", "1251", "ansi1251"]
    case .koi8R: ["koi8r", "koi8", "koi", "cskoi8r", "cp20866", "20866"]
    case .cp866: ["ibm866", "cp866", "oem866", "dos866", "dos", "866", "csibm866"]
    case .macCyrillic: ["xmaccyrillic", "maccyrillic", "mac", "cp10007", "10007", "xmacukrainian"]
    case .iso8859_5:
      ["iso88595", "88595", "cyrillic", "isoir144", "csisolatincyrillic", "cp28595", "28595"]
    case .cp855: ["ibm855", "cp855", "oem855", "855", "csibm855"]
    case .windows1252:
      ["windows1252", "cp1252", "win1252", "xcp1252", "1252", "ansi", "latin1", "l1"]
        + ["iso88591", "csisolatin1", "cp819", "ibm819"]
    }
  }
}
