/// A point in time as spreadsheets count it: days since an epoch, the time of day as a fraction.
///
/// Times are rounded to the second, which is as exact as a fraction of a day written with 15 digits is.
struct SerialDate: Equatable {
  /// The days before the count begins (ECMA-376-1 §18.17.4.1).
  enum Epoch: Sendable, Equatable {
    /// Day 1 is 1900-01-01. Day 60, 1900-02-29, never was; it becomes 1900-02-28.
    case year1900
    /// Day 0 is 1904-01-01, in workbooks from old Macs.
    case year1904
  }

  private static let secondsPerDay = 86_400
  /// 9999-12-31, counted from 1900; no date lies behind it.
  private static let lastDay = 2_958_465
  /// What day 0 of the two epochs is, counted from 1970-01-01.
  private static let day0 = (year1900: -25_569, year1904: -24_107)

  private let day: Int
  private let second: Int
  /// The day 0 of a count is no date, only a time.
  private let isTimeOnly: Bool

  /// - Returns: `nil` if the number lies outside the calendar.
  init?(_ value: Double, epoch: Epoch) {
    guard value >= 0, value < Double(Self.lastDay + 1) else { return nil }
    let whole = Int(value)
    let seconds = Int(((value - Double(whole)) * Double(Self.secondsPerDay)).rounded())
    let number = whole + seconds / Self.secondsPerDay
    second = seconds % Self.secondsPerDay
    isTimeOnly = number == 0
    switch epoch {
    // Up to the day that never was, the count runs one ahead of the calendar's.
    case .year1900: day = Self.day0.year1900 + number + (number < 60 ? 1 : 0)
    case .year1904: day = Self.day0.year1904 + number
    }
    guard day <= Self.day0.year1900 + Self.lastDay else { return nil }
  }

  /// Appends `YYYY-MM-DD`, with ` HH:MM:SS` where there is a time of day; the time alone on day 0.
  func append(to bytes: inout [UInt8]) {
    if !isTimeOnly {
      let (year, month, day) = Self.civil(fromDay: day)
      bytes.appendDecimal(year, width: 4)
      bytes.append(UInt8(ascii: "-"))
      bytes.appendDecimal(month, width: 2)
      bytes.append(UInt8(ascii: "-"))
      bytes.appendDecimal(day, width: 2)
      if second == 0 { return }
      bytes.append(Byte.space)
    }
    Self.appendTime(seconds: second, to: &bytes)
  }

  /// Appends a duration in days as `HH:MM:SS`, with as many hours as there are.
  ///
  /// - Returns: `false`, with nothing appended, if it is longer than the calendar.
  static func appendDuration(_ days: Double, to bytes: inout [UInt8]) -> Bool {
    guard abs(days) <= Double(lastDay) else { return false }
    let seconds = Int((days * Double(secondsPerDay)).rounded())
    if seconds < 0 { bytes.append(UInt8(ascii: "-")) }
    appendTime(seconds: abs(seconds), to: &bytes)
    return true
  }

  private static func appendTime(seconds: Int, to bytes: inout [UInt8]) {
    bytes.appendDecimal(seconds / 3600, width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDecimal(seconds / 60 % 60, width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDecimal(seconds % 60, width: 2)
  }

  /// The date of a day counted from 1970-01-01 in the Gregorian calendar.
  ///
  /// Years begin in March here, so that the leap day is the last; 400 of them have 146,097 days.
  private static func civil(fromDay day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }
}

extension [UInt8] {
  /// Appends a number that is not negative, with zeros in front up to a width.
  fileprivate mutating func appendDecimal(_ number: Int, width: Int) {
    let digits = String(number).utf8
    append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, width - digits.count)))
    append(contentsOf: digits)
  }
}
