/// A moment as calendar date and clock time in UTC, by the Gregorian calendar.
///
/// Written out rather than taken from a formatter: identifiers must come out the same whatever the
/// machine's locale, calendar and time zone are.
struct UTCTime: Equatable {
  let year: Int
  let month: Int
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int

  /// The moment so many seconds after 1970 began, leap seconds not counted.
  init(secondsSince1970 seconds: Int) {
    let (days, rest) = Self.floorDivide(seconds, 86_400)
    // Days to date: Howard Hinnant's `civil_from_days`, whose year begins in March so that the
    // leap day is the last.
    let shifted = days + 719_468
    let era = Self.floorDivide(shifted, 146_097).quotient
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// A moment from its parts; `nil` where there is no such day or time.
  init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    guard year >= 1, (1...12).contains(month), (0..<24).contains(hour), (0..<60).contains(minute),
      (0..<60).contains(second), (1...Self.dayCount(ofMonth: month, year: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// `20261123T165301Z`, the basic format of ISO 8601.
  var compactText: String {
    Self.digits(year, 4) + Self.digits(month, 2) + Self.digits(day, 2) + "T"
      + Self.digits(hour, 2) + Self.digits(minute, 2) + Self.digits(second, 2) + "Z"
  }

  /// `2026-11-23T16:53:01Z`, the extended format of ISO 8601.
  var extendedText: String {
    Self.digits(year, 4) + "-" + Self.digits(month, 2) + "-" + Self.digits(day, 2) + "T"
      + Self.digits(hour, 2) + ":" + Self.digits(minute, 2) + ":" + Self.digits(second, 2) + "Z"
  }

  private static func dayCount(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  private static func floorDivide(_ number: Int, _ by: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: by)
    return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder)
  }
}
