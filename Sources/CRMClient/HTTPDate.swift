/// Dates as HTTP writes them (RFC 9110, section 5.6.7), without a calendar library.
package enum HTTPDate {
  /// Reads a date in any of the three forms a reader has to take.
  ///
  /// - Parameters:
  ///   - text: Such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  ///   - now: Seconds since 1970; a year of two digits that seems more than 50 years ahead is a past one.
  /// - Returns: Seconds since 1970; `nil` if it is no date.
  package static func seconds(_ text: String, now: Int) -> Int? {
    var words = text.split(whereSeparator: { $0 == " " || $0 == "," })
    // The name of the day says nothing.
    guard words.count >= 4, words.removeFirst().allSatisfy(\.isLetter) else { return nil }
    if let month = month(words[0]) {
      // Sun Nov  6 08:49:37 1994
      guard words.count == 4 else { return nil }
      return seconds(year: words[3], month: month, day: words[1], time: words[2], now: now)
    }
    guard words.last == "GMT" || words.last == "UTC" else { return nil }
    // 06-Nov-94 08:49:37 GMT, and 06 Nov 1994 08:49:37 GMT
    let date = words.count == 3 ? words[0].split(separator: "-") : Array(words.prefix(3))
    guard words.count == 3 || words.count == 5, date.count == 3, let month = month(date[1])
    else { return nil }
    return seconds(
      year: date[2], month: month, day: date[0], time: words[words.count - 2], now: now)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func month(_ word: Substring) -> Int? {
    months.firstIndex { $0 == word }.map { $0 + 1 }
  }

  private static func number(_ word: Substring) -> Int? {
    word.isEmpty || word.count > 4 || !word.allSatisfy { $0.isASCII && $0.isNumber }
      ? nil : Int(word)
  }

  private static func seconds(
    year: Substring, month: Int, day: Substring, time: Substring, now: Int
  ) -> Int? {
    let parts = time.split(separator: ":", omittingEmptySubsequences: false).map(number)
    guard var fullYear = number(year), let day = number(day), (1...31).contains(day),
      parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
      hour < 24, minute < 60, second <= 60
    else { return nil }
    if year.count == 2 {
      let thisYear = 1970 + now / 31_556_952
      fullYear += thisYear / 100 * 100
      if fullYear > thisYear + 50 { fullYear -= 100 }
    }
    return days(year: fullYear, month: month, day: day) * 86_400 + hour * 3600 + minute * 60
      + second
  }

  /// Days since 1970-01-01 in the Gregorian calendar, counted in years that begin with March.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
