package import Foundation

/// The name of a run: when it began, the last two characters against collisions.
///
/// `20261123T165301Z-k7pq`. Identifiers sort by time as plain text, which is what makes "the newest
/// unfinished run" a matter of sorting folder names. The time is UTC; the first two characters behind
/// the dash are the part of the second that had passed, in steps of about a millisecond.
package struct RunID: Sendable, Hashable {
  /// The identifier as text, such as `20261123T165301Z-k7pq`.
  package let text: String

  /// Names a run that begins at a moment.
  ///
  /// - Precondition: The moment lies in the years 1 to 9999.
  package init(startedAt date: Date, using generator: inout some RandomNumberGenerator) {
    let second = date.timeIntervalSince1970.rounded(.down)
    let time = UTCTime(secondsSince1970: Int(second))
    precondition((1...9999).contains(time.year), "a year has four digits")
    let base = Self.suffixLetters.count
    let step = min(
      base * base - 1, Int((date.timeIntervalSince1970 - second) * Double(base * base)))
    let digits = [
      step / base, step % base, Int.random(in: 0..<base, using: &generator),
      Int.random(in: 0..<base, using: &generator),
    ]
    var text = time.compactText + "-"
    for digit in digits { text.unicodeScalars.append(Unicode.Scalar(Self.suffixLetters[digit])) }
    self.text = text
  }

  /// Reads an identifier; `nil` unless the text is exactly one, with a time that exists.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 17 + Self.suffixLength, bytes[8] == UInt8(ascii: "T"),
      bytes[15] == UInt8(ascii: "Z"), bytes[16] == UInt8(ascii: "-"),
      bytes[17...].allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[4..<6]),
      let day = Self.number(bytes[6..<8]), let hour = Self.number(bytes[9..<11]),
      let minute = Self.number(bytes[11..<13]), let second = Self.number(bytes[13..<15]),
      UTCTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        != nil
    else { return nil }
    self.text = text
  }

  private static let suffixLength = 4

  /// Letters and digits that are not mistaken for one another when read aloud or copied by hand, the
  /// least first.
  private static let suffixLetters = Array("23456789abcdefghjkmnpqrstuvwxyz".utf8)

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}

extension RunID: Comparable {
  package static func < (left: RunID, right: RunID) -> Bool { left.text < right.text }
}

extension RunID: CustomStringConvertible {
  package var description: String { text }
}
