/// Replaces what is no character in a text.
enum JSONRepair {
  /// The text with `\ufffd` for every escape that is half of a surrogate pair, as JavaScript writes
  /// one where it cuts a text inside an emoji (RFC 8259 §8.2).
  ///
  /// - Returns: The text, and how many there were; `nil` if there is none.
  static func replacingLoneSurrogates(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (text: [UInt8], count: Int)? {
    var text = Array(bytes)
    var count = 0
    var index = 0
    while let place = text[index...].firstIndex(of: JSONByte.backslash) {
      guard let unit = escapedUnit(in: text, at: place) else {
        index = min(place + 2, text.count)
        continue
      }
      index = place + 6
      guard UTF16.isSurrogate(unit) else { continue }
      if UTF16.isLeadSurrogate(unit), let next = escapedUnit(in: text, at: index),
        UTF16.isTrailSurrogate(next)
      {
        index += 6
      } else {
        text.replaceSubrange(place..<place + 6, with: "\\ufffd".utf8)
        count += 1
      }
    }
    return count > 0 ? (text, count) : nil
  }

  /// The unit of UTF-16 that `\u0416` at a place stands for.
  private static func escapedUnit(in text: [UInt8], at place: Int) -> UInt16? {
    guard place + 6 <= text.count, text[place] == JSONByte.backslash,
      text[place + 1] == UInt8(ascii: "u")
    else { return nil }
    return UInt16(String(decoding: text[place + 2..<place + 6], as: UTF8.self), radix: 16)
  }

  /// The text with U+FFFD for every maximal subpart that is ill-formed (Unicode, table 3-7 ff).
  ///
  /// - Returns: The text in valid UTF-8, and how many times something was replaced.
  static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], count: Int) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var count = 0
    var plain = 0
    var index = UTF8Scanner.endOfPlainText(bytes, from: 0)
    while index < bytes.count {
      let broken: Int
      switch UTF8Scanner.sequence(bytes, at: index) {
      case .wellFormed(let length):
        index = UTF8Scanner.endOfPlainText(bytes, from: index + length)
        continue
      case .illFormed(let length): broken = length
      case .incomplete: broken = bytes.count - index
      }
      text.append(contentsOf: bytes[plain..<index])
      text.append(contentsOf: TextDecoder.replacement)
      count += 1
      index += broken
      plain = index
      index = UTF8Scanner.endOfPlainText(bytes, from: index)
    }
    text.append(contentsOf: bytes[plain...])
    return (text, count)
  }
}
