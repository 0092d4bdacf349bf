/// Texts that people put into a cell to say that they have no value.
///
/// For values of a known form (phones, e-mails, dates, numbers) words count too; in plain text only
/// dashes do, since a word may be an answer.
enum Placeholder {
  /// The words, in lower case; a full stop behind them does not matter.
  private static let words: [[UInt8]] = [
    "нет", "нету", "нет данных", "не указан", "не указана", "не указано", "не указаны",
    "неизвестно", "неизвестен", "не известно", "отсутствует", "уточнить", "уточняется", "пусто",
    "н/д", "б/н", "n/a", "na", "none", "null", "nil", "no", "unknown", "not set", "tbd", "x", "х",
    "?", "??", "???", "0.0.00", "00.00.0000",
  ].map { Array($0.utf8) }

  /// The longest word; longer cells are not looked at.
  private static let longest = words.reduce(0) { max($0, $1.count) }

  /// Whether a trimmed cell is a placeholder: dashes, or one of the words in any case.
  static func matches(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return false }
    if isDashes(bytes, range) { return true }
    var end = range.upperBound
    if bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    let count = end - range.lowerBound
    guard count > 0, count <= longest else { return false }
    return words.contains { word in
      word.count == count && isSame(word, bytes, range.lowerBound)
    }
  }

  /// Whether a trimmed cell holds nothing but dashes (hyphens, dashes, minus signs, underscores)
  /// and blanks between them.
  static func isDashes(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var hasDash = false
    var index = range.lowerBound
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "-"), UInt8(ascii: "_"):
        hasDash = true
        index += 1
      case Byte.space: index += 1
      case 0xC2 where index + 1 < range.upperBound && bytes[index + 1] == 0xA0: index += 2
      case 0xE2 where index + 2 < range.upperBound:
        // U+2010…U+2015, the dashes of General Punctuation, and U+2212, the minus sign.
        let isDash = bytes[index + 1] == 0x80 && (0x90...0x95).contains(bytes[index + 2])
        let isMinus = bytes[index + 1] == 0x88 && bytes[index + 2] == 0x92
        guard isDash || isMinus else { return false }
        hasDash = true
        index += 3
      default: return false
      }
    }
    return hasDash
  }

  /// Whether the bytes from `start` are a word of as many bytes, letters in any case.
  private static func isSame(_ word: [UInt8], _ bytes: [UInt8], _ start: Int) -> Bool {
    var index = 0
    while index < word.count {
      let byte = bytes[start + index]
      if byte < 0x80 {
        let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        guard word[index] == (isCapital ? byte | 0x20 : byte) else { return false }
        index += 1
        continue
      }
      guard index + 1 < word.count else { return false }
      let small = lowercased(byte, bytes[start + index + 1])
      guard word[index] == small.0, word[index + 1] == small.1 else { return false }
      index += 2
    }
    return true
  }

  /// A Cyrillic letter А…Я in UTF-8 as its small one; any other two bytes unchanged.
  private static func lowercased(_ first: UInt8, _ second: UInt8) -> (UInt8, UInt8) {
    guard first == 0xD0 else { return (first, second) }
    switch second {
    case 0x90...0x9F: return (0xD0, second + 0x20)
    case 0xA0...0xAF: return (0xD1, second - 0x20)
    default: return (first, second)
    }
  }
}
