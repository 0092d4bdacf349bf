/// Knows the words people write into a cell to say that there is no value.
enum PlaceholderCell {
  private static let words: Set<String> = [
    "нет", "нету", "нет данных", "уточнить", "уточняется", "не указан", "не указана",
    "не указано", "не указаны", "неизвестно", "неизвестен", "не известно", "не известен",
    "отсутствует", "пусто", "н/д", "н.д.", "б/н", "нет телефона", "нет почты", "нет email",
    "нет e-mail", "no", "none", "null", "nil", "n/a", "n.a.", "na", "unknown", "not set", "empty",
    "?", "??", "???", ".", "..", "...", "…", "*", "0.0.00", "00.00.00", "00.00.0000", "0000-00-00",
  ]

  /// Whether a trimmed cell stands for no value, where a phone, address, date or number is meant.
  ///
  /// Several placeholders with commas or semicolons between are one. Asked only of cells that could
  /// not be read, so a `String` costs nothing that matters.
  static func matches(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    if isDashes(bytes, range) { return true }
    guard range.count <= 64 else { return false }
    let parts = bytes[range].split { $0 == Byte.comma || $0 == Byte.semicolon }
    return !parts.isEmpty
      && parts.allSatisfy { part in
        let inner = TextCell.trimmed(bytes, part.startIndex..<part.endIndex)
        return isDashes(bytes, inner)
          || words.contains(String(decoding: bytes[inner], as: UTF8.self).lowercased())
      }
  }

  /// Whether a value is short enough for one of the words and begins like one.
  ///
  /// For values that nearly always are something else, such as names: it asks for one or two bytes.
  @inline(__always)
  static func mayMatch(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count <= 24, let first = range.first else { return false }
    switch bytes[first] {
    case 0xD0:
      guard range.count > 1 else { return false }
      // Н О П Б У in both cases; the small у is the next case.
      return [0x9D, 0xBD, 0x9E, 0xBE, 0x9F, 0xBF, 0x91, 0xB1, 0xA3].contains(bytes[first + 1])
    case 0xD1: return range.count > 1 && bytes[first + 1] == 0x83
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      return "nNuUeE".utf8.contains(bytes[first])
    default: return true
    }
  }

  /// Whether a cell consists of hyphens, dashes or minus signs, and perhaps blanks between.
  @inline(__always)
  static func isDashes(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard let first = range.first, bytes[first] == UInt8(ascii: "-") || bytes[first] == 0xE2 else {
      return false
    }
    return isDashesOnly(bytes, range)
  }

  private static func isDashesOnly(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "-"), Byte.space: index += 1
      case 0xE2 where index + 2 < range.upperBound:
        let (second, third) = (bytes[index + 1], bytes[index + 2])
        // U+2010…U+2015 and U+2212
        let isDash =
          (second == 0x80 && third >= 0x90 && third <= 0x95) || (second == 0x88 && third == 0x92)
        guard isDash else { return false }
        index += 3
      default: return false
      }
    }
    return true
  }
}
