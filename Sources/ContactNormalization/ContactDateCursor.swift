/// Reads the parts of a date from left to right.
struct DateCursor {
  let bytes: [UInt8]
  var index: Int
  let end: Int

  /// The digits that come next; a count above eight means more than fit.
  mutating func number() -> (value: Int, count: Int) {
    var value = 0
    var count = 0
    while index < end, isDigit(index), count < 9 {
      value = value * 10 + Int(bytes[index] - 48)
      count += 1
      index += 1
    }
    return (value, count)
  }

  /// The dot, slash or hyphen that comes next, if one does.
  mutating func separator() -> UInt8? {
    guard index < end else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-"):
      index += 1
      return bytes[index - 1]
    default: return nil
    }
  }

  /// Whether nothing follows but a fraction, the time of day in a spreadsheet's number.
  var isAtFractionEnd: Bool {
    guard index < end else { return true }
    guard bytes[index] == UInt8(ascii: ".") || bytes[index] == Byte.comma else { return false }
    return index + 1 < end && bytes[(index + 1)..<end].allSatisfy { $0 &- 48 < 10 }
  }

  /// Whether nothing follows but the word for year, a time of day, or both.
  var isAtDateEnd: Bool {
    var rest = self
    guard rest.index < end else { return true }
    if rest.skip(UInt8(ascii: "T")) { return rest.isTime(mayBeBasic: true) }
    let isApart = rest.skipBlanks()
    if rest.index == end { return isApart }
    if rest.skipYearWord() {
      let isTimeApart = rest.skipBlanks()
      if rest.index == end { return true }
      return isTimeApart && rest.isTime(mayBeBasic: false)
    }
    let hasComma = rest.skip(Byte.comma) && rest.skipBlanks()
    return (isApart || hasComma) && rest.isTime(mayBeBasic: false)
  }

  @inline(__always)
  private func isDigit(_ index: Int) -> Bool { bytes[index] &- 48 < 10 }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skip(_ word: String) -> Bool {
    let count = word.utf8.count
    guard index + count <= end, bytes[index..<(index + count)].elementsEqual(word.utf8) else {
      return false
    }
    index += count
    return true
  }

  /// Skips blanks and no-break spaces; returns whether there were any.
  mutating func skipBlanks() -> Bool {
    let start = index
    while index < end {
      if bytes[index] == Byte.space {
        index += 1
      } else if bytes[index] == 0xC2, index + 1 < end, bytes[index + 1] == 0xA0 {
        index += 2
      } else {
        break
      }
    }
    return index > start
  }

  private mutating func skipYearWord() -> Bool {
    var copy = self
    guard copy.skip("года") || copy.skip("г.") || copy.skip("г") else { return false }
    guard copy.index == end || bytes[copy.index] == Byte.space || bytes[copy.index] == 0xC2 else {
      return false
    }
    self = copy
    return true
  }

  /// Whether what is left is a time: `9:05`, `09:05:00.5+03:00`, `12:00:00 AM`, and behind a `T`
  /// also `090500Z`.
  private func isTime(mayBeBasic: Bool) -> Bool {
    var rest = self
    let hour = rest.number()
    if mayBeBasic, hour.count == 4 || hour.count == 6 {
      let (hours, minutes) =
        hour.count == 4
        ? (hour.value / 100, hour.value % 100) : (hour.value / 10_000, hour.value / 100 % 100)
      return hours <= 24 && minutes < 60 && (hour.count == 4 || hour.value % 100 <= 60)
        && rest.isZone
    }
    guard hour.count == 1 || hour.count == 2, hour.value <= 24 else { return false }
    guard rest.skip(UInt8(ascii: ":")) else { return false }
    let minute = rest.number()
    guard minute.count == 2, minute.value < 60 else { return false }
    if rest.skip(UInt8(ascii: ":")) {
      let second = rest.number()
      guard second.count == 2, second.value <= 60 else { return false }
      if rest.skip(UInt8(ascii: ".")) || rest.skip(Byte.comma) {
        let start = rest.index
        while rest.index < end, isDigit(rest.index) { rest.index += 1 }
        if rest.index == start { return false }
      }
    }
    var half = rest
    _ = half.skipBlanks()
    if half.skip("AM") || half.skip("PM") || half.skip("am") || half.skip("pm") {
      guard hour.value <= 12 else { return false }
      rest = half
    }
    return rest.isZone
  }

  /// Whether what is left is a zone or nothing.
  private var isZone: Bool {
    var rest = self
    _ = rest.skipBlanks()
    if rest.index == end { return true }
    if rest.skip("Z") || rest.skip("UTC") || rest.skip("GMT") || rest.skip("MSK") {
      return rest.index == end
    }
    guard rest.skip("+") || rest.skip("-") else { return false }
    let hours = rest.number()
    guard hours.count == 2 else { return hours.count == 4 && rest.index == end }
    if rest.index == end { return true }
    return rest.skip(":") && rest.number().count == 2 && rest.index == end
  }
}
