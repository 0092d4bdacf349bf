import ContactModel

/// A calendar date of the Gregorian calendar, between the years 1800 and 2199.
///
/// Read are:
///
/// - `D.M.YYYY`, `D/M/YYYY`, `D-M-YYYY`, also with years of two digits if ``DateSettings/century``
///   says what they mean; with ``DateOrder/mdy`` the month stands first between slashes and hyphens,
///   but never between dots;
/// - `YYYY-M-D`, `YYYY/M/D`, `YYYY.M.D` and `YYYYMMDD` (ISO 8601 extended and basic, RFC 6350);
/// - months as words, Russian or English: `1 февраля 1985 г.`, `1-фев-85`, `Feb 1, 1985`;
/// - a spreadsheet's day number (ECMA-376 part 1 §18.17.4.1, the 1900 system): 10000 to 73050, that
///   is 1927-05-18 to 2099-12-31. Smaller numbers may be years.
///
/// A day of the week before and a time of day, a zone and `г.` behind are left out; the day is never
/// moved to another zone. A number without a year, or a month without a day, is no date.
struct ContactDate: Equatable {
  var year: Int
  var month: Int
  var day: Int

  /// What a text is.
  enum Reading: Equatable {
    case date(ContactDate)
    /// A spreadsheet's day number.
    case serial(ContactDate)
    /// Numbers where a date has them, but there is no such day.
    case impossible
    /// There is such a day only if the month stands first.
    case monthFirst
    /// The year has two digits, and the settings have no century.
    case noCentury
    case unreadable
  }

  /// Reads a trimmed cell.
  ///
  /// - Complexity: O(*n*); allocates only where months are words.
  static func read(
    _ bytes: [UInt8], _ range: Range<Int>, settings: DateSettings = DateSettings()
  ) -> Reading {
    let reading = readNumbers(bytes, range, settings)
    if reading != .unreadable { return reading }
    return readWords(bytes, range, settings)
  }

  /// Reads dates that are numbers throughout.
  static func readNumbers(
    _ bytes: [UInt8], _ range: Range<Int>, _ settings: DateSettings
  ) -> Reading {
    var cursor = DateCursor(bytes: bytes, index: range.lowerBound, end: range.upperBound)
    let first = cursor.number()
    if first.count == 8, cursor.isAtDateEnd {
      let (year, rest) = first.value.quotientAndRemainder(dividingBy: 10_000)
      return checked(year: year, month: rest / 100, day: rest % 100)
    }
    if first.count == 5 {
      return cursor.isAtFractionEnd ? readSerial(first.value) : .unreadable
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
    guard first.count == 1 || first.count == 2, third.count == 4 || third.count == 2 else {
      return .unreadable
    }
    return yearLast(first.value, second.value, third, separator: separator, settings)
  }

  /// Judges `3/4/1985` by the order of its parts.
  private static func yearLast(
    _ first: Int, _ second: Int, _ year: (value: Int, count: Int), separator: UInt8,
    _ settings: DateSettings
  ) -> Reading {
    let hasDots = separator == UInt8(ascii: ".")
    let isMonthFirst = settings.order == .mdy && !hasDots
    let (day, month) = isMonthFirst ? (second, first) : (first, second)
    let reading = checked(year, month: month, day: day, settings)
    // Between dots no setting reads the month first, so there it is no cure.
    guard reading == .impossible, settings.order == .dmy, !hasDots, second > 12, first <= 12 else {
      return reading
    }
    return checked(year, month: first, day: second, settings) == .impossible
      ? .impossible : .monthFirst
  }

  /// Judges a date whose year may have two digits.
  static func checked(
    _ year: (value: Int, count: Int), month: Int, day: Int, _ settings: DateSettings
  ) -> Reading {
    if year.count == 4 { return checked(year: year.value, month: month, day: day) }
    guard let century = settings.century else {
      // 2000 is a leap year: every day that some year has.
      return checked(year: 2000, month: month, day: day) == .impossible ? .impossible : .noCentury
    }
    let inCentury = century - century % 100 + year.value
    return checked(
      year: inCentury < century ? inCentury + 100 : inCentury, month: month, day: day)
  }

  static func checked(year: Int, month: Int, day: Int) -> Reading {
    guard year >= 1800, year < 2200, month >= 1, month <= 12, day >= 1,
      day <= dayCount(year: year, month: month)
    else { return .impossible }
    return .date(ContactDate(year: year, month: month, day: day))
  }

  private static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The day of a spreadsheet's number; `unreadable` if it is out of range.
  ///
  /// The 1900 system has a 29 February 1900, which never was; from 1 March 1900, number 61, its
  /// numbers are the days since 30 December 1899.
  private static func readSerial(_ number: Int) -> Reading {
    guard (10_000...73_050).contains(number) else { return .unreadable }
    var rest = number - 61
    var year = 1900
    // Years from March, so that the leap day is the last.
    while true {
      let count = isLeap(year + 1) ? 366 : 365
      if rest < count { break }
      rest -= count
      year += 1
    }
    var month = 3
    while true {
      let count = dayCount(
        year: month > 12 ? year + 1 : year, month: month > 12 ? month - 12 : month)
      if rest < count { break }
      rest -= count
      month += 1
    }
    let isNextYear = month > 12
    return .serial(
      ContactDate(
        year: isNextYear ? year + 1 : year, month: isNextYear ? month - 12 : month, day: rest + 1))
  }
}
