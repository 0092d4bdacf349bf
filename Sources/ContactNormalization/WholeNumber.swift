import ContactModel

/// A whole number that is not negative, such as a client's identifier.
///
/// Blanks between digits are left out, and so are leading zeros and a fraction of zeros, which
/// spreadsheets add (`12.0`), but not `12.000`, which may be thousands. At most eighteen digits.
enum WholeNumber {
  /// Writes the number of a trimmed cell.
  static func write(_ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter) {
    guard let number = read(bytes, range) else {
      if PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
      return writer.refuse(.invalidNumber, bytes, range)
    }
    writer.beginElement()
    writer.bytes.append(contentsOf: String(number).utf8)
  }

  /// The number of a trimmed cell, if it is one.
  static func read(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var number = 0
    var count = 0
    var index = range.lowerBound
    digits: while index < range.upperBound {
      let byte = bytes[index]
      switch byte {
      case 48...57:
        // Before the arithmetic: with eighteen digits there is no room for another.
        count += 1
        if number > 99_999_999_999_999_999 { return nil }
        number = number * 10 + Int(byte - 48)
      case Byte.space where count > 0: break
      case 0xC2 where count > 0 && index + 1 < range.upperBound && bytes[index + 1] == 0xA0:
        index += 1
      case UInt8(ascii: "."), Byte.comma:
        let fraction = bytes[(index + 1)..<range.upperBound]
        // Three zeros are as likely to be thousands.
        guard count > 0, !fraction.isEmpty, fraction.count != 3,
          fraction.allSatisfy({ $0 == 48 })
        else { return nil }
        break digits
      default: return nil
      }
      index += 1
    }
    return count > 0 ? number : nil
  }
}
