import ContactModel

/// Trims cells and cleans the text in them.
enum TextCell {
  /// A range without the blanks at its ends: ASCII blanks, line breaks and no-break spaces.
  @inline(__always)
  static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    // Most cells begin and end with a letter or digit.
    if start < end, bytes[start] > 0x20, bytes[start] != 0xC2, bytes[end - 1] > 0x20,
      bytes[end - 1] != 0xA0
    {
      return range
    }
    while start < end {
      let byte = bytes[start]
      if isBlank(byte) {
        start += 1
      } else if byte == 0xC2, start + 1 < end, bytes[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    while end > start {
      let byte = bytes[end - 1]
      if isBlank(byte) {
        end -= 1
      } else if byte == 0xA0, end - 1 > start, bytes[end - 2] == 0xC2 {
        end -= 2
      } else {
        break
      }
    }
    return start..<end
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == Byte.space || byte == Byte.tab || byte == Byte.lineFeed
      || byte == Byte.carriageReturn
  }

  /// Writes a trimmed cell of text.
  ///
  /// Control characters (C0) other than tabs and line breaks are left out with a note. A cell of
  /// dashes alone is a placeholder and counts as empty; words such as `нет` may be an answer, so in
  /// text they stay.
  static func write(
    _ bytes: [UInt8], _ range: Range<Int>, isJoined: Bool, to writer: inout ValueWriter
  ) {
    if hasLowByte(bytes, range), bytes[range].contains(where: { $0 < 0x20 && !isBlank($0) }) {
      writeCleaned(bytes, range, isJoined: isJoined, to: &writer)
    } else if PlaceholderCell.isDashes(bytes, range) {
      writer.report(.placeholder)
    } else {
      writer.appendElement(bytes, range, isJoined: isJoined)
    }
  }

  /// Whether a byte below 0x20 may be among some bytes; asked for eight at a time.
  @inline(__always)
  private static func hasLowByte(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let raw = bytes.span.bytes
    var index = range.lowerBound
    var low: UInt64 = 0
    while index + 8 <= range.upperBound {
      let eight = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      // The high bit of a byte is set where the byte is below 0x20, or stands behind one that is.
      low |= (eight &- 0x2020_2020_2020_2020) & ~eight
      index += 8
    }
    if low & 0x8080_8080_8080_8080 != 0 { return true }
    while index < range.upperBound {
      if bytes[index] < 0x20 { return true }
      index += 1
    }
    return false
  }

  private static func writeCleaned(
    _ bytes: [UInt8], _ range: Range<Int>, isJoined: Bool, to writer: inout ValueWriter
  ) {
    let text = bytes[range].filter { $0 >= 0x20 || isBlank($0) }
    writer.report(.controlCharacters, detail: range.count - text.count)
    let rest = trimmed(text, 0..<text.count)
    if rest.isEmpty { return }
    write(text, rest, isJoined: isJoined, to: &writer)
  }
}
