import ContactModel

/// A calendar date of the Gregorian calendar, between the years 1800 and 2199.
///
/// Read are `D.M.YYYY`, `D/M/YYYY`, `D-M-YYYY`, `YYYY-M-D` (also with dots or slashes) and
/// `YYYYMMDD`; a time behind the date and the words `г.`, `года` are left out. The day stands before
/// the month, as in Russia. Years of two digits are not read: which century is meant, only the
/// person who typed them knows.
struct ContactDate: Equatable {
  var year: Int
  var month: Int
  var day: Int

  /// What a text is.
  enum Reading: Equatable {
    case date(ContactDate)
    /// Three numbers where a date has them, but there is no such day.
    case impossible
    case unreadable
  }

  /// Reads a trimmed cell.
  static func read(_ bytes: [UInt8], _ range: Range<Int>) -> Reading {
    var cursor = DigitCursor(bytes: bytes, index: range.lowerBound, end: range.upperBound)
    let first = cursor.number()
    if first.count == 8, cursor.isAtDateEnd {
      let (year, rest) = first.value.quotientAndRemainder(dividingBy: 10_000)
      return checked(year: year, month: rest / 100, day: rest % 100)
    }
    guard let separator = cursor.separator() else { return .unreadable }
    let second = cursor.number()
    guard second.count == 1 || second.count == 2, cursor.separator() == separator else {
      return .unreadable
    }
    let third = cursor.number()
    guard cursor.isAtDateEnd else { return .unreadable }
    if first.count == 4, third.count == 1 || third.count == 2 {
      return checked(year: first.value, month: second.value, day: third.value)
    }
    if third.count == 4, first.count == 1 || first.count == 2 {
      return checked(year: third.value, month: second.value, day: first.value)
    }
    return .unreadable
  }

  private static func checked(year: Int, month: Int, day: Int) -> Reading {
    guard year >= 1800, year < 2200, month >= 1, month <= 12, day >= 1,
      day <= dayCount(year: year, month: month)
    else { return .impossible }
    return .date(ContactDate(year: year, month: month, day: day))
  }

  private static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Appends `YYYY-MM-DD`.
  func append(to output: inout [UInt8]) {
    Self.append(year / 100, to: &output)
    Self.append(year % 100, to: &output)
    output.append(UInt8(ascii: "-"))
    Self.append(month, to: &output)
    output.append(UInt8(ascii: "-"))
    Self.append(day, to: &output)
  }

  private static func append(_ pair: Int, to output: inout [UInt8]) {
    output.append(48 + UInt8(pair / 10))
    output.append(48 + UInt8(pair % 10))
  }
}

extension ContactDate {
  /// Writes the date of a trimmed cell.
  static func write(_ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter) {
    let reading = read(bytes, range)
    if case .date(let date) = reading {
      writer.beginElement()
      return date.append(to: &writer.bytes)
    }
    if PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
    switch reading {
    case .date: break
    case .impossible: writer.refuse(.dateImpossible, bytes, range)
    case .unreadable: writer.refuse(.dateUnreadable, bytes, range)
    }
  }
}

/// Reads the numbers of a date from left to right.
private struct DigitCursor {
  let bytes: [UInt8]
  var index: Int
  let end: Int

  /// The digits that come next; a count above eight means more than fit.
  mutating func number() -> (value: Int, count: Int) {
    var value = 0
    var count = 0
    while index < end, bytes[index] &- 48 < 10, count < 9 {
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

  /// Whether nothing follows but a time of day or the word for year.
  var isAtDateEnd: Bool {
    guard index < end else { return true }
    switch bytes[index] {
    case UInt8(ascii: "T"), Byte.space: break
    case 0xD0: return isYearWord(from: index)
    default: return false
    }
    var start = index + 1
    while start < end, bytes[start] == Byte.space { start += 1 }
    if start == end { return bytes[index] == Byte.space }
    if bytes[index] == Byte.space, isYearWord(from: start) { return true }
    guard bytes[start] &- 48 < 10 else { return false }
    // Digits, colons, a fraction, and a zone such as Z or +03:00
    return bytes[start..<end].allSatisfy { byte in
      byte &- 48 < 10 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "Z") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }
  }

  private func isYearWord(from start: Int) -> Bool {
    let word = bytes[start..<end]
    return word.elementsEqual("г".utf8) || word.elementsEqual("г.".utf8)
      || word.elementsEqual("года".utf8)
  }
}
