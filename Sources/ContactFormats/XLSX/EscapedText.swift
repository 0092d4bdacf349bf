/// The escapes by which workbooks hold characters that XML cannot: `_x000D_` is a carriage return
/// (ECMA-376-1 §22.9.2.19, `ST_Xstring`).
enum EscapedText {
  static let length = 7
  /// The most bytes of XML a cell's text is read from; a longer one makes its record too long.
  ///
  /// Excel's limit of 32,767 characters needs 224 KB where every one is escaped. The rest is left for
  /// programs that allow more characters than Excel.
  static let longestText = 256 * 1024

  /// Replaces the escapes in `bytes` behind `start` by the characters they stand for.
  ///
  /// `_x0000_` and halves of pairs stay as they are, since no text holds them.
  static func decode(_ bytes: inout [UInt8], from start: Int) {
    guard var place = bytes[start...].firstIndex(of: UInt8(ascii: "_")) else { return }
    guard bytes.count - place >= length else { return }
    var end = place
    while place < bytes.count {
      if let (scalar, count) = scalar(in: bytes, at: place) {
        // An escape is longer than what it stands for, so nothing unread is overwritten.
        for byte in UTF8.encode(scalar).map(Array.init) ?? [] {
          bytes[end] = byte
          end += 1
        }
        place += count
      } else {
        bytes[end] = bytes[place]
        end += 1
        place += 1
      }
    }
    bytes.removeSubrange(end...)
  }

  /// The character that an escape, or a pair of them, stands for, and how many bytes that takes.
  static func scalar(in bytes: [UInt8], at place: Int) -> (Unicode.Scalar, Int)? {
    guard let first = unit(in: bytes, at: place), first != 0 else { return nil }
    if let scalar = Unicode.Scalar(first) { return (scalar, length) }
    guard UTF16.isLeadSurrogate(first), let second = unit(in: bytes, at: place + length),
      UTF16.isTrailSurrogate(second)
    else { return nil }
    return (
      UTF16.decode(UTF16.EncodedScalar([first, second])), 2 * length
    )
  }

  private static func unit(in bytes: [UInt8], at place: Int) -> UInt16? {
    guard bytes.count - place >= length, bytes[place] == UInt8(ascii: "_"),
      bytes[place + 1] == UInt8(ascii: "x"), bytes[place + 6] == UInt8(ascii: "_")
    else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[place + 2..<place + 6] {
      guard let digit = hexadecimalDigit(byte) else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
