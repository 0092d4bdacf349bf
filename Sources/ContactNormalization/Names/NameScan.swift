/// Recognizes names that need nothing done to them, which most are.
enum NameScan {
  /// Whether a cell is made of words such as `Иванов`, one blank between, in Russian or in ASCII
  /// letters throughout; each part of a double name has a capital, as have initials with a dot.
  ///
  /// What it accepts, the slow way of ``NameCell`` leaves as it is.
  ///
  /// - Complexity: O(*n*); allocates nothing.
  static func isClean(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard let first = range.first, range.count <= 200 else { return false }
    return bytes[first] == 0xD0
      ? isCleanRussian(bytes, range) : isCleanASCII(bytes, range)
  }

  private static func isCleanRussian(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    var letters = 0
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == 0xD0 || byte == 0xD1 {
        guard index + 1 < range.upperBound else { return false }
        let second = bytes[index + 1]
        let isCapital = byte == 0xD0 && ((0x90...0xAF).contains(second) || second == 0x81)
        let isSmall =
          byte == 0xD0
          ? (0xB0...0xBF).contains(second) : (0x80...0x8F).contains(second) || second == 0x91
        guard letters == 0 ? isCapital : isSmall else { return false }
        letters += 1
        index += 2
      } else {
        guard isBreak(byte, after: letters), index + 1 < range.upperBound || byte != Byte.space
        else { return false }
        if byte == UInt8(ascii: "."), index + 1 < range.upperBound, bytes[index + 1] == Byte.space {
          index += 1
        }
        letters = 0
        index += 1
      }
    }
    return letters > 0 || bytes[range.upperBound - 1] == UInt8(ascii: ".")
  }

  private static func isCleanASCII(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    var letters = 0
    while index < range.upperBound {
      let byte = bytes[index]
      let isCapital = byte &- 65 < 26
      if isCapital || byte &- 97 < 26 {
        guard isCapital == (letters == 0) else { return false }
        letters += 1
      } else {
        guard isBreak(byte, after: letters) else { return false }
        if byte == UInt8(ascii: "."), index + 1 < range.upperBound, bytes[index + 1] == Byte.space {
          index += 1
        }
        letters = 0
      }
      index += 1
    }
    return letters > 0 || bytes[range.upperBound - 1] == UInt8(ascii: ".")
  }

  /// Whether a byte may stand behind so many letters: a blank, a hyphen, or an initial's dot.
  @inline(__always)
  private static func isBreak(_ byte: UInt8, after letters: Int) -> Bool {
    switch byte {
    case Byte.space, UInt8(ascii: "-"): letters > 0
    case UInt8(ascii: "."): letters == 1
    default: false
    }
  }
}
