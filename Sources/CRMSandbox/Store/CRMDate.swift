/// Dates as they stand on the wire and in the table: `YYYY-MM-DD hh:mm:ss`, without a zone.
enum CRMDate {
  /// The wall clock's text for a moment.
  static func text(secondsSince1970 seconds: Int, offset: Int) -> String {
    let local = seconds + offset
    let second = ((local % 86_400) + 86_400) % 86_400
    let day = civil(daysSince1970: (local - second) / 86_400)
    return text(
      [day.year, day.month, day.day], [second / 3600, second / 60 % 60, second % 60])
  }

  /// The same moment on a clock that is so many seconds ahead; a text that is no date stays.
  static func shifted(_ text: String, by seconds: Int) -> String {
    guard let moment = secondsSince1970(text) else { return text }
    return self.text(secondsSince1970: moment, offset: seconds)
  }

  /// The moment of a text `YYYY-MM-DD hh:mm:ss` of a clock in Greenwich.
  static func secondsSince1970(_ text: String) -> Int? {
    let fields = text.utf8.split { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      .map { Int(Substring($0)) ?? 0 }
    guard fields.count == 6 else { return nil }
    let (month, day) = (fields[1], fields[2])
    // Hinnant's `days_from_civil`.
    let year = month <= 2 ? fields[0] - 1 : fields[0]
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return days * 86_400 + fields[3] * 3600 + fields[4] * 60 + fields[5]
  }

  /// Reads `YYYY-MM-DD` with or without ` hh:mm` or ` hh:mm:ss`; `nil` where it is no date.
  ///
  /// A bare date is its midnight. `T` between date and time and a final `Z`, which says nothing
  /// here, are let through.
  static func normalized(_ text: String) -> String? {
    var bytes = text.utf8.drop { $0 == 0x20 }
    while bytes.last == 0x20 || bytes.last == UInt8(ascii: "Z") { bytes.removeLast() }
    let halves = bytes.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == 0x20 || $0 == UInt8(ascii: "T")
    }
    guard let first = halves.first, let date = numbers(first, separator: "-", widths: [4, 2, 2]),
      (1...12).contains(date[1]), (1...days(in: date[1], of: date[0])).contains(date[2])
    else { return nil }
    guard halves.count == 2 else { return self.text(date, [0, 0, 0]) }
    guard
      let time = numbers(halves[1], separator: ":", widths: [2, 2, 2])
        ?? numbers(halves[1], separator: ":", widths: [2, 2]).map({ $0 + [0] }),
      time[0] < 24, time[1] < 60, time[2] < 60
    else { return nil }
    return self.text(date, time)
  }

  private static func text(_ date: [Int], _ time: [Int]) -> String {
    padded(date[0], to: 4) + "-" + padded(date[1], to: 2) + "-" + padded(date[2], to: 2) + " "
      + time.map { padded($0, to: 2) }.joined(separator: ":")
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func numbers(
    _ text: Substring.UTF8View.SubSequence, separator: Unicode.Scalar, widths: [Int]
  ) -> [Int]? {
    let parts = text.split(
      separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
    guard parts.count == widths.count else { return nil }
    var result: [Int] = []
    for (part, width) in zip(parts, widths) {
      guard part.count == width else { return nil }
      var value = 0
      for digit in part {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
      }
      result.append(value)
    }
    return result
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// The Gregorian date of a day number (Hinnant's `civil_from_days`).
  private static func civil(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}
