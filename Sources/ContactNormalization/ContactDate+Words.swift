import ContactModel

// Dates with words in them: months, and days of the week before any date.

extension ContactDate {
  /// Longer cells hold more than a date.
  private static let maximumByteCount = 80

  /// Reads `1 февраля 1985 г.`, `Feb 1, 1985`, `1985 Feb 1`, `пт, 01.02.1985`.
  static func readWords(
    _ bytes: [UInt8], _ range: Range<Int>, _ settings: DateSettings
  ) -> Reading {
    guard range.count <= maximumByteCount,
      bytes[range].contains(where: { $0 >= 0x80 || ($0 | 0x20) &- 97 < 26 })
    else { return .unreadable }
    var scanner = DateWordScanner(
      cursor: DateCursor(bytes: bytes, index: range.lowerBound, end: range.upperBound))
    if scanner.skipWeekday() {
      let rest = scanner.cursor.index..<range.upperBound
      let reading = readNumbers(bytes, rest, settings)
      if rest.isEmpty { return .unreadable }
      switch reading {
      case .unreadable, .serial: break
      default: return reading
      }
    }
    guard let parts = scanner.parts() else { return .unreadable }
    return checked(parts.year, month: parts.month, day: parts.day, settings)
  }
}

/// Finds day, month word and year.
private struct DateWordScanner {
  /// A number or a word.
  private enum Part {
    case number(value: Int, count: Int)
    case month(Int)
  }

  var cursor: DateCursor

  /// Skips `пт,` or `Friday,` and the blanks behind.
  mutating func skipWeekday() -> Bool {
    let start = cursor
    let word = word()
    guard Self.weekdays.contains(word) else {
      cursor = start
      return false
    }
    skipSigns()
    return true
  }

  /// Day, month and year with nothing behind but a time; `nil` if they are not there.
  mutating func parts() -> (day: Int, month: Int, year: (value: Int, count: Int))? {
    guard let first = part(), let second = part(), let third = part(), cursor.isAtDateEnd else {
      return nil
    }
    switch (first, second, third) {
    case (.number(let day, 1...2), .month(let month), .number(let year, let count))
    where count == 2 || count == 4:
      return (day, month, (year, count))
    case (.month(let month), .number(let day, 1...2), .number(let year, let count))
    where count == 2 || count == 4:
      return (day, month, (year, count))
    case (.number(let year, 4), .month(let month), .number(let day, 1...2)):
      return (day, month, (year, 4))
    default: return nil
    }
  }

  /// The next number or month, with the signs before it.
  private mutating func part() -> Part? {
    skipSigns()
    let number = cursor.number()
    if number.count > 0 {
      // `1st`, `2nd`
      let place = cursor
      if cursor.index < cursor.end, cursor.bytes[cursor.index] != Byte.space,
        !["st", "nd", "rd", "th"].contains(word())
      {
        cursor = place
      }
      return .number(value: number.value, count: number.count)
    }
    return Self.months[word()].map { .month($0) }
  }

  /// Skips blanks, dots, commas, hyphens, slashes and quotes, which stand between parts.
  private mutating func skipSigns() {
    let signs = [" ", "\u{A0}", ".", ",", "-", "/", "«", "»", "\""].map { Array($0.utf8) }
    while cursor.index < cursor.end,
      let sign = signs.first(where: { cursor.bytes[cursor.index..<cursor.end].starts(with: $0) })
    {
      cursor.index += sign.count
    }
  }

  /// The letters that come next, in small ones.
  private mutating func word() -> String {
    let start = cursor.index
    while cursor.index < cursor.end {
      let byte = cursor.bytes[cursor.index]
      if (byte | 0x20) &- 97 < 26 {
        cursor.index += 1
      } else if byte == 0xD0 || byte == 0xD1, cursor.index + 1 < cursor.end {
        cursor.index += 2
      } else {
        break
      }
    }
    return String(decoding: cursor.bytes[start..<cursor.index], as: UTF8.self).lowercased()
  }

  private static let months: [String: Int] = {
    let names = [
      "январь января янв january jan", "февраль февраля фев февр february feb",
      "март марта мар march mar", "апрель апреля апр april apr", "май мая may",
      "июнь июня июн june jun", "июль июля июл july jul", "август августа авг august aug",
      "сентябрь сентября сен сент september sep sept", "октябрь октября окт october oct",
      "ноябрь ноября ноя нояб november nov", "декабрь декабря дек december dec",
    ]
    var months: [String: Int] = [:]
    for (index, list) in names.enumerated() {
      for name in list.split(separator: " ") { months[String(name)] = index + 1 }
    }
    return months
  }()

  private static let weekdays = Set(
    """
    пн вт ср чт пт сб вс понедельник вторник среда четверг пятница суббота воскресенье
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
