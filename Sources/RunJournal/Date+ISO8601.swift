package import Foundation

extension Date {
  /// The moment as text in ISO 8601, in UTC, to the second: `2026-11-23T16:53:01Z`.
  ///
  /// Not by a formatter: that would bring megabytes of locale data into memory for twenty letters.
  package var iso8601: String {
    UTCTime(secondsSince1970: Int(timeIntervalSince1970.rounded(.down))).extendedText
  }
}
